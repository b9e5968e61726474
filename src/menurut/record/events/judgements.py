"""A status with the signs that set it, and what a further sign makes of it."""

from __future__ import annotations

from typing import NamedTuple

from menurut.contract import Status
from menurut.record.events.signs import Sign

_MARK = "mark "
_OPEN = "open "
_COMBINED: dict[tuple[Status, Status], Status] = {
    ("denied", "denied"): "possible",
    ("denied", "possible"): "denied",
    ("denied", "planned"): "denied",
    ("possible", "planned"): "possible",
}


class Judgement(NamedTuple):
    """A status and the signs that set it, innermost first (none: told as done).

    ``borne_out``: a word says that it did come about (``began to``, ``managed to``).
    """

    status: Status
    basis: tuple[Sign, ...] = ()
    borne_out: bool = False

    def under(self, outer: Sign | None) -> Judgement:
        """This judgement under a word that says something of the whole (``may``, ``refuse``)."""
        if outer is None:
            return self
        if outer.status == "actual":
            governed = outer.row.startswith("governor")
            return self._replace(borne_out=True) if governed and not self.basis else self
        if outer.status == "denied" and self.basis and self.basis[-1].row.startswith("doubter"):
            return Judgement("actual", (*self.basis, outer))
        left_open = any(sign.row.startswith(_OPEN) for sign in self.basis)
        if self.status == "denied" and outer.row.startswith((_MARK, _OPEN)):
            return Judgement("possible", (*self.basis, outer))
        if outer.status == "denied" and left_open:
            return Judgement("possible", (*self.basis, outer))
        status = _COMBINED.get((self.status, outer.status), outer.status)
        return Judgement(status, (*self.basis, outer))
