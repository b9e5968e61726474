"""The reader model in torch: one encoder, one linear layer of tags, and three pairings of words.

The encoder is the lower part of multilingual-e5-small (post-norm BERT, GELU). Word vectors are
the sum of a word's first and last piece. Heads: all tags at once (``labels.FIELDS``); biaffine
arcs and relations (Dozat and Manning 2017, https://arxiv.org/abs/1611.01734); and, from a cue's
first word, which words are its source and its content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from menurut.reader.labels import DEPRELS, PAIRS, TAGS_WIDTH
from training.base import BaseModel


@dataclass(frozen=True)
class Shape:
    """Sizes of the model. ``arc``, ``relation``, ``part``: widths of the pairings."""

    layers: int = 6
    hidden: int = 384
    heads: int = 12
    ffn: int = 1536
    positions: int = 512
    arc: int = 160
    relation: int = 128
    part: int = 128
    dropout: float = 0.1


class Linear(nn.Linear):
    """A linear layer that can be run as the exported one is: int8 weights, uint8 activations.

    ``rounded``: round both in the forward pass and pass gradients straight through (Jacob and
    others 2018, https://arxiv.org/abs/1712.05877), so that what int8 costs is learned away.
    """

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        if not Linear.rounded:
            return super().forward(x)
        return F.linear(_rounded_activations(x), _rounded_weight(self.weight), self.bias)


def _rounded_activations(x: Tensor) -> Tensor:
    """As ONNX's DynamicQuantizeLinear: 255 steps from the least to the greatest value."""
    with torch.no_grad():
        low, high = x.amin().clamp(max=0.0), x.amax().clamp(min=0.0)
        step = ((high - low) / 255).clamp(min=1e-9)
        zero = (-low / step).round()
        off = ((x / step).round() + zero).clamp(0, 255).sub(zero).mul(step).sub(x)
    return x + off


def _rounded_weight(weight: Tensor) -> Tensor:
    """As ``quantize_dynamic`` does: each row by its greatest weight, 127 steps either way."""
    with torch.no_grad():
        step = (weight.abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-9)
        off = (weight / step).round().mul(step).sub(weight)
    return weight + off


class Layer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        wide = shape.hidden
        self.heads = shape.heads
        self.dropout = shape.dropout
        self.qkv = Linear(wide, 3 * wide)
        self.ao = Linear(wide, wide)
        self.aln = nn.LayerNorm(wide, eps=1e-12)
        self.fi = Linear(wide, shape.ffn)
        self.fo = Linear(shape.ffn, wide)
        self.oln = nn.LayerNorm(wide, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``x`` [B, T, H]; ``mask`` [B, 1, 1, T], 0 or a large negative number."""
        batch, length, wide = x.shape
        q, k, v = (
            self.qkv(x)
            .view(batch, length, 3, self.heads, wide // self.heads)
            .permute(2, 0, 3, 1, 4)
        )
        scores = (q * (wide // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        context = (F.softmax(scores, dim=-1) @ v).transpose(1, 2).reshape(batch, length, wide)
        x = self.aln(x + F.dropout(self.ao(context), self.dropout, self.training))
        inner = self.fo(F.gelu(self.fi(x)))
        out: Tensor = self.oln(x + F.dropout(inner, self.dropout, self.training))
        return out


class Reader(nn.Module):
    """From ``vectors`` [B, T, H] of the word table, ``first`` and ``last`` [B, W] to the heads.

    ``mask`` [B, T]; without one no row is padded, as at run time.

    Gives ``tags`` [B, W, TAGS_WIDTH]; ``arcs`` [B, W, 1 + W] (column 0: root);
    ``dependent`` [B, W, R] and ``governor`` [B, 1 + W, R], of which a relation's scores are
    ``relation(relu(dependent + governor))``; ``anchor`` and ``member`` [B, W, PAIRS, P],
    whose products say whether a word is in the source or content of a cue, or names the actor or
    recipient of a trigger.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        wide = shape.hidden
        self.position = nn.Embedding(shape.positions, wide)
        self.ln = nn.LayerNorm(wide, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.tags = Linear(wide, TAGS_WIDTH)
        self.arc_dependent = Linear(wide, shape.arc)
        self.arc_governor = Linear(wide, shape.arc)
        self.arc = Linear(shape.arc, shape.arc, bias=False)
        self.arc_bias = Linear(shape.arc, 1, bias=False)
        self.dependent = Linear(wide, shape.relation)
        self.governor = Linear(wide, shape.relation)
        self.relation = Linear(shape.relation, len(DEPRELS))
        self.anchor = Linear(wide, len(PAIRS) * shape.part)
        self.member = Linear(wide, len(PAIRS) * shape.part)

    def encode(self, vectors: Tensor, mask: Tensor | None) -> Tensor:
        length = vectors.shape[1]
        positions = torch.arange(length, device=vectors.device)
        x = self.ln(vectors + self.position(positions))
        x = F.dropout(x, self.shape.dropout, self.training)
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(
        self, vectors: Tensor, first: Tensor, last: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        x = self.encode(vectors, mask)
        words = _gather(x, first) + _gather(x, last)
        words = F.dropout(words, 2 * self.shape.dropout, self.training)
        rooted = torch.cat([2 * x[:, :1], words], dim=1)
        governor = F.gelu(self.arc_governor(rooted))
        dependent = F.gelu(self.arc_dependent(words))
        arcs = self.arc(dependent) @ governor.transpose(1, 2)
        arcs = arcs + self.arc_bias(governor).transpose(1, 2)
        batch, count, _ = words.shape
        parts = (batch, count, len(PAIRS), self.shape.part)
        return (
            self.tags(words),
            arcs,
            self.dependent(words),
            self.governor(rooted),
            self.anchor(words).view(parts),
            self.member(words).view(parts),
        )


def _gather(x: Tensor, index: Tensor) -> Tensor:
    return x.gather(1, index[..., None].expand(-1, -1, x.shape[-1]))


def load(model: Reader, weights: Mapping[str, Tensor]) -> None:
    """Take up weights; those of labels that the model has since been given stay as they are.

    New labels stand behind the old ones, so the rows of a layer that has grown keep their places.
    """
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in weights:
                old = weights[name]
                parameter[: len(old)].copy_(old)


def from_base(shape: Shape, base: BaseModel) -> Reader:
    """A reader whose encoder starts as the base model's lower layers."""
    model = Reader(shape)
    wide = shape.hidden

    def put(parameter: Tensor, name: str) -> None:
        parameter.data.copy_(torch.from_numpy(base.array(name, *parameter.shape)))

    put(model.position.weight, "emb.pos")
    model.position.weight.data += torch.from_numpy(base.array("emb.type", 2, wide)[0])
    put(model.ln.weight, "emb.ln.w")
    put(model.ln.bias, "emb.ln.b")
    for number, layer in enumerate(model.layers):
        assert isinstance(layer, Layer)
        at = f"l{number}."
        for part, name in enumerate("qkv"):
            rows = slice(part * wide, (part + 1) * wide)
            weight = base.array(f"{at}{name}.w", wide, wide)
            layer.qkv.weight.data[rows] = torch.from_numpy(weight)
            layer.qkv.bias.data[rows] = torch.from_numpy(base.array(f"{at}{name}.b"))
        for name in ("ao", "fi", "fo"):
            linear = getattr(layer, name)
            put(linear.weight, f"{at}{name}.w")
            put(linear.bias, f"{at}{name}.b")
        for name in ("aln", "oln"):
            norm = getattr(layer, name)
            put(norm.weight, f"{at}{name}.w")
            put(norm.bias, f"{at}{name}.b")
    return model
