"""Writes training.txt beside this file: a tiny residual network trained by PyTorch (made with torch 1.13) for five steps of one batch
of 16 images, in several ways; name, key, then the first four values of that weight afterwards. The network, its weights and the images
are those of TrainingParityTests.cs."""
import os
import sys

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Networks", "Fixtures"))
from make_fixtures import BasicBlock, OptionA, fill, noise  # noqa: E402


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = nn.Sequential(BasicBlock(8, 8))
        self.layer2 = nn.Sequential(BasicBlock(8, 16, 2, OptionA(2, 8)))
        self.fc = nn.Linear(16, 4)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1((x / 255 - 0.5) / 0.5)))
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


PIXELS = torch.from_numpy(np.floor((noise(16 * 3 * 16 * 16, 99991) + 1) * 128).astype(np.float32)).view(16, 3, 16, 16)
LABELS = torch.arange(16) % 4
WEIGHTS = torch.tensor([1.0, 2.0, 0.5, 1.5])


def cross_entropy(logits):
    return nn.functional.cross_entropy(logits, LABELS)


def train(optimizer_of, loss=cross_entropy, clip=None, average=None):
    torch.manual_seed(0)
    network = fill_(Tiny()).train()
    optimizer = optimizer_of(network)
    averaged = AveragedModel(network, avg_fn=lambda a, p, n: 0.9 * a + 0.1 * p, use_buffers=True) if average else None
    for step in range(5):
        optimizer.zero_grad()
        loss(network(PIXELS)).backward()
        if clip:
            nn.utils.clip_grad_norm_(network.parameters(), clip)
        optimizer.step()
        if averaged and step % 2 == 0:
            averaged.update_parameters(network)
    return averaged.module if averaged else network


@torch.no_grad()
def fill_(network):
    return fill(network)


def by_kind(network, decay):
    norms = {p for m in network.modules() if isinstance(m, nn.BatchNorm2d) for p in m.parameters(recurse=False)}
    return [{"params": [p for n, p in network.named_parameters() if p not in norms and not n.endswith("bias")], "weight_decay": decay},
            {"params": list(norms), "weight_decay": 0.0},
            {"params": [network.fc.bias], "weight_decay": 0.0}]


def by_depth(network, rate, lowest):
    depths = [[network.conv1, network.bn1], [network.layer1], [network.layer2], [network.fc]]
    return [{"params": [p for m in modules for p in m.parameters()], "lr": rate * lowest ** ((3 - depth) / 3)}
            for depth, modules in enumerate(depths)]


def binary(logits):
    targets = torch.zeros(16, 4)
    targets[torch.arange(16), LABELS] = 1
    targets[torch.arange(16), (LABELS + 1) % 4] = 1
    return nn.functional.binary_cross_entropy_with_logits(logits, targets, pos_weight=WEIGHTS)


CASES = {
    "sgd": lambda: train(lambda n: torch.optim.SGD(by_kind(n, 0.1), 0.05, momentum=0.9, nesterov=True), clip=0.5),
    "adamw": lambda: train(lambda n: torch.optim.AdamW(n.parameters(), 0.01, betas=(0.8, 0.95), weight_decay=0.05),
                           lambda x: nn.functional.cross_entropy(x, LABELS, WEIGHTS, label_smoothing=0.1)),
    "slice": lambda: train(lambda n: torch.optim.SGD(by_depth(n, 0.1, 0.01), 0.1, momentum=0.9)),
    "average": lambda: train(lambda n: torch.optim.SGD(n.parameters(), 0.05), average=True),
    "binary": lambda: train(lambda n: torch.optim.SGD(n.parameters(), 0.05, momentum=0.5), binary),
}
KEYS = ["conv1.weight", "bn1.weight", "bn1.running_var", "layer1.0.conv2.weight", "layer2.0.bn2.bias", "layer2.0.bn2.running_mean", "fc.weight", "fc.bias"]

with open(os.path.join(HERE, "training.txt"), "w") as out:
    for name, run in CASES.items():
        state = run().state_dict()
        for key in KEYS:
            print(name, key, *(f"{x:.8g}" for x in state[key].flatten()[:4].tolist()), file=out)
