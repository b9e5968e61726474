"""Time expressions: found and normalised to TIMEX3.

What a language says and how it is read are rules in ``languages/<language>/times.toml``, each with
its examples; this package is the engine that runs them:

``patterns``   the small language of the rules, compiled to regular expressions
``grammar``    a language's rules, indexed by first word
``moments``    stretches of the calendar and their arithmetic
``tense``      past or future, from the clause
``stretches``  fields to a stretch of the calendar
``readings``   fields to a TIMEX3 type and value
``finding``    scan, join, read
``intervals``  since, until, from one to the other: for the times of events

A new language is a new ``times.toml`` with the same tables: ``numerals``, ``between``, ``bounds``,
``tense``, ``modifier``, ``class`` and ``rule``; the names of the classes are the file's own.
"""

from menurut.record.times.finding import find_times
from menurut.record.times.intervals import OPEN, bounded, is_point, joined

__all__ = ["OPEN", "bounded", "find_times", "is_point", "joined"]
