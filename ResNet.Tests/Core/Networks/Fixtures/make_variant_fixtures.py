"""Writes variant_state_dicts.txt and variant_logits.txt: the formats and the formula weights of make_fixtures.py, for
densely connected networks (torchvision's), and for the residual networks that torchvision lacks, from the second
implementation below (made with torch 1.13.1, torchvision 0.14.1).
"""
import torch
from torch import nn
from torch.nn import functional as F

from make_fixtures import describe, logits, write
import torchvision.models as models


class Block(nn.Module):
    def __init__(self, cin, planes, stride, o, first):
        super().__init__()
        self.o, self.first, self.stride = o, first, stride
        cout = planes * (4 if o["bottleneck"] else 1)
        if o["bottleneck"]:
            width = planes * o["per_group"] // 64 * o["groups"]
            convs = [nn.Conv2d(cin, width, 1, bias=False), nn.Conv2d(width, width, 3, stride, 1, groups=o["groups"], bias=False),
                     nn.Conv2d(width, cout, 1, bias=False)]
        else:
            convs = [nn.Conv2d(cin, planes, 3, stride, 1, bias=False), nn.Conv2d(planes, planes, 3, 1, 1, bias=False)]
        self.n = len(convs)
        for i, conv in enumerate(convs):
            setattr(self, f"conv{i + 1}", conv)
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(conv.in_channels if o["order"] == "PreActivation" else conv.out_channels))
        self.changes = stride != 1 or cin != cout
        self.added = cout - cin
        self.downsample = None
        if self.changes and o["option"] == "B":
            projection = nn.Conv2d(cin, cout, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection) if o["order"] == "PreActivation" else nn.Sequential(projection, nn.BatchNorm2d(cout))

    def shortcut(self, x):
        if self.o["option"] == "none":
            return 0
        if self.downsample is not None:
            return self.downsample(x)
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, self.added // 2, self.added - self.added // 2))

    def forward(self, x):
        order, p = self.o["order"], self.p
        conv = lambda i, t: getattr(self, f"conv{i}")(t)
        norm = lambda i, t: getattr(self, f"bn{i}")(t)
        if order == "PreActivation":
            t = F.relu(norm(1, x))
            s = t if self.changes or self.first else x
            for i in range(1, self.n + 1):
                t = conv(i, t)
                if i < self.n:
                    t = F.relu(norm(i + 1, t))
            return p * t + self.shortcut(s)
        t = F.relu(x) if order == "ReluPreActivation" else x
        for i in range(1, self.n):
            t = F.relu(norm(i, conv(i, t)))
        t = conv(self.n, t)
        if order == "NormAfterAddition":
            return F.relu(norm(self.n, p * t + self.shortcut(x)))
        t = norm(self.n, t)
        if order == "ReluBeforeAddition":
            return p * F.relu(t) + self.shortcut(x)
        t = p * t + self.shortcut(x)
        return F.relu(t) if order == "PostActivation" else t


class Network(nn.Module):
    def __init__(self, stages, width=16, stem_width=None, stem="cifar", classes=10, order="PostActivation", option="A",
                 bottleneck=False, groups=1, per_group=64, survival=1.0):
        super().__init__()
        o = dict(order=order, option=option, bottleneck=bottleneck, groups=groups, per_group=per_group)
        self.order, self.stem = order, stem
        channels = stem_width or width
        self.conv1 = nn.Conv2d(3, channels, 3, 1, 1, bias=False) if stem == "cifar" else nn.Conv2d(3, channels, 7, 2, 3, bias=False)
        if order != "PreActivation":
            self.bn1 = nn.BatchNorm2d(channels)
        number, total = 0, sum(stages)
        for s, count in enumerate(stages):
            blocks = []
            for i in range(count):
                number += 1
                block = Block(channels, width << s, 2 if s > 0 and i == 0 else 1, o, number == 1)
                block.p = 1 - number / total * (1 - survival)
                channels = (width << s) * (4 if bottleneck else 1)
                blocks.append(block)
            setattr(self, f"layer{s + 1}", nn.Sequential(*blocks))
        self.stages = len(stages)
        if order == "PreActivation":
            self.bn = nn.BatchNorm2d(channels)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.conv1(x)
        if self.order != "PreActivation":
            x = F.relu(self.bn1(x))
        if self.stem != "cifar":
            x = F.max_pool2d(x, 3, 2, 1)
        for s in range(self.stages):
            x = getattr(self, f"layer{s + 1}")(x)
        if self.order == "PreActivation":
            x = F.relu(self.bn(x))
        elif self.order == "ReluPreActivation":
            x = F.relu(x)
        return self.fc(x.mean((2, 3)))


def cifar(n, **options):
    return Network([n, n, n], **options)


def preact(n, **options):
    return cifar(n, order="PreActivation", option="B", **options)


def imagenet(stages, bottleneck=True, classes=1000, **options):
    return Network(stages, width=64, stem="imagenet", bottleneck=bottleneck, classes=classes, **options)


def densenet_bc(depth, growth):
    layers = (depth - 4) // 6
    network = models.DenseNet(growth, (layers, layers, layers), 2 * growth, num_classes=10)
    network.features.conv0 = nn.Conv2d(3, 2 * growth, 3, 1, 1, bias=False)
    del network.features.norm0, network.features.relu0, network.features.pool0
    return network


class DenseLayer(nn.Module):
    """liuzhuang13/DenseNet's layer with -bottleneck false, its parts named as torchvision's."""

    def __init__(self, channels, growth):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, growth, 3, 1, 1, bias=False)

    def forward(self, x):
        return torch.cat([x, self.conv1(torch.relu(self.norm1(x)))], 1)


def densenet(depth, growth):
    """liuzhuang13/DenseNet with -bottleneck false -reduction 1 and the paper's stem of 16 channels."""
    layers, channels = (depth - 4) // 3, 16
    features = nn.Sequential()
    features.add_module("conv0", nn.Conv2d(3, channels, 3, 1, 1, bias=False))
    for block in (1, 2, 3):
        stage = nn.Sequential()
        for layer in range(1, layers + 1):
            stage.add_module(f"denselayer{layer}", DenseLayer(channels, growth))
            channels += growth
        features.add_module(f"denseblock{block}", stage)
        if block < 3:
            transition = nn.Sequential()
            transition.add_module("norm", nn.BatchNorm2d(channels))
            transition.add_module("relu", nn.ReLU())
            transition.add_module("conv", nn.Conv2d(channels, channels, 1, bias=False))
            transition.add_module("pool", nn.AvgPool2d(2))
            features.add_module(f"transition{block}", transition)
    features.add_module("norm5", nn.BatchNorm2d(channels))
    network = models.DenseNet(num_init_features=2, growth_rate=2, block_config=(1,), num_classes=10)
    network.features, network.classifier = features, nn.Linear(channels, 10)
    return network


@torch.no_grad()
def main():
    networks = {
        "resnext101_32x8d": models.resnext101_32x8d, "resnext101_64x4d": models.resnext101_64x4d,
        "wide_resnet101_2": models.wide_resnet101_2,
        "plain18": lambda: imagenet([2, 2, 2, 2], False, option="none"), "plain34": lambda: imagenet([3, 4, 6, 3], False, option="none"),
        "plain20": lambda: cifar(3, option="none"), "plain110": lambda: cifar(18, option="none"),
        "plain32": lambda: cifar(5, option="none"), "plain44": lambda: cifar(7, option="none"), "plain56": lambda: cifar(9, option="none"),
        "preact_resnet50": lambda: imagenet([3, 4, 6, 3], order="PreActivation", option="B"),
        "preact_resnet101": lambda: imagenet([3, 4, 23, 3], order="PreActivation", option="B"),
        "preact_resnet152": lambda: imagenet([3, 8, 36, 3], order="PreActivation", option="B"),
        "preact_resnet200": lambda: imagenet([3, 24, 36, 3], order="PreActivation", option="B"),
        "preact_resnet110": lambda: cifar(18, order="PreActivation"),
        "preact_resnet164": lambda: preact(18, bottleneck=True), "preact_resnet1001": lambda: preact(111, bottleneck=True),
        "wide_resnet16_8": lambda: preact(2, width=128, stem_width=16), "wide_resnet28_10": lambda: preact(4, width=160, stem_width=16),
        "wide_resnet40_4": lambda: preact(6, width=64, stem_width=16),
        "resnext29_8x64d": lambda: cifar(3, width=64, bottleneck=True, groups=8, option="B"),
        "resnext29_16x64d": lambda: cifar(3, width=64, bottleneck=True, groups=16, option="B"),
        "stochastic_depth_resnet110": lambda: cifar(18), "stochastic_depth_resnet1202": lambda: cifar(200),
        "densenet121": models.densenet121, "densenet161": models.densenet161, "densenet169": models.densenet169, "densenet201": models.densenet201,
        "densenet_bc100_12": lambda: densenet_bc(100, 12), "densenet_bc190_40": lambda: densenet_bc(190, 40),
        "densenet_bc250_24": lambda: densenet_bc(250, 24),
        "densenet40_12": lambda: densenet(40, 12), "densenet100_12": lambda: densenet(100, 12), "densenet100_24": lambda: densenet(100, 24),
    }
    write("variant_state_dicts.txt", [describe(name, make()) for name, make in networks.items()])
    cases = {
        "plain20": (cifar(3, option="none"), 32),
        "plain18": (imagenet([2, 2, 2, 2], False, 10, option="none"), 64),
        "preact_resnet50": (imagenet([3, 4, 6, 3], True, 10, order="PreActivation", option="B"), 64),
        "PreActivation": (cifar(3, order="PreActivation"), 32),
        "NormAfterAddition": (cifar(3, order="NormAfterAddition"), 32),
        "ReluBeforeAddition": (cifar(3, order="ReluBeforeAddition"), 32),
        "ReluPreActivation": (cifar(3, order="ReluPreActivation"), 32),
        "survival": (cifar(3, survival=0.5), 32),
        "survival-ReluBeforeAddition": (cifar(3, survival=0.5, order="ReluBeforeAddition"), 32),
        "preact_resnet29": (preact(3, bottleneck=True), 32),
        "wide_resnet16_2": (preact(2, width=32, stem_width=16), 32),
        "densenet121": (models.densenet121(num_classes=10), 64),
        "densenet_bc40_12": (densenet_bc(40, 12), 32),
        "densenet40_12": (densenet(40, 12), 32),
        "resnext29_8x64d": (cifar(3, width=64, bottleneck=True, groups=8, option="B"), 32),
    }
    write("variant_logits.txt", [f"{name} {size} " + " ".join(f"{v:.8g}" for v in logits(network, size).flatten().tolist())
                                 for name, (network, size) in cases.items()])


if __name__ == "__main__":
    main()
