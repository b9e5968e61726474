"""What can be wrong with a request to the ledger."""

from __future__ import annotations


class LedgerError(Exception):
    """A ledger that cannot be opened, or a request that makes no sense; in a plain sentence.

    ``message``: the sentence with its ``values`` still to be put in, as the catalogues have it.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class StoreError(LedgerError):
    """The database failed: it is locked, full, or gone. What was being done can be tried again."""


class CursorError(LedgerError):
    """A cursor that is none, or of another list."""


class TooMuchError(LedgerError):
    """More is asked for than one answer may hold. ``parameter``: what to ask for less with."""

    parameter = "limit"


class TooFarBackError(TooMuchError):
    """The past that is asked for is not kept, and too much would have to be looked at for it."""

    parameter = "as_of"
