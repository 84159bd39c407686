"""The net: a few convolutions over features, and what it costs to be wrong (CTC)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.hearing.units import UNITS
from tools.starter_model.sounds import Example
from tools.starter_model.toned import PLAIN, TONED

CHANNELS = 224
FIRST = 4
"""The first layer sees this many frames on either side; it is computed at every third frame."""
REACHES = (1, 1, 1, 2, 1, 1)
"""The other layers see one neighbour on either side, this many thirds of frames away."""
CONTEXT = FIRST + 3 * sum(REACHES)
"""Frames that the whole net sees on either side."""


class Net(nn.Module):
    """MFCC frames (batch × 40 × time) to log-probabilities of units at every third frame."""

    def __init__(self, mean: Tensor, scale: Tensor, units: int) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.layers = nn.ModuleList([nn.Conv1d(40, CHANNELS, 2 * FIRST + 1, stride=3)])
        self.layers.extend(nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=reach) for reach in REACHES)
        self.norms = nn.ModuleList(nn.BatchNorm1d(CHANNELS) for _ in self.layers)
        self.last = nn.Conv1d(CHANNELS, units, 1)

    def forward(self, frames: Tensor) -> Tensor:
        """Units are the second dimension of the result; training computes in half the bits, which takes half the time."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            x = (frames - self.mean[:, None]) * self.scale[:, None]
            x = functional.pad(x, (CONTEXT, CONTEXT), mode="replicate")
            for layer, norm in zip(self.layers, self.norms, strict=True):
                x = norm(functional.relu(layer(x)))
            x = self.last(x)
        return functional.log_softmax(x.float(), dim=1)

    @property
    def toned(self) -> bool:
        """Whether its units still have tones."""
        return self.last.out_channels == len(TONED)


def groups() -> Tensor:
    """Which toned units are one unit: toned × plain."""
    return functional.one_hot(torch.tensor(PLAIN), len(UNITS)).float()


def untoned(net: Net) -> Net:
    """The net with one output where there was one for each tone, as a start for the last passes."""
    table = groups()
    share = (table / table.sum(0)).T
    plain = Net(net.mean, net.scale, len(UNITS))
    plain.load_state_dict({name: value for name, value in net.state_dict().items() if "last" not in name}, strict=False)
    with torch.no_grad():
        plain.last.weight.copy_((share @ net.last.weight[:, :, 0])[:, :, None])
        plain.last.bias.copy_(share @ net.last.bias + table.sum(0).log())
    return plain


def restore(file: Path) -> Net:
    """A net that training kept."""
    state = torch.load(file)
    net = Net(state["mean"], state["scale"], len(state["last.bias"]))
    net.load_state_dict(state)
    return net.eval()


def join(batch: list[Example]) -> Tensor:
    """One tensor, batch × 40 × time, with the last frame repeated where a sound is shorter."""
    longest = max(len(x) for x, _ in batch)
    padded = [np.pad(x, ((0, longest - len(x)), (0, 0)), mode="edge") for x, _ in batch]
    return torch.from_numpy(np.stack(padded)).float().transpose(1, 2)


def outputs(frames: int) -> int:
    """How many times the net speaks in so many frames."""
    return -(-frames // 3)


def loss_of(net: Net, batch: list[Example]) -> Tensor:
    """CTC over the net's units; while they have tones, with less weight over those without as well."""
    found = net(join(batch)).permute(2, 0, 1)
    sizes = torch.tensor([outputs(len(x)) for x, _ in batch])
    lengths = torch.tensor([len(y) for _, y in batch])
    toned = torch.tensor([unit for _, y in batch for unit in y], dtype=torch.long)
    plain = torch.tensor(PLAIN)[toned]
    if not net.toned:
        return functional.ctc_loss(found, plain, sizes, lengths, zero_infinity=True)
    merged = torch.log(found.exp() @ groups() + 1e-12)
    return functional.ctc_loss(found, toned, sizes, lengths, zero_infinity=True) + 0.4 * functional.ctc_loss(
        merged, plain, sizes, lengths, zero_infinity=True
    )
