"""What goes wrong with a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ReportError(Exception):
    """A report that cannot be read. The message says in plain words what is wrong, and where."""


class ExpansionError(ReportError):
    """Data that grow beyond measure when unpacked: the source is not read any further."""


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Turns whatever a library throws at hostile data into a ``ReportError`` about ``what``."""
    try:
        yield
    except ReportError:
        raise
    except RecursionError:
        raise ReportError(f"{what} is nested too deeply") from None
    except Exception as error:
        reason = str(error).strip().split("\n")[0][:200] or type(error).__name__
        raise ReportError(f"{what} cannot be read: {reason}") from error
