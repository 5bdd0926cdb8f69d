"""The peer: torchvision's own networks in eager PyTorch, on the same work as the .NET side.

Reads commands on standard input, one a line, and answers each with one line, so that the two sides take turns in one run:
    NETWORK MODE BATCH SIZE STEPS LAYOUT  ->  images per second
MODE is train or score; LAYOUT is nchw or nhwc (channels-last).
"""
import os
import sys
import time

import torch
import torch.nn.functional as F
import torchvision
from torch import nn


class BasicBlock(nn.Module):
    """CIFAR block with shortcut option A (He et al. 2015, section 4.2)."""

    def __init__(self, inplanes, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.stride, self.pad = stride, (planes - inplanes) // 2

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)), inplace=True)
        out = self.bn2(self.conv2(out))
        if self.pad:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pad, self.pad))
        out += x
        return F.relu(out, inplace=True)


class ResNet20(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks, inplanes = [], 16
        for stage, planes in enumerate((16, 32, 64)):
            for i in range(3):
                blocks.append(BasicBlock(inplanes, planes, 2 if stage and not i else 1))
                inplanes = planes
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(64, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(self.blocks(x), 1), 1))


class Normalized(nn.Module):
    """Bytes in, logits out, as the .NET network has it."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))

    def forward(self, x):
        return self.network((x.float() / 255 - self.mean) / self.std)


def build(name, layout):
    torch.manual_seed(0)
    network = ResNet20() if name == "resnet20" else getattr(torchvision.models, name)(num_classes=1000)
    network = Normalized(network)
    return network.to(memory_format=torch.channels_last) if layout == "nhwc" else network


cache = {}


def measure(name, mode, batch, size, steps, layout):
    key = (name, mode, batch, size, layout)
    if key not in cache:
        network = build(name, layout)
        images = torch.randint(0, 256, (batch, 3, size, size), dtype=torch.uint8)
        if layout == "nhwc":
            images = images.contiguous(memory_format=torch.channels_last)
        labels = torch.randint(0, 10, (batch,))
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
        cache[key] = network, images, labels, optimizer
    network, images, labels, optimizer = cache[key]
    network.train(mode == "train")
    start = time.perf_counter()
    for _ in range(steps):
        if mode == "train":
            optimizer.zero_grad()
            loss = F.cross_entropy(network(images), labels)
            loss.backward()
            optimizer.step()
            loss.item()
        else:
            with torch.inference_mode():
                network(images).softmax(1).numpy()
    return batch * steps / (time.perf_counter() - start)


torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
print("ready torch", torch.__version__, "torchvision", torchvision.__version__, "threads", torch.get_num_threads(), flush=True)
for line in sys.stdin:
    name, mode, batch, size, steps, layout = line.split()
    print(measure(name, mode, int(batch), int(size), int(steps), layout), flush=True)
