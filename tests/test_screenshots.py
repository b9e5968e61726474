"""The pictures of the desk: every page has one, and the documentation shows them all."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.routing import Route
from tools.screenshots import PICTURES, SHOTS
from tools.tour import FILES

from menurut.desk.web import pages

LARGEST = 3_000_000


def shown() -> set[str]:
    """The routes that answer with a page."""
    routes, _entries = pages.found()
    found = {r.path for r in routes if isinstance(r, Route) and "GET" in (r.methods or ())}
    return found - set(FILES)


def test_every_page_of_the_desk_has_its_picture() -> None:
    assert {shot.route for shot in SHOTS.values()} == shown()


def test_every_dress_of_the_desk_is_shown() -> None:
    dresses = SHOTS.values()
    assert {shot.language for shot in dresses} == {"en", "id"}
    assert {shot.theme for shot in dresses} == {"light", "dark"}
    assert {shot.phone for shot in dresses} == {True, False}


def test_the_documentation_shows_every_picture_and_no_other() -> None:
    page = (PICTURES.parent / "desk.md").read_text(encoding="utf-8")
    told = re.findall(r"!\[[^\]]+\]\(desk/([\w-]+)\.webp\)", page)
    assert sorted(told) == sorted(SHOTS)
    assert {path.stem for path in PICTURES.iterdir()} == set(SHOTS)


def test_the_pictures_are_pictures_and_not_heavy() -> None:
    def is_webp(path: Path) -> bool:
        with path.open("rb") as opened:
            head = opened.read(12)
        return head[:4] == b"RIFF" and head[8:] == b"WEBP"

    assert all(map(is_webp, PICTURES.iterdir()))
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < LARGEST
