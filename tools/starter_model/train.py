"""Trains the net on the spoken examples, on the processor, with a fixed seed: first with tones, then without."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import nn
from tqdm import tqdm

from tools.starter_model.net import Net, join, loss_of, outputs, untoned
from tools.starter_model.sounds import Example
from tools.starter_model.toned import PLAIN, TONED

TONED_PASSES, PLAIN_PASSES = 12, 5


def batches(examples: list[Example], frames: int = 10000) -> list[list[Example]]:
    """Examples of like length together, about so many frames in each batch."""
    made: list[list[Example]] = [[]]
    for example in sorted(examples, key=lambda pair: len(pair[0])):
        if len(example[0]) * (len(made[-1]) + 1) > frames:
            made.append([])
        made[-1].append(example)
    return [batch for batch in made if batch]


def train(examples: list[Example], left_out: list[Example], file: Path) -> Net:
    """Both stages; the net is kept in ``file`` after each pass."""
    torch.manual_seed(7)
    some = np.concatenate([x for x, _ in examples[:2000]]).astype(np.float32)
    net = Net(torch.from_numpy(some.mean(0)), torch.from_numpy(1 / some.std(0)), len(TONED))
    _passes(net, TONED_PASSES, 2e-3, examples, left_out, file)
    net = untoned(net)
    _passes(net, PLAIN_PASSES, 1.2e-3, examples, left_out, file)
    return net.eval()


def _passes(net: Net, passes: int, rate: float, examples: list[Example], left_out: list[Example], file: Path) -> None:
    """So many passes over the examples; the very first goes from short to long, as CTC starts hard."""
    packs = batches(examples)
    optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=passes * len(packs) + 1, pct_start=0.1)
    for number in range(passes):
        net.train()
        order = torch.randperm(len(packs)).tolist() if number or not net.toned else list(range(len(packs)))
        title = f"{'with' if net.toned else 'without'} tones, pass {number + 1} of {passes}"
        for index in tqdm(order, desc=title, mininterval=2):
            optimizer.zero_grad()
            loss_of(net, packs[index]).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
        torch.save(net.state_dict(), file)
        print(f"{title}: {unit_errors(net, left_out):.1%} of sounds wrong in left-out voices", flush=True)


@torch.no_grad()
def unit_errors(net: Net, examples: list[Example]) -> float:
    """Share of wrong sounds, tones aside, taking the likeliest unit at each moment."""
    net.eval()
    wrong = total = 0
    for batch in batches(examples):
        for row, (frames, labels) in zip(net(join(batch)).argmax(dim=1), batch, strict=True):
            units = torch.unique_consecutive(row[: outputs(len(frames))]).tolist()
            heard = [PLAIN[unit] if net.toned else unit for unit in units if unit]
            wrong, total = wrong + Levenshtein.distance(heard, [PLAIN[unit] for unit in labels]), total + len(labels)
    return wrong / total
