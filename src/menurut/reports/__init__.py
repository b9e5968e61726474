"""What a report is: from files and streams to ``contract.Report``, and how one is laid out.

``read_source`` is the door: a name in, a stream of reports and failures out, whatever the format.
"""

from __future__ import annotations

from menurut.reports.damage import find_damage
from menurut.reports.errors import ReportError
from menurut.reports.formats import FORMATS
from menurut.reports.html import read_html
from menurut.reports.jsonl import read_jsonl
from menurut.reports.languages import detect_language
from menurut.reports.layout import Layout, lay_out
from menurut.reports.load import read_bytes, read_text
from menurut.reports.samples import dossier, sample_files, samples
from menurut.reports.source import Given
from menurut.reports.sources import read_source
from menurut.reports.stamp import check_stamp, parse_stamp
from menurut.reports.story import is_withdrawn

__all__ = [
    "FORMATS",
    "Given",
    "Layout",
    "ReportError",
    "check_stamp",
    "detect_language",
    "dossier",
    "find_damage",
    "is_withdrawn",
    "lay_out",
    "parse_stamp",
    "read_bytes",
    "read_html",
    "read_jsonl",
    "read_source",
    "read_text",
    "sample_files",
    "samples",
]
