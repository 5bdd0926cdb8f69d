"""Writes augmentations.txt beside this file with torchvision's tensor operations (made with torchvision 0.14): operation, value, then
the resulting bytes of the 3x11x13 image, in hexadecimal. "gray-" before an operation: on the image's first channel alone."""
import os
import sys

import numpy as np
import torch
from torchvision.transforms import InterpolationMode, autoaugment
from torchvision.transforms import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Networks", "Fixtures"))
from make_fixtures import noise  # noqa: E402

# Half of each channel's range, so that contrasts can change.
IMAGE = torch.from_numpy(np.floor((noise(2 * 3 * 11 * 13, 99991)[: 3 * 11 * 13] + 1) * 64 + 40).astype(np.uint8)).view(3, 11, 13)

CASES = {
    "ShearX": [0.33, -0.6], "ShearY": [0.33, -0.6], "TranslateX": [3.2, -2.0], "TranslateY": [4.0, -1.5], "Rotate": [45.0, -13.5],
    "Brightness": [0.4, -0.7], "Color": [0.4, -0.7], "Contrast": [0.4, -0.7], "Sharpness": [0.9, -0.7],
    "Posterize": [2, 5, 8], "Solarize": [100.0, 0.0, 255.0], "AutoContrast": [0], "Equalize": [0],
}

with open(os.path.join(HERE, "augmentations.txt"), "w") as out:
    for name, values in CASES.items():
        for value in values:
            for prefix, image in (("", IMAGE), ("gray-", IMAGE[:1])):
                result = autoaugment._apply_op(image, name, value, InterpolationMode.NEAREST, None)
                print(prefix + name, value, result.numpy().tobytes().hex(), file=out)
    for value in (0.3, -0.45):
        print("Hue", value, F.adjust_hue(IMAGE, value).numpy().tobytes().hex(), file=out)
