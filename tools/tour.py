"""Every page of the desk once, over the sample dossier: what to open for each route."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

DROPPED = (
    {
        "id": "depot",
        "title": "Depot hit in night attack",
        "publisher": "Harbour Courier",
        "published_at": "2024-06-21",
        "text": "Russia attacked a grain depot in Ukraine on Thursday.\n\n"
        "Kyiv said the attack had killed 12 people, a claim that Moscow denied.",
    },
    {
        "id": "perundingan",
        "title": "Perundingan ditunda",
        "publisher": "Kabar Teluk",
        "published_at": "2024-06-21",
        "text": "Filipina menunda perundingan dengan Tiongkok pada Kamis.\n\n"
        "Manila menuduh Beijing menembakkan meriam air ke kapalnya.",
    },
)
"""What the tour drops in: two short reports."""
READ = "body:not(:has([data-progress])) > footer"
"""The end of a page that shows no progress any more. A page that is only coming has none."""
FILES = (
    "/incidents/{id}/export/{format}",
    "/map/outline.svg",
    "/obligations/report/{format}",
    "/read/{key}/progress",
)
"""Routes that answer with something else than a page."""


def dropped() -> bytes:
    """The reports that are dropped in, as JSON Lines."""
    return "".join(json.dumps(report) + "\n" for report in DROPPED).encode()


def drop(page: Page, name: str, content: bytes) -> str:
    """Drop a file in and wait until it is read; the path of what was read."""
    page.goto("/read")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.get_by_role("button", name=re.compile("^(Read it|Baca)$")).click()
    page.wait_for_url(re.compile("/read/."))
    page.locator(READ).wait_for(state="attached")
    page.wait_for_load_state()
    return re.sub(r"^https?://[^/]+", "", page.url)


def tour(page: Page) -> dict[str, str]:
    """The address of a page for each route of the desk that shows one. Drops two reports in."""
    job = drop(page, "wire.jsonl", dropped())
    listed = page.request.get("/api/incidents?status=contested&limit=20").json()["items"]
    incident = max(listed, key=lambda held: (held["reports"], held["id"]))
    kept = page.request.get("/api/reports?limit=50&language=en").json()["items"]
    report = max(kept, key=lambda held: (len(held["incidents"]), held["report"]))["report"]
    return {
        "/incidents": "/incidents",
        "/incidents/{id}": f"/incidents/{incident['id']}",
        "/reports": "/reports",
        "/reports/{name:path}": f"/reports/{quote(report, safe='')}",
        "/explain/{name:path}": f"/explain/{quote(report, safe='')}",
        "/search": "/search?q=weapons",
        "/timeline": "/timeline",
        "/network": "/network",
        "/map": "/map",
        "/actors": "/actors",
        "/actors/{name:path}": "/actors/PRK",
        "/obligations": "/obligations",
        "/review": "/review",
        "/read": "/read",
        "/read/{key}": job,
        "/read/{key}/{number:int}": f"{job}/1",
        "/read/{key}/{number:int}/explain": f"{job}/1/explain",
    }
