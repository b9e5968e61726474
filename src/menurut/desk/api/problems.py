"""What can be wrong with a request, as RFC 9457 has it said."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.responses import Response

MEDIA = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem as it is told. ``parameter``: the one that is wrong, by its name."""

    status: int
    title: str
    detail: str
    parameter: str | None = None


class Refused(Exception):  # noqa: N818 (a request is refused, which is no error of the program)
    """A request that gets a problem for an answer."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        parameter: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.parameter = parameter
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer."""
        problem = Problem(
            status=self.status,
            title=HTTPStatus(self.status).phrase,
            detail=self.detail,
            parameter=self.parameter,
        )
        return Response(
            msgspec.json.encode(problem), self.status, {**self.headers}, media_type=MEDIA
        )
