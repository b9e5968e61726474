"""Exports a trained reader: ONNX with int8 weights, and the small relation layer beside it.

python -m training.export runs/reader/checkpoint.pt src/menurut/data/model
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import Reader, Shape

OUTPUTS = ("tags", "arcs", "dependent", "governor", "anchor", "member")


def export(checkpoint: Path, folder: Path) -> None:
    state = torch.load(checkpoint)
    model = Reader(Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    model.eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch, "plain.onnx"), Path(scratch, "ready.onnx")
        _to_onnx(model, plain)
        quant_pre_process(plain, ready)
        quantize_dynamic(
            ready,
            folder / "reader.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
        )
    np.savez(
        folder / "relation.npz",
        weight=model.relation.weight.detach().numpy().T.astype(np.float32),
        bias=model.relation.bias.detach().numpy().astype(np.float32),
    )


def _to_onnx(model: Reader, path: Path) -> None:
    batch, length, count = 2, 9, 5
    example = (
        torch.randn(batch, length, model.shape.hidden),
        torch.ones(batch, count, dtype=torch.int64),
        torch.ones(batch, count, dtype=torch.int64),
    )
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["vectors", "first", "last"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "vectors": pieces,
            "first": words,
            "last": words,
            **dict.fromkeys(OUTPUTS, words),
        },
        opset_version=17,
        dynamo=False,
    )


def exported_weights(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of an exported model, as near as int8 kept them, by the names that torch knows.

    So a model that is in the repository can be trained further without its checkpoint.
    """
    graph = onnx.load(folder / "reader.onnx").graph
    arrays = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
    found = {name: array for name, array in arrays.items() if "." in name and name[0] != "/"}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            weight = node.input[1]
            scale = arrays[weight.removesuffix("_quantized") + "_scale"]
            name = node.name.removeprefix("/").removesuffix("/MatMul_quant").replace("/", ".")
            found[f"{name}.weight"] = (arrays[weight] * scale).T
    with np.load(folder / "relation.npz") as relation:
        found |= {"relation.weight": relation["weight"].T, "relation.bias": relation["bias"]}
    return {name: torch.from_numpy(array.astype(np.float32)) for name, array in found.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    export(given.checkpoint, given.folder)
