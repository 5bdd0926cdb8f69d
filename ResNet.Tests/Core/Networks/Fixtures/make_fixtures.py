"""Writes the fixtures beside this file with PyTorch and torchvision (made with torch 1.13.1, torchvision 0.14.1).

state_dicts.txt  name, parameters, entries, SHA-256 of the lines "key shape" of the state_dict, in order
logits.txt       name, then 2x10 logits of networks whose weights and input come from the formula below
init.txt         name, seed, then the first two values of some weights after torch.manual_seed(seed)
"""
import hashlib
import os

import numpy as np
import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

HERE = os.path.dirname(os.path.abspath(__file__))


class OptionA(nn.Module):
    def __init__(self, stride, added):
        super().__init__()
        self.stride, self.added = stride, added

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return nn.functional.pad(x, (0, 0, 0, 0, self.added // 2, self.added - self.added // 2))


class Cifar(nn.Module):
    def __init__(self, n, block=BasicBlock, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        channels = 16
        for stage in range(3):
            planes, blocks = 16 << stage, []
            for i in range(n):
                stride = 2 if stage > 0 and i == 0 else 1
                down = None
                if stride != 1 or channels != planes * block.expansion:
                    down = nn.Sequential(nn.Conv2d(channels, planes * block.expansion, 1, stride, bias=False),
                                         nn.BatchNorm2d(planes * block.expansion))
                blocks.append(block(channels, planes, stride, down))
                channels = planes * block.expansion
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


def blocks_of(network):
    return [m for m in network.modules() if isinstance(m, (BasicBlock, Bottleneck))]


def last(block):
    return block.conv3 if isinstance(block, Bottleneck) else block.conv2


def option_a(network):
    for block in blocks_of(network):
        if block.downsample is not None:
            added = last(block).out_channels - block.conv1.in_channels
            block.downsample = OptionA(block.stride, added)
    return network


def option_c(network):
    for block in blocks_of(network):
        if block.downsample is None:
            channels = last(block).out_channels
            block.downsample = nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels))
    return network


def v1(network):
    for block in blocks_of(network):
        block.conv1.stride, block.conv2.stride = block.conv2.stride, block.conv1.stride
    return network


def noise(count, salt):
    x = (np.arange(1, count + 1, dtype=np.uint64) * 2654435761 + salt * 40503) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 2246822519) & 0xFFFFFFFF
    x = ((x ^ (x >> 13)) * 3266489917) & 0xFFFFFFFF
    return ((x ^ (x >> 16)) & 0xFFFFFFFF).astype(np.float64) / 2.0**31 - 1


def fill(network):
    for salt, (key, value) in enumerate(network.state_dict().items()):
        if value.dtype != torch.float32:
            continue
        u = noise(value.numel(), salt)
        if value.dim() == 4:
            u = u * np.sqrt(6.0 / (value.shape[1] * value.shape[2] * value.shape[3]))
        elif value.dim() == 2:
            u = u * np.sqrt(3.0 / value.shape[1])
        elif key.endswith("running_var"):
            u = 1 + 0.5 * u
        elif key.endswith("weight"):
            u = 0.7 + 0.3 * u
        else:
            u = 0.2 * u
        value.copy_(torch.from_numpy(u.astype(np.float32)).view(value.shape))
    return network.eval()


def logits(network, size):
    fill(network)
    pixels = np.floor((noise(2 * 3 * size * size, 99991) + 1) * 128).astype(np.float32)
    x = torch.from_numpy(pixels).view(2, 3, size, size) / 255
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    return network((x - mean) / std)


def write(name, lines):
    with open(os.path.join(HERE, name), "w") as f:
        f.write("\n".join(lines) + "\n")


def describe(name, network):
    state = network.state_dict()
    text = "".join(f"{key} {'x'.join(str(d) for d in value.shape)}\n" for key, value in state.items())
    parameters = sum(p.numel() for p in network.parameters())
    return f"{name} {parameters} {len(state)} {hashlib.sha256(text.encode()).hexdigest()}"


@torch.no_grad()
def main():
    models = torchvision.models
    write("state_dicts.txt",
          [describe(name, getattr(models, name)()) for name in ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152")]
          + [describe(f"resnet{6 * n + 2}", option_a(Cifar(n))) for n in (3, 5, 7, 9, 18, 200)]
          + [describe("resnet20-b", Cifar(3)), describe("resnet18-c", option_c(models.resnet18())),
             describe("resnext50_32x4d", models.resnext50_32x4d()), describe("wide_resnet50_2", models.wide_resnet50_2())])
    cases = {
        "resnet18": (models.resnet18(num_classes=10), 64),
        "resnet18-a": (option_a(models.resnet18(num_classes=10)), 64),
        "resnet18-c": (option_c(models.resnet18(num_classes=10)), 64),
        "resnet34": (models.resnet34(num_classes=10), 64),
        "resnet50": (models.resnet50(num_classes=10), 64),
        "resnet50-v1": (v1(models.resnet50(num_classes=10)), 64),
        "resnet50-a": (option_a(models.resnet50(num_classes=10)), 64),
        "resnext50_32x4d": (models.resnext50_32x4d(num_classes=10), 64),
        "resnet20": (option_a(Cifar(3)), 32),
        "resnet20-b": (Cifar(3), 32),
        "resnet20-c": (option_c(Cifar(3)), 32),
        "resnet29-bottleneck": (Cifar(3, Bottleneck), 32),
    }
    write("logits.txt", [f"{name} {size} " + " ".join(f"{v:.8g}" for v in logits(network, size).flatten().tolist())
                         for name, (network, size) in cases.items()])
    lines = []
    for name in ("resnet18", "resnet50"):
        torch.manual_seed(7)
        state = getattr(models, name)(num_classes=10).state_dict()
        for key in ("conv1.weight", "layer1.0.conv1.weight", "layer4.0.downsample.0.weight", "fc.weight", "fc.bias"):
            a, b = state[key].flatten()[:2].tolist()
            lines.append(f"{name} 7 {key} {a:.7g} {b:.7g}")
    torch.manual_seed(7)
    state = models.densenet121(num_classes=10).state_dict()
    for key in ("features.conv0.weight", "features.denseblock1.denselayer2.conv1.weight", "features.transition3.conv.weight", "classifier.weight"):
        a, b = state[key].flatten()[:2].tolist()
        lines.append(f"densenet121 7 {key} {a:.7g} {b:.7g}")
    write("init.txt", lines)


if __name__ == "__main__":
    main()
