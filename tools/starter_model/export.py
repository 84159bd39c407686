"""Writes a trained net as Kaldi's binary ``final.mdl``, batch norm and the features' scale folded into the layers."""

from __future__ import annotations

from pathlib import Path
from struct import pack

import numpy as np

from bot.hearing.units import UNITS
from tools.starter_model.net import CONTEXT, FIRST, REACHES, Net

Layer = tuple[np.ndarray, np.ndarray]
"""Weights (out × in × frames) and bias."""


def export(net: Net, file: Path) -> None:
    """Write the net to a file that Vosk loads."""
    layers = _folded(net)
    parts = [b"\0B", _transitions(len(UNITS)), _token("<Nnet3>"), b"\n", _wiring().encode(), b"\n"]
    names = [f"a{n}" for n in range(len(layers))]
    parts += [_token("<NumComponents>"), _integer(2 * len(layers))]
    for number, (name, layer) in enumerate(zip(names, layers, strict=True)):
        parts += [_component(name), _affine(layer)]
        kind = "LogSoftmaxComponent" if number == len(layers) - 1 else "RectifiedLinearComponent"
        parts += [_component(name.replace("a", "r")), _pointwise(kind, len(layer[1]))]
    parts += [
        _token("</Nnet3>"),
        _token("<LeftContext>"),
        _integer(CONTEXT),
        _token("<RightContext>"),
        _integer(CONTEXT),
    ]
    parts += [_token("<Priors>"), _vector(np.zeros(0))]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(parts))


def _folded(net: Net) -> list[Layer]:
    """Plain weights and biases of all layers, with every scaling multiplied in."""
    scale, shift = net.scale.numpy(), (-net.mean * net.scale).numpy()
    layers = []
    for number, layer in enumerate([*net.layers, net.last]):
        weight, bias = layer.weight.detach().numpy().astype(np.float64), layer.bias.detach().numpy().astype(np.float64)
        layers.append((weight * scale[None, :, None], bias + np.einsum("oik,i->o", weight, shift)))
        if number < len(net.norms):
            norm = net.norms[number]
            scale = (norm.weight / (norm.running_var + norm.eps).sqrt()).detach().numpy()
            shift = norm.bias.detach().numpy() - norm.running_mean.numpy() * scale
    return layers


def _wiring() -> str:
    """Kaldi's description of which component sees what."""
    lines, before = ["input-node name=input dim=40"], "input"
    for number, steps in enumerate([[*range(-FIRST, FIRST + 1)], *([-3 * r, 0, 3 * r] for r in REACHES), [0]]):
        seen = ", ".join(f"Offset({before}, {step})" if step else before for step in steps)
        lines.append(
            f"component-node name=a{number} component=a{number} input=" + (f"Append({seen})" if steps[1:] else seen)
        )
        lines.append(f"component-node name=r{number} component=r{number} input=a{number}")
        before = f"r{number}"
    return "\n".join([*lines, f"output-node name=output input={before} objective=linear"]) + "\n"


def _transitions(units: int) -> bytes:
    """One state with a loop for every unit; unit n is phone n + 1 and has output n."""
    phones = np.arange(1, units + 1, dtype="<i4")
    index = np.concatenate([[-1], np.zeros(units)]).astype("<i4")
    topology = [_token("<Topology>"), _integers(phones), _integers(index), _integer(1), _integer(2)]
    topology += [_integer(0), _integer(2), _integer(0), _real(0.5), _integer(1), _real(0.5)]
    topology += [_integer(-1), _integer(0), _token("</Topology>")]
    triples = b"".join(_integer(n + 1) + _integer(0) + _integer(n) for n in range(units))
    chances = np.full(2 * units + 1, np.log(0.5))
    chances[0] = 0.0
    return b"".join(
        [
            _token("<TransitionModel>"),
            *topology,
            _token("<Triples>"),
            _integer(units),
            triples,
            _token("</Triples>"),
            _token("<LogProbs>"),
            _vector(chances),
            _token("</LogProbs>"),
            _token("</TransitionModel>"),
        ]
    )


def _affine(layer: Layer) -> bytes:
    weight, bias = layer
    flat = weight.transpose(0, 2, 1).reshape(len(bias), -1)
    return b"".join(
        [
            _token("<FixedAffineComponent>"),
            _token("<LinearParams>"),
            _matrix(flat),
            _token("<BiasParams>"),
            _vector(bias),
            _token("</FixedAffineComponent>"),
        ]
    )


def _pointwise(kind: str, size: int) -> bytes:
    empty = _vector(np.zeros(0))
    return b"".join(
        [
            _token(f"<{kind}>"),
            _token("<Dim>"),
            _integer(size),
            _token("<ValueAvg>"),
            empty,
            _token("<DerivAvg>"),
            empty,
            _token("<Count>"),
            _real(0),
            _token("<OderivRms>"),
            empty,
            _token("<OderivCount>"),
            _real(0),
            _token("<NumDimsSelfRepaired>"),
            _real(0),
            _token("<NumDimsProcessed>"),
            _real(0),
            _token(f"</{kind}>"),
        ]
    )


def _component(name: str) -> bytes:
    return _token("<ComponentName>") + _token(name)


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _integer(value: int) -> bytes:
    return pack("<bi", 4, value)


def _real(value: float) -> bytes:
    return pack("<bf", 4, value)


def _integers(values: np.ndarray) -> bytes:
    return pack("<bi", 4, len(values)) + values.astype("<i4").tobytes()


def _vector(values: np.ndarray) -> bytes:
    return _token("FV") + _integer(len(values)) + values.astype("<f4").tobytes()


def _matrix(values: np.ndarray) -> bytes:
    """Two bytes a number: half the size of plain floats, and no difference that could be heard."""
    low, span = float(values.min()), float(np.ptp(values))
    whole = np.round((values - low) / span * 65535).astype("<u2")
    return _token("CM2") + pack("<ffii", low, span, *values.shape) + whole.tobytes()
