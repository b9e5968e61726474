"""The model's bare int8 matrix products: how many pieces a second the cores could do at most.

python -m benchmarks.products [--pieces 160] [--seconds 3]

Takes every product of ``reader.onnx`` by itself, its weights as they are and its activations ready
in uint8, and runs them window by window, one window a core. Nothing else of the model is run: no
attention, no norms, no rounding. Needs ``pip install onnx``.
"""

from __future__ import annotations

import argparse
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from menurut.tables import data_file

READER = Path(str(data_file("model"))) / "reader.onnx"


def products(reader: Path) -> bytes:
    """A graph of the reader's integer products alone; inputs ``of_WIDTH`` [pieces, WIDTH]."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(reader)
    arrays = {i.name: i for i in model.graph.initializer}
    nodes = [n for n in model.graph.node if n.op_type == "MatMulInteger"]
    widths = sorted({arrays[n.input[1]].dims[0] for n in nodes})
    graph = helper.make_graph(
        [
            helper.make_node(
                "MatMulInteger", [f"of_{arrays[n.input[1]].dims[0]}", n.input[1]], [f"out_{at}"]
            )
            for at, n in enumerate(nodes)
        ],
        "products",
        [helper.make_tensor_value_info(f"of_{w}", TensorProto.UINT8, [None, w]) for w in widths],
        [
            helper.make_tensor_value_info(f"out_{at}", TensorProto.INT32, None)
            for at in range(len(nodes))
        ],
        [arrays[n.input[1]] for n in nodes],
    )
    bare = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    whole: bytes = bare.SerializeToString()
    return whole


def rate(pieces: int, seconds: float) -> float:
    """Pieces a second on the cores that this process may use."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(products(READER), options, ["CPUExecutionProvider"])
    given = {
        put.name: np.random.default_rng(0).integers(0, 255, (pieces, put.shape[1]), np.uint8)
        for put in session.get_inputs()
    }

    def run_until(end: float) -> int:
        done = 0
        while time.perf_counter() < end:
            session.run(None, given)
            done += pieces
        return done

    cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(run_until, [time.perf_counter() + seconds / 5] * cores))
        return sum(pool.map(run_until, [time.perf_counter() + seconds] * cores)) / seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.products",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pieces", type=int, default=160, help="in a window")
    parser.add_argument("--seconds", type=float, default=3.0)
    asked = parser.parse_args()
    print(f"{rate(asked.pieces, asked.seconds):.0f}")
