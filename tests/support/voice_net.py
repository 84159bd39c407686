"""A voice for sherpa-onnx made by hand: it says 水, 灯, 楼 and 管 as rows of tones, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

onnx = pytest.importorskip("onnx", reason="onnx is not installed: no net can be made")
numpy = pytest.importorskip("numpy")

RATE, SIGN = 16_000, 3_200
"""Samples a second, and of one sign's sound as usual."""
_TOKENS = "_ a b c ， 。 , . ! ? … ' - SP UNK ¡"
_WORDS = "水 a b 1 1\n灯 b 2\n楼 c a 3 3\n管 a c 1 2\n"
_TOLD = {
    "model_type": "melo-vits",
    "comment": "melo",
    "language": "Chinese + English",
    "sample_rate": str(RATE),
    "add_blank": "0",
    "n_speakers": "1",
    "speaker_id": "1",
    "jieba": "1",
    "version": "2",
    "lang_id": "3",
    "tone_start": "0",
}


def write(folder: Path) -> Path:
    """Write the net, its tokens and its words into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{sign} {number}\n" for number, sign in enumerate(_TOKENS.split()))
    (folder / "tokens.txt").write_text(rows, "utf-8")
    (folder / "lexicon.txt").write_text(_WORDS, "utf-8")
    model = onnx.helper.make_model(_graph(), opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    onnx.helper.set_model_props(model, _TOLD)
    onnx.save(model, str(folder / "model.onnx"))
    return folder


def _graph() -> object:
    """Each token is a tone of its own height; the whole is stretched by the length that was asked for."""
    make, tensor = onnx.helper.make_node, onnx.numpy_helper.from_array
    value, kind = onnx.helper.make_tensor_value_info, onnx.TensorProto
    nodes = [
        make("Cast", ["x"], ["numbers"], to=kind.FLOAT),
        make("Unsqueeze", ["numbers", "last"], ["column"]),
        make("Mul", ["column", "ramp"], ["phases"]),
        make("Sin", ["phases"], ["sines"]),
        make("Mul", ["sines", "soft"], ["softer"]),
        make("Reshape", ["softer", "row"], ["whole"]),
        make("Concat", ["one", "one", "length_scale"], ["scales"], axis=0),
        make("Resize", ["whole", "", "scales"], ["y"], mode="nearest"),
    ]
    kept = {
        "last": numpy.array([2], numpy.int64),
        "ramp": 2 * numpy.pi * 150 * numpy.arange(SIGN, dtype=numpy.float32) / RATE,
        "soft": numpy.array([0.3], numpy.float32),
        "row": numpy.array([1, 1, -1], numpy.int64),
        "one": numpy.array([1], numpy.float32),
    }
    whole, part = kind.INT64, kind.FLOAT
    inputs = [("x", whole, ["N", "L"]), ("x_lengths", whole, ["N"]), ("tones", whole, ["N", "L"]), ("sid", whole, [1])]
    scales = [(name, part, [1]) for name in ("noise_scale", "length_scale", "noise_scale_w")]
    return onnx.helper.make_graph(
        nodes,
        "voice",
        [value(*one) for one in (*inputs, *scales)],
        [value("y", part, ["N", 1, "S"])],
        [tensor(array, name) for name, array in kept.items()],
    )
