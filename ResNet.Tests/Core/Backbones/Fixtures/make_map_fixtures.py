"""Writes maps.txt: maps of networks whose weights and images come from make_fixtures.py's formula, the weights in the order of
their sorted keys (made with torch 1.13.1, torchvision 0.14.1).

Each line: network, map, image size, number of keys, SHA-256 of the lines "key shape" of the state_dict by key, shape of the map
(2xCxHxW), then sixteen of its values, at even distances.
"""
import hashlib
import os
import sys
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet18, resnet50
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.detection.backbone_utils import BackboneWithFPN
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../Networks/Fixtures"))
from make_fixtures import Cifar, noise, option_a  # noqa: E402
from make_fixtures import fill as fill_in_order  # noqa: E402


def fill(network):
    class Sorted:
        def state_dict(self):
            return OrderedDict(sorted(network.state_dict().items()))

        def eval(self):
            return network.eval()

    return fill_in_order(Sorted())


def images(height, width):
    return torch.from_numpy(((noise(2 * 3 * height * width, 99991) + 1) * 128).astype("int64")).float().view(2, 3, height, width)


class Normalized(nn.Module):
    """The pixels' normalisation before a network; not in its state_dict."""

    def __init__(self, network):
        super().__init__()
        self.network = [network]

    def state_dict(self):
        return self.network[0].state_dict()

    def eval(self):
        self.network[0].eval()
        return self

    def forward(self, pixels):
        mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
        std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
        return self.network[0]((pixels / 255 - mean) / std)


class UNetBlock(nn.Module):
    def __init__(self, channels, output):
        super().__init__()
        layer = lambda i: nn.Sequential(nn.Conv2d(i, output, 3, padding=1, bias=False), nn.BatchNorm2d(output), nn.ReLU())
        self.conv1, self.conv2 = layer(channels), layer(output)

    def forward(self, x, skip):
        x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        return self.conv2(self.conv1(x if skip is None else torch.cat([x, skip], 1)))


class UNet(nn.Module):
    """As in segmentation_models.pytorch, which Debian lacks."""

    def __init__(self, network, layers, channels, widths, classes):
        super().__init__()
        self.encoder = IntermediateLayerGetter(network, {layer: layer for layer in layers})
        self.decoder = nn.Module()
        inputs = [channels[-1]] + widths[:-1]
        skips = channels[-2::-1] + [0] * (len(widths) + 1 - len(channels))
        self.decoder.blocks = nn.ModuleList([UNetBlock(i + s, o) for i, s, o in zip(inputs, skips, widths)])
        self.segmentation_head = nn.Sequential(nn.Conv2d(widths[-1], classes, 3, padding=1))

    def forward(self, x):
        maps = list(self.encoder(x).values())[::-1]
        x, skips = maps[0], maps[1:]
        for i, block in enumerate(self.decoder.blocks):
            x = block(x, skips[i] if i < len(skips) else None)
        return {"Logits": self.segmentation_head(x)}


class EdsrBlock(nn.Module):
    def __init__(self, channels, scaling):
        super().__init__()
        self.scaling = scaling
        self.body = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(), nn.Conv2d(channels, channels, 3, padding=1))

    def forward(self, x):
        return x + self.scaling * self.body(x)


class Edsr(nn.Module):
    """As in Lim et al. 2017, with the keys of the authors' code; bicubic: the sum with the enlarged input instead of the mean."""

    def __init__(self, scale, blocks, channels, scaling=1.0, bicubic=False, pixel_range=255.0):
        super().__init__()
        conv = lambda i, o: nn.Conv2d(i, o, 3, padding=1)
        self.scale, self.bicubic, self.range = scale, bicubic, pixel_range
        self.head = nn.Sequential(conv(3, channels))
        self.body = nn.Sequential(*[EdsrBlock(channels, scaling) for _ in range(blocks)], conv(channels, channels))
        up = [m for f in {2: [2], 3: [3], 4: [2, 2]}[scale] for m in (conv(channels, channels * f * f), nn.PixelShuffle(f))]
        self.tail = nn.Sequential(nn.Sequential(*up), conv(channels, 3))

    def forward(self, pixels):
        mean = 255 * torch.tensor([0.4488, 0.4371, 0.4040]).view(1, 3, 1, 1)
        x = self.head((pixels - mean) * (self.range / 255))
        x = self.tail(self.body(x) + x) * (255 / self.range)
        start = F.interpolate(pixels, scale_factor=self.scale, mode="bicubic", align_corners=False) if self.bicubic else mean
        return {"Image": x + start}


STAGES = ["layer1", "layer2", "layer3", "layer4"]


def with_relu(network):
    """The getter calls the children alone, and Cifar's first ReLU is none of them."""
    children = OrderedDict(network.named_children())
    return nn.Sequential(OrderedDict([(k, children[k]) for k in ("conv1", "bn1")] + [("relu", nn.ReLU())] + [(k, children[k]) for k in STAGES[:3]]))


def fpn(network, channels):
    body = BackboneWithFPN(network, {layer: str(i) for i, layer in enumerate(STAGES)}, channels, 32, LastLevelMaxPool())
    rename = body.forward
    body.forward = lambda x: OrderedDict((f"P{i + 2}", v) for i, v in enumerate(rename(x).values()))
    return body


CASES = {
    "features-resnet18": (lambda: Normalized(IntermediateLayerGetter(resnet18(), {"relu": "stem", **{s: s for s in STAGES}})), 70, 90),
    "features-resnet50": (lambda: Normalized(IntermediateLayerGetter(resnet50(), {s: s for s in STAGES})), 64, 64),
    "fpn-resnet18": (lambda: Normalized(fpn(resnet18(), [64, 128, 256, 512])), 70, 90),
    "fpn-resnet50": (lambda: Normalized(fpn(resnet50(), [256, 512, 1024, 2048])), 97, 65),
    "unet-resnet18": (lambda: Normalized(UNet(resnet18(), ["relu"] + STAGES, [64, 64, 128, 256, 512], [256, 128, 64, 32, 16], 5)), 64, 96),
    "unet-resnet20": (lambda: Normalized(UNet(with_relu(option_a(Cifar(3))), STAGES[:3], [16, 32, 64], [24, 12], 3)), 36, 28),
    "edsr-2": (lambda: Edsr(2, 3, 8), 17, 23),
    "edsr-3": (lambda: Edsr(3, 2, 8, scaling=0.1), 17, 23),
    "edsr-4-bicubic": (lambda: Edsr(4, 2, 8, bicubic=True, pixel_range=1.0), 17, 23),
}


@torch.no_grad()
def main():
    lines = []
    for name, (make, height, width) in CASES.items():
        network = make()
        fill(network)
        state = sorted((k, v) for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked"))
        digest = hashlib.sha256("".join(f"{k} {'x'.join(map(str, v.shape))}\n" for k, v in state).encode()).hexdigest()
        for key, value in network(images(height, width)).items():
            flat = value.flatten()
            step = flat.numel() // 16 - 1 | 1  # odd, to meet all columns
            lines.append(f"{name} {key} {height}x{width} {len(state)} {digest} {'x'.join(map(str, value.shape))} "
                         + " ".join(f"{v:.8g}" for v in flat[: 16 * step : step].tolist()))
    with open(os.path.join(HERE, "maps.txt"), "w") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
