"""Writes resized.txt beside this file with Pillow and torchvision (made with Pillow 9.4.0, torchvision 0.14.1).

Each line: pattern, seed, channels, width, height, resize, crop, interpolation, SHA-256 of the bytes after torchvision's
Resize and CenterCrop; crop 0 stands for Resize alone, with resize "WxH" for a size that does not keep the shape.
Patterns are bytes of the generator below: "noise" as they are, "sharp" 0 or 255 (which makes bicubic kernels overshoot).
"""
import hashlib
import os

import numpy as np
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode

HERE = os.path.dirname(os.path.abspath(__file__))
MODES = {"Bilinear": InterpolationMode.BILINEAR, "Bicubic": InterpolationMode.BICUBIC}
SIZES = [  # width, height, resize, crop
    (500, 375, 256, 224), (375, 500, 256, 224), (333, 251, 232, 224), (257, 256, 256, 224), (255, 255, 256, 224),
    (224, 224, 224, 224), (256, 341, 256, 224), (1023, 97, 64, 48), (97, 1023, 64, 48), (40, 30, 256, 224), (31, 33, 235, 224),
    (1, 1, 32, 32), (1, 1, 8, 5), (1, 7, 16, 12), (7, 1, 16, 12), (2, 3, 1, 1), (3, 2, 1, 4), (900, 3, 5, 7), (3, 900, 5, 7),
    (1, 500, 3, 9), (500, 1, 3, 9), (1000, 2, 33, 17), (64, 48, 20, 31), (63, 49, 21, 30), (48, 64, 20, 31), (32, 32, 32, 32),
    (611, 17, 9, 4), (123, 457, 50, 51), (457, 123, 51, 50), (19, 23, 22, 23), (300, 200, 7, 6), (201, 300, 8, 7),
]
RESIZES = [(100, 80, 33, 57), (33, 57, 100, 80), (10, 10, 10, 25), (10, 10, 25, 10), (1, 1, 5, 3), (600, 5, 3, 600), (37, 41, 1, 1)]


def pattern(kind, seed, width, height, channels):
    state, data = seed, bytearray(width * height * channels)
    for i in range(len(data)):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        data[i] = state >> 24 if kind == "noise" else 255 * (state >> 31)
    return Image.fromarray(np.frombuffer(data, np.uint8).reshape((height, width, channels) if channels == 3 else (height, width)))


def main():
    lines = []
    cases = [(w, h, str(r), c, [transforms.Resize, r]) for w, h, r, c in SIZES] + [(w, h, f"{a}x{b}", 0, [transforms.Resize, (b, a)]) for w, h, a, b in RESIZES]
    for seed, (width, height, resize, crop, (make, size)) in enumerate(cases):
        for name, mode in MODES.items():
            kind, channels = ("noise", "sharp")[(seed + (name == "Bicubic")) % 2], 1 if seed % 5 == 4 else 3
            image = make(size, mode)(pattern(kind, seed, width, height, channels))
            if crop:
                image = transforms.CenterCrop(crop)(image)
            digest = hashlib.sha256(image.tobytes()).hexdigest()
            lines.append(f"{kind} {seed} {channels} {width} {height} {resize} {crop} {name} {digest}")
    with open(os.path.join(HERE, "resized.txt"), "w", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
