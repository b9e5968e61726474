"""A request to the struct that says what it may ask: every complaint names its parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from menurut.desk.api.problems import Refused
from menurut.desk.api.resource import Asked

LONGEST = 65_536
"""Bytes of a body, at most."""
JSON = "application/json"

_AT = re.compile(r" - at `\$\.?([^`\[.]*)[^`]*`")
_NAMED = re.compile(r"`([^`]+)`")

A = TypeVar("A", bound=Asked)
S = TypeVar("S", bound=msgspec.Struct)


def decoded(asked: type[A], query: Iterable[tuple[str, str]], path: Mapping[str, str]) -> A:
    """The parameters of a request, of its query and its path.

    Raises ``Refused``: 400 for the query, 404 for the path, with the parameter and the reason.
    """
    given: dict[str, Any] = dict(path)
    lists = {f.encode_name for f in msgspec.structs.fields(asked) if _is_list(f.type)}
    for name, value in query:
        if name in lists:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise Refused(400, f"the parameter {name!r} is given more than once", parameter=name)
        else:
            given[name] = value
    try:
        found = msgspec.convert(given, asked, strict=False)
    except msgspec.ValidationError as error:
        parameter, reason = complaint(error)
        raise Refused(404 if parameter in path else 400, reason, parameter=parameter) from None
    for field in msgspec.structs.fields(asked):
        name = field.encode_name
        if given.get(name) is not None and getattr(found, field.name) is None:
            raise Refused(400, f"the parameter {name!r} cannot be null", parameter=name)
    return found


def _is_list(type: Any) -> bool:
    return any(getattr(part, "__origin__", None) is tuple for part in (type, *get_args(type)))


def complaint(error: msgspec.ValidationError) -> tuple[str | None, str]:
    """The parameter or field that msgspec complains of, and the reason."""
    message = str(error)
    at = _AT.search(message)
    reason = _AT.sub("", message)
    if at and at[1]:
        return at[1], reason
    named = _NAMED.search(reason)
    return (named[1] if named else None), reason


async def body(request: Request, wanted: type[S]) -> S:
    """The body of a request.

    Raises ``Refused``: 413 too long, 415 no JSON by its type, 400 no JSON, 422 not what is wanted.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Refused(415, f"the body must be {JSON}", headers={"Accept": JSON})
    held = b""
    try:
        async for part in request.stream():
            held += part
            if len(held) > LONGEST:
                raise Refused(413, f"the body is longer than {LONGEST} bytes")
    except ClientDisconnect:
        raise HTTPException(400) from None
    try:
        return msgspec.convert(msgspec.json.decode(held), wanted)
    except msgspec.ValidationError as error:
        parameter, reason = complaint(error)
        raise Refused(422, reason, parameter=parameter) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(400, f"the body is no JSON: {error}") from None
