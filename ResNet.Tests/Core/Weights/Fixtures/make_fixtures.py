"""Writes the fixtures beside this file with PyTorch (made with torch 1.13.1); needs nothing else.

types.pth, types-legacy.pth   a state dict with every dtype, strided and shared tensors, in both formats of torch.save
nested.pth, nested-legacy.pth a training checkpoint: the state dict of a DataParallel module beside an optimizer's state;
                              pickle protocol 4, the others 2
types.safetensors             the same weights as types.pth, as the format's description says
weights-expected.txt          file, name, dtype, shape, values of all of the above
keras.tgz                     a layers model: stem, one block and classifier of Keras' ResNet50 with few channels
hostile.txt                   name, what the reader must name, in base64 what torch.save makes of objects that run code when unpickled
keras-expected.txt            what that stem and that block's shortcut make of an image, computed with the Keras formulas
"""
import argparse
import base64
import builtins
import io
import json
import os
import struct
import subprocess
import tarfile
from _compat_pickle import REVERSE_IMPORT_MAPPING as IMPORT
from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {
    torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}
torch.manual_seed(1)
expected = []


def path(name):
    return os.path.join(HERE, name)


def tell(file, name, tensor):
    shape = "x".join(map(str, tensor.shape)) or "scalar"
    values = [repr(v) for v in tensor.double().flatten().tolist()]
    expected.append(" ".join([file, name, NAMES[tensor.dtype], shape, *values]))


def types():
    base = torch.randn(4, 3, 2)
    result = OrderedDict((str(t)[6:], (torch.randn(3, 2) * 50).to(t)) for t in NAMES)
    result["scalar"] = torch.tensor(7)
    result["empty"] = torch.zeros(0, 4)
    result["whole"] = base
    result["slice"] = base[1:3]
    result["permuted"] = base.permute(2, 0, 1)
    result["every_second"] = base[::2, :, 1]
    result["channels_last"] = torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last)
    result["parameter"] = nn.Parameter(torch.randn(5))
    return result


def nested():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    model(torch.randn(1, 1, 5, 5)).sum().backward()
    optimizer.step()
    return nn.DataParallel(model).state_dict(), optimizer.state_dict()


def safetensors(tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous()
        raw = raw.view(torch.int16).numpy().tobytes() if tensor.dtype == torch.bfloat16 else raw.numpy().tobytes()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def keras():
    rng = np.random.default_rng(2)
    weights = {}

    def conv(name, size, inputs, outputs):
        weights[f"{name}/kernel"] = rng.normal(size=(size, size, inputs, outputs)).astype("float32") / (size * inputs)
        weights[f"{name}/bias"] = rng.normal(size=outputs).astype("float32")

    def norm(name, channels):
        weights[f"{name}/gamma"] = rng.normal(size=channels).astype("float32")
        weights[f"{name}/beta"] = rng.normal(size=channels).astype("float32")
        weights[f"{name}/moving_mean"] = rng.normal(size=channels).astype("float32")
        weights[f"{name}/moving_variance"] = rng.uniform(0.001, 2, size=channels).astype("float32")

    norm("bn2a_branch1", 8), norm("bn2a_branch2a", 2), norm("bn2a_branch2b", 2), norm("bn2a_branch2c", 8), norm("bn_conv1", 4)
    conv("conv1", 7, 3, 4)
    weights["fc1000/kernel"] = rng.normal(size=(8, 5)).astype("float32")
    weights["fc1000/bias"] = rng.normal(size=5).astype("float32")
    conv("res2a_branch1", 1, 4, 8), conv("res2a_branch2a", 1, 4, 2), conv("res2a_branch2b", 3, 2, 2), conv("res2a_branch2c", 1, 2, 8)

    model = {
        "format": "layers-model",
        "weightsManifest": [{
            "paths": ["group1-shard1of2.bin", "group1-shard2of2.bin"],
            "weights": [{"name": n, "shape": list(w.shape), "dtype": "float32"} for n, w in weights.items()],
        }],
    }
    data = b"".join(w.tobytes() for w in weights.values())
    files = {
        "group1-shard1of2.bin": data[:1001],
        "group1-shard2of2.bin": data[1001:],
        "model.json": json.dumps(model).encode(),
    }
    with tarfile.open(path("keras.tgz"), "w:gz", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo("package/Net/" + name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))

    # An RGB image as Keras sees it: BGR, channels last; here in torch's layout, in double precision.
    image = rng.integers(0, 256, size=(1, 3, 8, 8)).astype("float32")
    x = torch.from_numpy(image[:, ::-1].copy()).double()

    def layer(x, convolution, norm, **options):
        w = {k: torch.from_numpy(v).double() for k, v in weights.items()}
        x = F.conv2d(x, w[f"{convolution}/kernel"].permute(3, 2, 0, 1), w[f"{convolution}/bias"], **options)
        return F.batch_norm(x, w[f"{norm}/moving_mean"], w[f"{norm}/moving_variance"], w[f"{norm}/gamma"], w[f"{norm}/beta"], eps=1e-3)

    stem = layer(x, "conv1", "bn_conv1", stride=2, padding=3)
    shortcut = layer(stem, "res2a_branch1", "bn2a_branch1")
    classifier = shortcut.mean((2, 3)) @ torch.from_numpy(weights["fc1000/kernel"]).double() + torch.from_numpy(weights["fc1000/bias"]).double()
    with open(path("keras-expected.txt"), "w") as out:
        for name, value in [("image", torch.from_numpy(image)), ("stem", stem), ("shortcut", shortcut), ("classifier", classifier)]:
            print(name, *map(repr, value.flatten().tolist()), file=out)


tensors = types()
torch.save(tensors, path("types.pth"))
torch.save(tensors, path("types-legacy.pth"), _use_new_zipfile_serialization=False)
with open(path("types.safetensors"), "wb") as out:
    out.write(safetensors(tensors, {"format": "pt"}))
for file in ["types.pth", "types-legacy.pth", "types.safetensors"]:
    for name, tensor in tensors.items():
        tell(file, name, tensor)

state, optimizer = nested()
torch.save({"epoch": 3, "best_acc1": 12.5, "optimizer": optimizer, "state_dict": state}, path("nested.pth"), pickle_protocol=4)
torch.save({"epoch": 3, "best_acc1": 12.5, "optimizer": optimizer, "state_dict": state}, path("nested-legacy.pth"), pickle_protocol=4, _use_new_zipfile_serialization=False)
for file in ["nested.pth", "nested-legacy.pth"]:
    for name, tensor in state.items():
        tell(file, name.removeprefix("module."), tensor)
with open(path("weights-expected.txt"), "w") as out:
    print(*expected, sep="\n", file=out)
keras()


class Runs:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def hostile():
    state = OrderedDict(weight=torch.zeros(2))
    cases = [
        ("system", "posix.system", {"state_dict": state, "x": Runs(os.system, "touch /tmp/hostile")}),
        ("system_inside_the_weights", "posix.system", OrderedDict(weight=torch.zeros(2), x=Runs(os.system, "touch /tmp/hostile"))),
        ("eval", "builtins.eval", Runs(builtins.eval, "1+1")),
        ("getattr", "builtins.getattr", Runs(getattr, state, "keys")),
        ("import", "builtins.__import__", Runs(__import__, "os")),
        ("popen", "subprocess.Popen", Runs(subprocess.Popen, "true")),
        ("namespace", "argparse.Namespace", {"state_dict": state, "args": argparse.Namespace(lr=1)}),
        ("whole_module", "torch.nn.modules.linear.Linear", nn.Linear(2, 2)),
        ("numpy_scalar", "numpy.core.multiarray.scalar", {"state_dict": state, "best": np.float64(1)}),
        ("sparse", "torch._utils._rebuild_sparse_tensor", {"state_dict": {"weight": torch.eye(2).to_sparse()}}),
        ("complex", "torch.ComplexFloatStorage", {"weight": torch.zeros(2, dtype=torch.complex64)}),
    ]
    with open(path("hostile.txt"), "w") as out:
        for name, blamed, value in cases:
            # Protocol 4 spells globals another way (STACK_GLOBAL).
            for kind, protocol in [("legacy", 2), ("legacy", 4)] + [("zip", 2)] * (name == "system"):
                stream = io.BytesIO()
                torch.save(value, stream, pickle_protocol=protocol, _use_new_zipfile_serialization=kind == "zip")
                module, function = blamed.rsplit(".", 1)
                module = IMPORT.get(module, module) if protocol == 2 else module
                print(f"{name}_{kind}{protocol}", f"{module}.{function}", base64.b64encode(stream.getvalue()).decode(), file=out)


hostile()
