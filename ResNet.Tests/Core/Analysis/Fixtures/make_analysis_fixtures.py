"""Writes the fixtures beside this file (made with numpy 1.24.2, torch 1.13.1, torchvision 0.14.1).

predictions.txt  one image a line: label, then the probabilities of 5 classes; class 4 is never the likeliest, class 3 has no image
analysis.txt     name, then values: figures of those predictions, each computed here from its definition
gradcam.txt      image, class, then the 3x3 Grad-CAM map of torchvision's resnet18 with formula weights, by hooks on layer4
"""
import os
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Networks", "Fixtures"))


def write(name, lines):
    with open(os.path.join(HERE, name), "w") as f:
        f.write("\n".join(lines) + "\n")


def text(values):
    return " ".join("nan" if np.isnan(v) else f"{v:.12g}" for v in np.atleast_1d(values))


def predictions():
    rng = np.random.default_rng(20)
    n, c = 150, 5
    labels = rng.choice([0, 1, 2, 4], n, p=[0.4, 0.3, 0.2, 0.1])
    z = rng.normal(size=(n, c)) + 2.2 * np.eye(c)[labels]
    z[:, 4] -= 8
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    return labels, p.astype(np.float32)


def ratio(a, b):
    return a / b if b else np.nan


def analysis(labels, p):
    n, c = p.shape
    p = p.astype(np.float64)
    predicted, confidence = p.argmax(1), p.max(1)
    right = predicted == labels
    cm = np.zeros((c, c), int)
    np.add.at(cm, (labels, predicted), 1)
    precision = [ratio(np.sum(right & (predicted == k)), np.sum(predicted == k)) for k in range(c)]
    recall = [ratio(np.sum(right & (labels == k)), np.sum(labels == k)) for k in range(c)]
    f1 = []
    for a, b, k in zip(precision, recall, range(c)):
        a, b = (0 if np.isnan(x) else x for x in (a, b))
        seen = np.any(labels == k) or np.any(predicted == k)
        f1.append(np.nan if not seen else 0.0 if a + b == 0 else 2 * a * b / (a + b))
    loss = -np.log(p[np.arange(n), labels])
    edges = np.linspace(0, 1, 16)
    ece, bins = 0.0, []
    gaps = []
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        bins.append(inside.sum())
        if inside.any():
            gap = abs(right[inside].mean() - confidence[inside].mean())
            gaps.append(gap)
            ece += inside.mean() * gap
    order = np.argsort(-p, axis=1, kind="stable")
    lines = [("confusion", cm.flatten()), ("precision", precision), ("recall", recall), ("f1", f1),
             ("macrof1", np.nanmean(f1)), ("balanced", np.nanmean(recall)), ("logloss", loss.mean()),
             ("ece", ece), ("mce", max(gaps)), ("bins", bins), ("toplosses", np.argsort(-loss, kind="stable")[:8])]
    lines += [(f"top{k}", np.mean([l in o[:k] for l, o in zip(labels, order)])) for k in range(1, 6)]
    return [f"{name} {text(np.asarray(values, float))}" for name, values in lines]


def gradcam():
    import torch
    import torchvision
    from make_fixtures import fill, noise

    with torch.no_grad():
        network = fill(torchvision.models.resnet18(num_classes=10))
    kept = {}

    def hook(module, args, output):
        output.retain_grad()
        kept["a"] = output

    network.layer4.register_forward_hook(hook)
    size = 96
    pixels = np.floor((noise(2 * 3 * size * size, 99991) + 1) * 128).astype(np.float32)
    x = torch.from_numpy(pixels).view(2, 3, size, size) / 255
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    lines = []
    for image, k in ((0, 2), (1, 7)):
        network.zero_grad()
        network(((x - mean) / std)[image:image + 1])[0, k].backward()
        a, g = kept["a"][0], kept["a"].grad[0]
        cam = torch.relu((g.mean((1, 2))[:, None, None] * a).sum(0))
        lines.append(f"{image} {k} " + " ".join(f"{v:.8g}" for v in cam.flatten().tolist()))
    return lines


if __name__ == "__main__":
    labels, p = predictions()
    write("predictions.txt", [f"{label} " + " ".join(f"{v:.9g}" for v in row) for label, row in zip(labels, p)])
    write("analysis.txt", analysis(labels, p))
    write("gradcam.txt", gradcam())
