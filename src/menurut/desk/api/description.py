"""The OpenAPI 3.1 description of the API, from the declarations of its resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from menurut import __version__
from menurut.desk.api.decoding import JSON
from menurut.desk.api.endpoints import LINES
from menurut.desk.api.judgements import JUDGEMENTS, Given
from menurut.desk.api.problems import MEDIA, Problem
from menurut.desk.api.resource import Resource
from menurut.export import FILES
from menurut.ledger.judgements import Judgement

_ABOUT = (
    "What a ledger of news reports holds: incidents, each source's account of them in exact words, "
    "and who stands behind them. Answers carry an ETag, which changes only when the ledger does; "
    "HEAD and OPTIONS are answered everywhere."
)
_REF = "#/components/schemas/{name}"


def description(resources: Sequence[Resource[Any]], root: str) -> dict[str, Any]:
    """The description. ``root``: where the API stands on its server (``/api``)."""
    types = [r.answer for r in resources if r.answer is not bytes]
    _, schemas = msgspec.json.schema_components(
        [*types, Problem, Given, Judgement], ref_template=_REF
    )
    paths: dict[str, Any] = {}
    for resource in resources:
        paths.setdefault(resource.path, {})["get"] = _get(resource)
    paths[JUDGEMENTS.path]["post"] = _post()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "menurut",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {
            "schemas": plain(schemas),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _get(resource: Resource[Any]) -> dict[str, Any]:
    parameters = list(_parameters(resource))
    refused = {"400": "A parameter is wrong.", "404": "It is not there.", "406": "No such format."}
    return {
        "operationId": resource.name,
        "summary": resource.summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": resource.summary,
                "headers": _headers(resource),
                "content": _content(resource),
            },
            "304": {"description": "The client has this answer (If-None-Match)."},
            **{status: _problem(why) for status, why in refused.items()},
        },
    }


def _headers(resource: Resource[Any]) -> dict[str, Any]:
    headers: dict[str, Any] = {"ETag": {"required": True, "schema": {"type": "string"}}}
    if resource.paged:
        told = {"description": "The next page, where there is one.", "schema": {"type": "string"}}
        headers["Link"] = told
    return headers


def _content(resource: Resource[Any]) -> dict[str, Any]:
    if resource.answer is bytes:
        return {
            media: {"schema": _document(media)}
            for media in sorted({file.media for file in FILES.values()})
        }
    return {
        JSON: {"schema": _schema(resource.answer)},
        **{media: {"schema": {"type": "string"}} for media in LINES},
    }


def _document(media: str) -> dict[str, Any]:
    """The schema of a document: text, or a format with a standard of its own."""
    return {"type": "string"} if media.startswith("text/") else {}


def _parameters(resource: Resource[Any]) -> Iterable[dict[str, Any]]:
    schema = schema_of(resource.asked)
    for name, held in schema["properties"].items():
        inner = _present(held)
        in_path = f"{{{name}}}" in resource.path
        yield {
            "name": name,
            "in": "path" if in_path else "query",
            "required": name in schema.get("required", ()),
            "description": inner.pop("description", ""),
            "schema": inner,
        }


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that is given: in an address nothing can be null."""
    schema = dict(schema)
    if schema.get("default", ...) in (None, []):
        del schema["default"]
    choices = [c for c in schema.get("anyOf", ()) if c != {"type": "null"}]
    if len(choices) == 1:
        del schema["anyOf"]
        schema = {**choices[0], **schema}
    if "enum" in schema:
        schema["enum"] = [value for value in schema["enum"] if value is not None]
    return schema


def schema_of(type: Any) -> dict[str, Any]:
    """The JSON Schema of a struct, an object at its root; what it refers to stands in ``$defs``."""
    schema = msgspec.json.schema(type)
    defined = schema.pop("$defs", {})
    root: dict[str, Any] = defined.pop(schema["$ref"].rpartition("/")[2])
    made: dict[str, Any] = plain({**root, "$defs": defined} if defined else root)
    return made


def plain(schema: Any) -> Any:
    """A schema in which a tuple of like items is an array of a set length.

    It means the same, and generators of clients that know no ``prefixItems`` can read it.
    """
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    held = {key: plain(value) for key, value in schema.items()}
    first, *others = held.get("prefixItems", [None])
    if isinstance(first, dict) and all(other == first for other in others):
        held["items"] = held.pop("prefixItems")[0]
    return held


def _post() -> dict[str, Any]:
    refused = {
        "400": "The body is no JSON.",
        "401": "The token is missing or wrong.",
        "403": "This server takes no judgements.",
        "413": "The body is too long.",
        "415": "The body is of another type.",
        "422": "The judgement makes no sense.",
    }
    return {
        "operationId": "judge",
        "summary": "Judge what an account tells.",
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": {JSON: {"schema": _schema(Given)}}},
        "responses": {
            "201": {
                "description": "The judgement as it is kept.",
                "content": {JSON: {"schema": _schema(Judgement)}},
            },
            **{status: _problem(why) for status, why in refused.items()},
        },
    }


def _problem(why: str) -> dict[str, Any]:
    return {"description": why, "content": {MEDIA: {"schema": _schema(Problem)}}}


def _schema(type: Any) -> Any:
    (schema,), _ = msgspec.json.schema_components([type], ref_template=_REF)
    return schema
