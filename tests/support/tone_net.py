"""A net for sherpa-onnx made by hand: it hears a low, a middle and a high tone as 楼, 灯 and 水, and nothing else."""

from __future__ import annotations

from array import array
from math import pi, sin
from pathlib import Path

import pytest

onnx = pytest.importorskip("onnx", reason="onnx is not installed: no net can be made")
numpy = pytest.importorskip("numpy")

TONES = {"楼": 300, "灯": 1000, "水": 3200}
"""Character → hertz."""
_BANDS = {"楼": (4, 16), "灯": (24, 38), "水": (52, 66)}
"""Character → the mel bins (of 80) that its tone fills."""


def sung(text: str, seconds: float = 0.3) -> bytes:
    """The tones of a text one after another, 16 kHz 16-bit mono, with a pause before each."""
    samples = array("h")
    for sign in text:
        samples.extend([0] * 4800)
        steps = range(int(16000 * seconds))
        samples.extend(int(12000 * sin(2 * pi * TONES[sign] * step / 16000)) for step in steps)
    samples.extend([0] * 4800)
    return samples.tobytes()


def write(folder: Path, signs: str = "".join(TONES)) -> Path:
    """Write the net and its tokens into a folder; it may write other signs for the three tones."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens.txt").write_text("".join(f"{sign} {n}\n" for n, sign in enumerate(["<blk>", *signs])), "utf-8")
    model = onnx.helper.make_model(_graph(), opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    onnx.helper.set_model_props(model, {"model_type": "zipformer2_ctc", "version": "1", "subsampling_factor": "4"})
    onnx.save(model, str(folder / "model.onnx"))
    return folder


def _graph() -> object:
    """Every fourth frame: how far the bins of each band stand above the frame's mean; below a step it is blank."""
    make, tensor = onnx.helper.make_node, onnx.numpy_helper.from_array
    weights, bias = numpy.zeros((80, 4), numpy.float32), numpy.array([30, 0, 0, 0], numpy.float32)
    for number, sign in enumerate(TONES, 1):
        start, end = _BANDS[sign]
        weights[start:end, number] = 2.0
    nodes = [
        make("ReduceMean", ["x"], ["mean"], axes=[2], keepdims=1),
        make("Sub", ["x", "mean"], ["above"]),
        make("Sub", ["above", "step"], ["over"]),
        make("Relu", ["over"], ["peaks"]),
        make("Slice", ["peaks", "zero", "end", "axis", "four"], ["some"]),
        make("MatMul", ["some", "weights"], ["scores"]),
        make("Add", ["scores", "bias"], ["sums"]),
        make("LogSoftmax", ["sums"], ["log_probs"], axis=2),
        make("Add", ["x_lens", "three"], ["longer"]),
        make("Div", ["longer", "fours"], ["log_probs_len"]),
    ]
    kept = {
        "step": numpy.array([3.0], numpy.float32),
        "zero": numpy.array([0], numpy.int64),
        "end": numpy.array([1 << 30], numpy.int64),
        "axis": numpy.array([1], numpy.int64),
        "four": numpy.array([4], numpy.int64),
        "weights": weights,
        "bias": bias,
        "three": numpy.array([3], numpy.int64),
        "fours": numpy.array([4], numpy.int64),
    }
    value, kind = onnx.helper.make_tensor_value_info, onnx.TensorProto
    return onnx.helper.make_graph(
        nodes,
        "tones",
        [value("x", kind.FLOAT, ["N", "T", 80]), value("x_lens", kind.INT64, ["N"])],
        [value("log_probs", kind.FLOAT, ["N", "S", 4]), value("log_probs_len", kind.INT64, ["N"])],
        [tensor(array, name) for name, array in kept.items()],
    )
