"""Writes schedules.txt beside this file with PyTorch's schedulers (made with torch 1.13): name, number of epochs, then the
factor of each epoch; every scheduler is stepped once an epoch."""
import os
import warnings

import torch
from torch.optim import lr_scheduler as s

warnings.simplefilter("ignore")


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


def factors(scheduler, optimizer, count):
    result = []
    for i in range(count):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if i + 1 < count:
            scheduler.step()
    return result


def warm_up(o, main):
    return s.SequentialLR(o, [s.LinearLR(o, start_factor=0.01, total_iters=5), main(o)], milestones=[5])


SCHEDULES = {
    "step": (12, lambda o: s.StepLR(o, 3, 0.2)),
    "multistep": (12, lambda o: s.MultiStepLR(o, [2, 7, 9], 0.1)),
    "exponential": (12, lambda o: s.ExponentialLR(o, 0.94)),
    "polynomial": (20, lambda o: s.PolynomialLR(o, 20, 1.0)),
    "polynomial2": (20, lambda o: s.PolynomialLR(o, 20, 2.0)),
    "cosine": (20, lambda o: s.CosineAnnealingLR(o, 20, 0.1)),
    "onecycle": (20, lambda o: s.OneCycleLR(o, 1.0, total_steps=20)),
    "onecycle-share": (50, lambda o: s.OneCycleLR(o, 1.0, total_steps=50, pct_start=0.2, div_factor=5, final_div_factor=100)),
    "warmup-cosine": (20, lambda o: warm_up(o, lambda o: s.CosineAnnealingLR(o, 15))),
    "warmup-multistep": (20, lambda o: warm_up(o, lambda o: s.MultiStepLR(o, [5, 10]))),
}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.txt"), "w") as out:
    for name, (count, make) in SCHEDULES.items():
        o = optimizer()
        print(name, count, *(f"{x:.12g}" for x in factors(make(o), o, count)), file=out)
