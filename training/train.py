"""Trains the reader on all corpora together; stops and resumes at any step.

python -m training.train --corpora CORPORA --run runs/reader --epochs 5 [--mix MIX.toml]

The run folder holds ``checkpoint.pt`` (model, optimiser, step; written whole, then renamed) and
``log.jsonl``. The same command goes on where a stopped run was. Seeded: each epoch's examples and
their order follow from the seed and the number of the epoch alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch

from menurut.reader.pieces import Pieces
from menurut.reader.word_table import WordTable
from training.base import BaseModel
from training.batches import Corpora, batches, collate, epoch_runs, load, read_mix
from training.examples import Example
from training.export import exported_weights
from training.losses import WEIGHTS, losses
from training.model import Linear, Reader, Shape, from_base
from training.model import load as take_up

LOG_EVERY = 50
SAVE_EVERY = 200


def parameter_groups(
    model: Reader, encoder_rate: float, head_rate: float
) -> list[dict[str, object]]:
    """Encoder and heads at their own rates; no decay on biases and norms."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        encoder = name.startswith(("position", "ln", "layers"))
        groups.setdefault((encoder, parameter.dim() > 1), []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": encoder_rate if encoder else head_rate,
            "weight_decay": 0.01 if matrix else 0.0,
        }
        for (encoder, matrix), parameters in groups.items()
    ]


def schedule(total: int) -> Callable[[int], float]:
    """Warm up over the first 6 %, then fall in a line to nothing."""
    warm = max(1, int(0.06 * total))
    return lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))


class Run:
    """One training run in its folder: begun, or taken up where it was stopped."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        options.run.mkdir(parents=True, exist_ok=True)
        self.checkpoint: Path = options.run / "checkpoint.pt"
        self.seed: int = options.seed
        self.epochs: int = options.epochs
        self.rounded: float = options.rounded
        self.pieces = Pieces(options.assets / "pieces.tsv")
        self.table = WordTable(options.assets / "words.q4", Shape().hidden)
        mix = read_mix(options.mix)
        source = Corpora(options.corpora, options.own, mix, options.relabelled, options.silver)
        self.parts = load(source, self.pieces)
        self.shape = Shape(layers=options.layers)
        self.model = from_base(self.shape, BaseModel())
        if options.start:
            take_up(self.model, weights(options.start))
        groups = parameter_groups(self.model, options.rate, 10 * options.rate)
        self.optimiser = torch.optim.AdamW(groups, fused=True)
        self.total = len(self.epoch(0)) * self.epochs
        self.plan = torch.optim.lr_scheduler.LambdaLR(self.optimiser, schedule(self.total))
        self.done = self._take_up() if self.checkpoint.exists() else 0
        self.log = Log(options.run / "log.jsonl", self.total)

    def _take_up(self) -> int:
        state = torch.load(self.checkpoint)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.plan.load_state_dict(state["plan"])
        return int(state["batches"])

    def epoch(self, number: int) -> list[list[Example]]:
        """An epoch's batches; they follow from the seed and the epoch's number alone."""
        chance = random.Random(f"{self.seed}/{number}")
        return batches(self.pieces, epoch_runs(self.parts, chance), chance)

    def go(self) -> None:
        self.model.train()
        seen = 0
        for number in range(self.epochs):
            for batch in self.epoch(number):
                seen += 1
                if seen <= self.done:
                    continue
                Linear.rounded = seen > (1 - self.rounded) * self.total
                self.log.add(self._learn(batch), sum(len(e.first) for e in batch), seen)
                if seen % SAVE_EVERY == 0:
                    self.keep(seen)
        self.keep(seen)

    def _learn(self, batch: list[Example]) -> dict[str, float]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = losses(self.model, collate(batch, self.table))
        torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        if self.plan.last_epoch < self.total:
            self.plan.step()
        return {name: loss.item() for name, loss in found.items()}

    def keep(self, count: int) -> None:
        """Write the checkpoint whole, then put it in the old one's place."""
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "plan": self.plan.state_dict(),
            "batches": count,
            "shape": asdict(self.shape),
        }
        whole = self.checkpoint.with_suffix(".new")
        torch.save(state, whole)
        whole.replace(self.checkpoint)


def weights(start: Path) -> dict[str, torch.Tensor]:
    """The weights of a checkpoint, or of an exported model's folder."""
    if start.is_dir():
        return exported_weights(start)
    state: dict[str, torch.Tensor] = torch.load(start)["model"]
    return state


class Log:
    """Mean losses and speed, a JSON line every so many batches."""

    def __init__(self, path: Path, total: int) -> None:
        self.path, self.total = path, total
        self.sums: dict[str, list[float]] = {}
        self.words, self.began = 0, time.monotonic()

    def add(self, found: dict[str, float], words: int, batch: int) -> None:
        self.words += words
        for name, loss in found.items():
            self.sums.setdefault(name, []).append(loss)
        if batch % LOG_EVERY:
            return
        means = {name: round(sum(v) / len(v), 4) for name, v in self.sums.items()}
        rate = round(self.words / (time.monotonic() - self.began))
        row = {"batch": batch, "of": self.total, "words_a_second": rate, **means}
        with self.path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row) + "\n")
        self.sums = {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path("training/data"))
    parser.add_argument("--assets", type=Path, default=Path("src/menurut/data/model"))
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument(
        "--start", type=Path, help="a checkpoint, or a folder of an exported model, to start from"
    )
    parser.add_argument(
        "--mix",
        type=Path,
        default=Path("training/mixes/all.toml"),
        help="how often an epoch reads each corpus",
    )
    parser.add_argument("--relabelled", type=Path, help="what training.relabel made")
    parser.add_argument("--silver", type=Path, help="what training.silver made")
    parser.add_argument(
        "--rounded", type=float, default=0.0, help="the last share of the run that rounds like int8"
    )
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder; heads: 10x")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--threads", type=int, default=2)
    Run(parser.parse_args()).go()


if __name__ == "__main__":
    main()
