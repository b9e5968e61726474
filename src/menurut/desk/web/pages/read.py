"""Dropping a file or a text in, seeing it read, and adding it to the ledger."""

from __future__ import annotations

import re
import shutil
from hashlib import blake2b
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from menurut.contract import Analysis, Failure, Report
from menurut.desk.web.jobs import MOST_REPORTS, Draft, Job, Jobs, add_draft
from menurut.desk.web.room import room
from menurut.desk.web.views import address, changing, page, snapshot
from menurut.interface import gettext as _
from menurut.interface import mark as N_  # noqa: N812 (the usual gettext name)
from menurut.ledger.adding import known_reports
from menurut.ledger.queries.lookups import has_report
from menurut.reports import Given, ReportError
from menurut.reports.load import read_text
from menurut.reports.stamp import check_stamp
from menurut.tables import languages

_UNSAFE = re.compile(r"[^\w.+ -]+")
_FIELDS = ("title", "publisher", "published_at", "language")
_LONGEST_NAME = 200
"""Bytes: most disks take 255."""
_LONGEST_FIELD = 300


def desk(request: Request) -> Response:
    return _form(request)


def _form(request: Request, status: int = 200, error: str = "", **given: Any) -> Response:
    return page(
        request,
        "read.html",
        status,
        error=error,
        given=given,
        spoken=sorted(languages()),
        largest=request.app.state.settings.largest,
        most=MOST_REPORTS,
    )


def drop(request: Request, form: FormData) -> Response:
    """Begin to read a file, or a text."""
    fields = {name: _field(form, name) for name in _FIELDS}
    text = str(form.get("text") or "")
    try:
        job = _begun(request.app.state.jobs, form.get("file"), text, fields)
    except ReportError as error:
        return _form(request, 400, _(str(error)), text=text, **fields)
    return RedirectResponse(f"/read/{job.key}", 303)


def _field(form: FormData, name: str) -> str | None:
    return str(form.get(name) or "").strip()[:_LONGEST_FIELD] or None


def _begun(jobs: Jobs, file: Any, text: str, fields: dict[str, str | None]) -> Job:
    """The job that reads what a form holds. Raises ``ReportError`` where it holds nothing good."""
    published = fields["published_at"]
    if published is not None:
        published = check_stamp(published)
    if fields["language"] not in (None, *languages()):
        raise ReportError(N_("the language is none that menurut reads"))
    if isinstance(file, UploadFile) and file.filename:
        given = Given(language=fields["language"], published_at=published)
        folder = TemporaryDirectory(prefix="menurut-")
        name = file_name(file.filename)
        with Path(folder.name, name).open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        return jobs.read_file(name, folder, given)
    if not text.strip():
        raise ReportError(N_("paste a text, or choose a file"))
    digest = blake2b(f"{fields['title']}\n{text}".encode(), digest_size=5).hexdigest()
    read_text(text, id="pasted")
    return jobs.read_text(
        Report(
            id=f"pasted-{digest}",
            text=text.replace("\r\n", "\n"),
            title=fields["title"],
            language=fields["language"],
            published_at=published,
            publisher=fields["publisher"],
        )
    )


def file_name(given: str) -> str:
    """A file's own name, with nothing in it that leads elsewhere or hides."""
    name = PurePosixPath(PureWindowsPath(given).name).name
    short = _UNSAFE.sub("_", name).encode()[-_LONGEST_NAME:].decode(errors="ignore")
    return short.lstrip(". -") or "report"


def job_of(request: Request) -> Job:
    found: Job | None = request.app.state.jobs.find(request.path_params["key"])
    if found is None:
        raise HTTPException(404, _("What was read here is no longer kept. Drop it in again."))
    return found


def progress(request: Request) -> Response:
    """How far a job is, for the page that shows it."""
    job = job_of(request)
    return JSONResponse({"doing": job.doing, "ready": job.ready, "total": len(job.drafts)})


def dropped(request: Request) -> Response:
    job = job_of(request)
    if job.doing == "done" and len(job.drafts) == 1 and isinstance(job.drafts[0].result, Analysis):
        return RedirectResponse(f"/read/{job.key}/1", 303)
    done = job.doing == "done"
    kept = _kept(request, job.drafts) if done else set[str]()
    good = [d for d in job.drafts if done and isinstance(d.result, Analysis)]
    return page(
        request,
        "dropped.html",
        job=job,
        kept=kept,
        left=[d for d in good if d.report.id not in kept],
        failed=_failed,
        most=MOST_REPORTS,
    )


def _failed(draft: Draft) -> str | None:
    """Why a report could not be read or added."""
    for item in (draft.report, draft.result):
        if isinstance(item, Failure) and item.error:
            return _(item.error)
    return _(draft.error) if draft.error else None


def _kept(request: Request, drafts: list[Draft]) -> set[str]:
    """Which of some reports the ledger has in these very words."""
    named = [d.report for d in drafts if isinstance(d.report, Report)]
    return known_reports(request.app.state.ledger, named)


def _known(request: Request, name: str) -> bool:
    """Whether the ledger has a report of a name, in whatever words."""
    with snapshot(request) as held:
        return has_report(held, name)


def draft_of(request: Request) -> tuple[Job, int, Report, Analysis]:
    """A report that was read here, by the address."""
    job, number = job_of(request), request.path_params["number"]
    draft = job.drafts[number - 1] if 0 < number <= len(job.drafts) else None
    if draft is None or not isinstance(draft.report, Report):
        raise HTTPException(404, _("There is no such page."))
    if not isinstance(draft.result, Analysis):
        raise HTTPException(404, _failed(draft) or _("It is not read yet."))
    return job, number, draft.report, draft.result


def read(request: Request) -> Response:
    job, number, report, analysis = draft_of(request)
    return room(
        request,
        report,
        analysis,
        template="draft.html",
        why=address("read", job.key, str(number), "explain"),
        job=job,
        number=number,
        change=job.drafts[number - 1].change,
        kept=report.id in _kept(request, [job.drafts[number - 1]]),
        corrects=_known(request, report.id),
    )


def keep(request: Request, form: FormData) -> Response:
    """Add one report of a job to the ledger, or all."""
    job, number = job_of(request), str(form.get("number", ""))
    if job.doing != "done":
        raise HTTPException(409, _("It is not read yet."))
    ledger = request.app.state.ledger
    if number == "all":
        request.app.state.jobs.add(job, ledger)
        return RedirectResponse(f"/read/{job.key}", 303)
    if not number.isdecimal() or not 0 < int(number[:6]) <= len(job.drafts):
        raise HTTPException(400, _("This form is not filled in."))
    draft = job.drafts[int(number) - 1]
    add_draft(draft, ledger)
    if draft.change is None:
        raise HTTPException(409, _failed(draft) or _("It is not read yet."))
    kept = isinstance(draft.report, Report) and bool(_kept(request, [draft]))
    told = address("reports", draft.report.id or "") if kept else f"/read/{job.key}/{number}"
    return RedirectResponse(told, 303)


routes = [
    Route("/read", desk, methods=["GET"]),
    Route("/read", changing(drop), methods=["POST"]),
    Route("/read/{key}", dropped),
    Route("/read/{key}/progress", progress),
    Route("/read/{key}/add", changing(keep), methods=["POST"]),
    Route("/read/{key}/{number:int}", read),
]
