"""Trains the reader on all corpora together; stops and resumes at any step.

python -m training.train --corpora CORPORA --run runs/reader --epochs 5

The run folder holds ``checkpoint.pt`` (model, optimiser, step; written whole, then renamed) and
``log.jsonl``. The same command goes on where a stopped run was. Seeded: each epoch's examples and
their order follow from the seed and the number of the epoch alone.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from menurut.reader.labels import FIELDS
from menurut.reader.pieces import Pieces
from menurut.reader.windows import pack
from menurut.reader.word_table import WordTable
from training import corpora
from training.base import BaseModel
from training.examples import (
    UNKNOWN,
    Example,
    Words,
    encode,
    join,
    with_other_quotes,
    without_quotes,
)
from training.model import Reader, Shape, from_base

BATCH_PIECES = 3072
LOG_EVERY = 50
SAVE_EVERY = 200
LONGEST = 500


@dataclass(frozen=True)
class Corpora:
    """The folders and files of the corpora, as they lie under one root, and our own stories."""

    root: Path
    own: Path

    def sentences(self) -> list[list[Words]]:
        ud = self.root / "ud"
        return [
            list(corpora.treebank(ud / "en_ewt-train.conllu")),
            list(corpora.treebank(ud / "en_gum-train.conllu")),
            list(corpora.treebank(ud / "id_csui-train.conllu")) * 3,
            list(corpora.old_treebank(ud / "id_gsd_v2.1-train.conllu")),
        ]

    def names(self) -> list[list[Words]]:
        ner = self.root / "ner"
        classic = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
        nerp = {"PPL": "PER", "PLC": "LOC", "IND": "ORG", "EVT": "MISC", "FNB": "MISC"}
        uner = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
        hidden = ("NAT", "MISC")
        read = corpora.names_column
        return [
            list(read(ner / "id_nergrit-train.tsv", classic, hidden)) * 2,
            list(read(ner / "id_nerp-train.tsv", nerp, ("NAT",))),
            list(read(ner / "en_uner_ewt-dev.iob2", uner, hidden)) * 2,
            list(corpora.re3d(ner / "re3d")),
            list(corpora.gum_names(self.root / "ud" / "en_gum-train.conllu")),
        ]

    def articles(self) -> list[list[list[Words]]]:
        polnear = self.root / "attribution" / "polnear-train.jsonl"
        found = [list(corpora.attributions(polnear))]
        for path in sorted(self.own.glob("attribution*.txt")):
            language = path.name.split(".")[1]
            found.append(list(corpora.marked_up(path, language)) * 3)
        return found


def epoch_runs(parts: Loaded, chance: random.Random) -> list[Words]:
    """One epoch's runs of words: articles in windows, sentences in runs of random length."""
    runs: list[Words] = []
    for article in parts.articles:
        runs += _article_windows(parts.pieces, article, chance)
    for treebank in parts.sentences:
        runs += _sentence_runs(treebank, chance)
    for names in parts.names:
        runs += _sentence_runs(names, chance)
    return runs


@dataclass(frozen=True)
class Loaded:
    """All corpora in memory."""

    pieces: Pieces
    articles: list[list[Words]]
    sentences: list[list[Words]]
    names: list[list[Words]]


def _article_windows(
    pieces: Pieces, article: list[Words], chance: random.Random
) -> Iterable[Words]:
    style = chance.random()
    if style < 0.3:
        article = [with_other_quotes(p, chance) for p in article]
    elif style < 0.5:
        article = [without_quotes(p) for p in article]
    article = [p for p in article if len(p)]
    sizes = [len(encode(pieces, p).pieces) for p in article]
    for start, end in pack(sizes, chance.choice((96, 160, 240))):
        yield join(article[start:end])


def _sentence_runs(sentences: Sequence[Words], chance: random.Random) -> Iterable[Words]:
    at = 0
    while at < len(sentences):
        count = chance.choice((1, 1, 2, 3, 4))
        run = list(sentences[at : at + count])
        at += count
        if chance.random() < 0.5:
            run = [with_other_quotes(words, chance) for words in run]
        yield join(run)


def batches(pieces: Pieces, runs: list[Words], chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, the batches in random order."""
    examples = [encode(pieces, run) for run in runs if len(run)]
    examples = [e for e in examples if len(e.pieces) <= LONGEST]
    chance.shuffle(examples)
    examples.sort(key=lambda e: len(e.pieces) + chance.randrange(16))
    out: list[list[Example]] = []
    batch: list[Example] = []
    for example in examples:
        if batch and len(example.pieces) * (len(batch) + 1) > BATCH_PIECES:
            out.append(batch)
            batch = []
        batch.append(example)
    out.append(batch)
    chance.shuffle(out)
    return out


@dataclass(frozen=True)
class Batch:
    """Tensors of a batch of B examples, W words and T pieces at most."""

    vectors: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    paragraphs: Tensor
    labels: dict[str, Tensor]
    names: Tensor
    parts: list[tuple[int, int | None, list[int], list[int]]]


def collate(examples: Sequence[Example], table: WordTable) -> Batch:
    size = len(examples)
    length = max(len(e.pieces) for e in examples)
    count = max(len(e.first) for e in examples)
    ids: NDArray[np.int32] = np.ones((size, length), dtype=np.int32)
    arrays = {
        name: np.full((size, count), UNKNOWN, dtype=np.int64)
        for name in ("upos", "feats", "heads", "deprels", "end", "cue")
    }
    first = np.zeros((size, count), dtype=np.int64)
    last = np.zeros((size, count), dtype=np.int64)
    names = np.zeros((size, count), dtype=np.int64)
    paragraphs = np.zeros((size, count), dtype=np.int64)
    parts = []
    for row, example in enumerate(examples):
        words, n = example.words, len(example.first)
        ids[row, : len(example.pieces)] = example.pieces
        first[row, :n], last[row, :n] = example.first, example.last
        paragraphs[row, :n] = np.cumsum(words.breaks)
        for name, values in (
            ("upos", words.upos),
            ("feats", words.feats),
            ("heads", [head + 1 for head in words.heads]),
            ("deprels", words.deprels),
            ("end", words.ends),
            ("cue", words.cues),
        ):
            if values:
                arrays[name][row, :n] = values
        if words.names:
            names[row, :n] = words.names
        parts += [(row, p.anchor, sorted(p.source), sorted(p.content)) for p in words.parts]
    return Batch(
        torch.from_numpy(table.vectors(ids)),
        torch.from_numpy((ids != 1).astype(np.float32)),
        torch.from_numpy(first),
        torch.from_numpy(last),
        torch.from_numpy(last > 0),
        torch.from_numpy(paragraphs),
        {name: torch.from_numpy(values) for name, values in arrays.items()},
        torch.from_numpy(names),
        parts,
    )


PAIR_SCALE = (8.0, 20.0)
"""About how many words a source, and a content, must be told from: each is as dear as the other."""

WEIGHTS = {
    "upos": 0.5,
    "feats": 0.3,
    "end": 0.5,
    "names": 1.0,
    "cue": 1.5,
    "part": 0.5,
    "pair": 2.0,
    "arcs": 1.0,
    "deprels": 1.0,
}


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Each head's mean loss over the words whose label is known."""
    tags, arcs, dependent, governor, anchor, member = (
        out.float() for out in model(batch.vectors, batch.mask, batch.first, batch.last)
    )
    found: dict[str, Tensor] = {}
    for name in ("upos", "feats", "end", "cue"):
        field = FIELDS[name]
        _add(found, name, _cross_entropy(tags[..., field.start : field.end], batch.labels[name]))
    field = FIELDS["names"]
    _add(found, "names", _partial(tags[..., field.start : field.end], batch.names))
    heads = batch.labels["heads"]
    root = torch.ones_like(batch.words[:, :1])
    reachable = torch.cat([root, batch.words], dim=1)[:, None, :]
    _add(found, "arcs", _cross_entropy(arcs.masked_fill(~reachable, -1e4), heads))
    chosen = heads.clamp(min=0)[..., None].expand(-1, -1, governor.shape[-1])
    relation = model.relation(F.relu(dependent + governor.gather(1, chosen)))
    _add(found, "deprels", _cross_entropy(relation.float(), batch.labels["deprels"]))
    _add_parts(found, tags, anchor, member, batch)
    return found


def _add(found: dict[str, Tensor], name: str, loss: Tensor | None) -> None:
    if loss is not None:
        found[name] = loss


def _cross_entropy(logits: Tensor, labels: Tensor) -> Tensor | None:
    if not bool((labels >= 0).any()):
        return None
    return F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN)


def _partial(logits: Tensor, allowed: Tensor) -> Tensor | None:
    """Minus the log probability that the tag is one of those allowed."""
    known = allowed > 0
    if not bool(known.any()):
        return None
    bits = (allowed[known][:, None] >> torch.arange(logits.shape[-1])) & 1
    logp = F.log_softmax(logits[known], dim=-1)
    return -torch.logsumexp(logp.masked_fill(bits == 0, -1e4), dim=-1).mean()


def _add_parts(
    found: dict[str, Tensor], tags: Tensor, anchor: Tensor, member: Tensor, batch: Batch
) -> None:
    rows = (batch.labels["cue"] >= 0).any(dim=1)
    if not bool(rows.any()):
        return
    field = FIELDS["part"]
    inside = torch.zeros(*batch.words.shape, 2)
    for row, _, source, content in batch.parts:
        inside[row, source, 0] = 1.0
        inside[row, content, 1] = 1.0
    known = batch.words & rows[:, None]
    part = tags[..., field.start : field.end]
    found["part"] = F.binary_cross_entropy_with_logits(part[known], inside[known])
    anchored = [(row, at, s, c) for row, at, s, c in batch.parts if at is not None]
    if not anchored:
        return
    which = torch.tensor([row for row, _, _, _ in anchored])
    at = torch.tensor([at for _, at, _, _ in anchored])
    query = anchor[which, at]
    scores = torch.einsum("npd,nwpd->nwp", query, member[which]) * query.shape[-1] ** -0.5
    gold = torch.zeros_like(scores)
    for n, (_, _, source, content) in enumerate(anchored):
        gold[n, source, 0] = 1.0
        gold[n, content, 1] = 1.0
    near = batch.words[which] & (batch.paragraphs[which] == batch.paragraphs[which, at][:, None])
    each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * near[..., None]
    found["pair"] = (each.sum(dim=1) / torch.tensor(PAIR_SCALE)).sum(dim=1).mean()


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


def save(path: Path, state: dict[str, object]) -> None:
    whole = path.with_suffix(".new")
    torch.save(state, whole)
    whole.replace(path)


def load(options: argparse.Namespace, pieces: Pieces) -> Loaded:
    source = Corpora(options.corpora, options.own)
    return Loaded(
        pieces,
        [article for group in source.articles() for article in group],
        source.sentences(),
        source.names(),
    )


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    checkpoint = options.run / "checkpoint.pt"
    pieces = Pieces(options.assets / "pieces.tsv")
    table = WordTable(options.assets / "words.q4", Shape().hidden)
    shape = Shape(layers=options.layers)
    model = from_base(shape, BaseModel())
    if options.start:
        model.load_state_dict(torch.load(options.start)["model"])
    optimiser = torch.optim.AdamW(
        parameter_groups(model, options.rate, 10 * options.rate), fused=True
    )
    parts = load(options, pieces)

    def epoch_batches(epoch: int) -> list[list[Example]]:
        chance = random.Random(f"{options.seed}/{epoch}")
        return batches(pieces, epoch_runs(parts, chance), chance)

    steps = len(epoch_batches(0))
    plan = torch.optim.lr_scheduler.LambdaLR(optimiser, schedule(steps * options.epochs))
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        for group in optimiser.param_groups:
            group["fused"], group["foreach"] = True, None
        plan.load_state_dict(state["plan"])
        done = state["batches"]
    log = (options.run / "log.jsonl").open("a", encoding="utf-8")

    def keep(count: int) -> None:
        state = {
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "plan": plan.state_dict(),
            "batches": count,
            "shape": asdict(shape),
        }
        save(checkpoint, state)

    model.train()
    sums: dict[str, list[float]] = {}
    words, began, seen = 0, time.monotonic(), 0
    for epoch in range(options.epochs):
        for batch in epoch_batches(epoch):
            seen += 1
            if seen <= done:
                continue
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(model, collate(batch, table))
            total = torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            if plan.last_epoch < steps * options.epochs:
                plan.step()
            for name, loss in found.items():
                sums.setdefault(name, []).append(loss.item())
            words += sum(len(e.first) for e in batch)
            if seen % LOG_EVERY == 0:
                means = {name: round(sum(v) / len(v), 4) for name, v in sums.items()}
                rate = round(words / (time.monotonic() - began))
                row = {"batch": seen, "of": steps * options.epochs, "words_a_second": rate}
                log.write(json.dumps({**row, **means}) + "\n")
                log.flush()
                sums = {}
            if seen % SAVE_EVERY == 0:
                keep(seen)
    keep(seen)
    log.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path("training/data"))
    parser.add_argument("--assets", type=Path, default=Path("src/menurut/data/model"))
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint whose weights to start from")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder; heads: 10x")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
