"""The record of one report, for a person at a terminal.

Every distinction is made twice, by colour and by marks in the text, so the page reads the
same in a pipe. What comes from a report is disarmed before it is shown.
"""

from menurut.desk.terminal.console import Color, open_console, print_page
from menurut.desk.terminal.marks import Marks, marks_for
from menurut.desk.terminal.page import render

__all__ = ["Color", "Marks", "marks_for", "open_console", "print_page", "render"]
