"""Trains a small convolutional net with CTC on the spoken examples, on the processor, with a fixed seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from bot.hearing.units import UNITS, without_tone
from tools.starter_model.sounds import Example

CHANNELS = 224
FIRST = 4
"""The first layer sees this many frames on either side; it is computed at every third frame."""
REACHES = (1, 1, 1, 2, 1, 1)
"""The other layers see one neighbour on either side, this many thirds of frames away."""
CONTEXT = FIRST + 3 * sum(REACHES)
"""Frames that the whole net sees on either side."""


class Net(nn.Module):
    """MFCC frames (batch × 40 × time) to log-probabilities of units at every third frame."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.layers = nn.ModuleList([nn.Conv1d(40, CHANNELS, 2 * FIRST + 1, stride=3)])
        self.layers.extend(nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=reach) for reach in REACHES)
        self.norms = nn.ModuleList(nn.BatchNorm1d(CHANNELS) for _ in self.layers)
        self.last = nn.Conv1d(CHANNELS, len(UNITS), 1)

    def forward(self, frames: Tensor) -> Tensor:
        """Units are the second dimension of the result."""
        x = (frames - self.mean[:, None]) * self.scale[:, None]
        x = functional.pad(x, (CONTEXT, CONTEXT), mode="replicate")
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = norm(functional.relu(layer(x)))
        return functional.log_softmax(self.last(x), dim=1)


def _groups() -> Tensor:
    """Which units differ in tone only: units × toneless sounds."""
    names = list(dict.fromkeys(map(without_tone, range(len(UNITS)))))
    table = torch.zeros(len(UNITS), len(names))
    for unit in range(len(UNITS)):
        table[unit, names.index(without_tone(unit))] = 1
    return table


def batches(examples: list[Example], frames: int = 10000) -> list[list[Example]]:
    """Examples of like length together, about so many frames in each batch."""
    made: list[list[Example]] = [[]]
    for example in sorted(examples, key=lambda pair: len(pair[0])):
        if len(example[0]) * (len(made[-1]) + 1) > frames:
            made.append([])
        made[-1].append(example)
    return [batch for batch in made if batch]


def join(batch: list[Example]) -> Tensor:
    """One tensor, batch × 40 × time, with the last frame repeated where a sound is shorter."""
    longest = max(len(x) for x, _ in batch)
    padded = [np.pad(x, ((0, longest - len(x)), (0, 0)), mode="edge") for x, _ in batch]
    return torch.from_numpy(np.stack(padded)).float().transpose(1, 2)


def loss_of(net: Net, batch: list[Example], groups: Tensor) -> Tensor:
    """CTC over the units, and with less weight over the units without their tones."""
    found = net(join(batch)).permute(2, 0, 1)
    sizes = torch.tensor([-(-len(x) // 3) for x, _ in batch])
    lengths = torch.tensor([len(y) for _, y in batch])
    labels = torch.tensor([unit for _, y in batch for unit in y], dtype=torch.long)
    toneless = torch.log(found.exp() @ groups + 1e-12)
    plain = groups.argmax(dim=1)[labels]
    return sum(
        weight * functional.ctc_loss(scores, targets, sizes, lengths, zero_infinity=True)
        for weight, scores, targets in ((1.0, found, labels), (0.4, toneless, plain))
    )


def train(examples: list[Example], left_out: list[Example], file: Path, epochs: int = 12) -> Net:
    """Train, keeping the net in ``file`` after each pass; the first goes from short to long, as CTC starts hard."""
    torch.manual_seed(7)
    everything = np.concatenate([x for x, _ in examples[:2000]]).astype(np.float32)
    net = Net(torch.from_numpy(everything.mean(0)), torch.from_numpy(1 / everything.std(0)))
    packs, groups = batches(examples), _groups()
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=epochs * len(packs) + 1, pct_start=0.1)
    for epoch in range(epochs):
        net.train()
        order = torch.randperm(len(packs)).tolist() if epoch else list(range(len(packs)))
        for index in tqdm(order, desc=f"pass {epoch + 1} of {epochs}", mininterval=2):
            optimizer.zero_grad()
            loss_of(net, packs[index], groups).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
        torch.save(net.state_dict(), file)
        print(
            f"after pass {epoch + 1}: units wrong {unit_errors(net, left_out):.2%}, without tones "
            f"{unit_errors(net, left_out, tones=False):.2%} (left-out voices)",
            flush=True,
        )
    return net


def restore(file: Path) -> Net:
    """A net that :func:`train` kept."""
    state = torch.load(file)
    net = Net(state["mean"], state["scale"])
    net.load_state_dict(state)
    return net.eval()


@torch.no_grad()
def unit_errors(net: Net, examples: list[Example], tones: bool = True) -> float:
    """Share of wrong units, taking the likeliest unit at each moment."""
    net.eval()
    wrong = total = 0
    for batch in batches(examples):
        best = net(join(batch)).argmax(dim=1)
        for row, (frames, labels) in zip(best, batch, strict=True):
            heard = torch.unique_consecutive(row[: -(-len(frames) // 3)]).tolist()
            names = [[str(u) if tones else without_tone(u) for u in units if u] for units in (heard, labels)]
            wrong, total = wrong + distance(names[0], names[1]), total + len(labels)
    return wrong / total


def distance(one: list[str], other: list[str]) -> int:
    """Edits between two sequences."""
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, 1):
        before, row[0] = row[0], number
        for column, right in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (left != right))
    return row[-1]
