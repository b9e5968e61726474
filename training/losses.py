"""What each head is taught: its mean loss over the words whose label is known."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from menurut.reader.labels import FIELDS
from training.batches import Batch, Pair
from training.examples import UNKNOWN
from training.model import Reader

PAIR_SCALE = {"pair": (8.0, 20.0), "role": (8.0, 8.0)}
"""About how many words a source and a content, an actor and a recipient must be told from: each
is as dear as the other."""

WEIGHTS = {
    "upos": 0.5,
    "feats": 0.3,
    "end": 0.5,
    "names": 1.0,
    "cue": 1.5,
    "part": 0.5,
    "pair": 2.0,
    "event": 1.5,
    "role": 1.0,
    "arcs": 1.0,
    "deprels": 1.0,
}


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Each head's mean loss over the words whose label is known."""
    tags, arcs, dependent, governor, anchor, member = (
        out.float() for out in model(batch.vectors, batch.first, batch.last, batch.mask)
    )
    found: dict[str, Tensor] = {}
    for name in ("upos", "feats", "end", "cue", "event"):
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
    _add(found, "part", _parts(tags, batch))
    for name, pairs, ways in (("pair", batch.parts, slice(2)), ("role", batch.deeds, slice(2, 4))):
        loss = _pairs(anchor[:, :, ways], member[:, :, ways], pairs, PAIR_SCALE[name], batch)
        _add(found, name, loss)
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


def _parts(tags: Tensor, batch: Batch) -> Tensor | None:
    """Whether a word is in any source, in any content, cue or no cue."""
    rows = (batch.labels["cue"] >= 0).any(dim=1)
    if not bool(rows.any()):
        return None
    field = FIELDS["part"]
    inside = torch.zeros(*batch.words.shape, 2)
    for row, _, source, content in batch.parts:
        inside[row, source, 0] = 1.0
        inside[row, content, 1] = 1.0
    known = batch.words & rows[:, None]
    part = tags[..., field.start : field.end]
    return F.binary_cross_entropy_with_logits(part[known], inside[known])


def _pairs(
    anchor: Tensor, member: Tensor, pairs: Sequence[Pair], scale: tuple[float, float], batch: Batch
) -> Tensor | None:
    """Which words of its paragraph an anchor is tied to: a cue to parts, a trigger to roles.

    ``anchor``, ``member`` [B, W, 2, P].
    """
    anchored = [(row, at, first, second) for row, at, first, second in pairs if at is not None]
    if not anchored:
        return None
    which = torch.tensor([row for row, _, _, _ in anchored])
    at = torch.tensor([at for _, at, _, _ in anchored])
    query = anchor[which, at]
    scores = torch.einsum("npd,nwpd->nwp", query, member[which]) * query.shape[-1] ** -0.5
    gold = torch.zeros_like(scores)
    for n, (_, _, first, second) in enumerate(anchored):
        gold[n, first, 0] = 1.0
        gold[n, second, 1] = 1.0
    near = batch.words[which] & (batch.paragraphs[which] == batch.paragraphs[which, at][:, None])
    each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * near[..., None]
    return (each.sum(dim=1) / torch.tensor(scale)).sum(dim=1).mean()
