"""The program of a helper process (see ``menurut.engines.crew``)."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from menurut.engines.crew import READY
from menurut.pipeline import read_batch
from menurut.reader.model import shipped_model


def main() -> None:
    """Read batches from standard input, answer on standard output, until the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a session of its own does not keep it off
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        _serve(given, answers)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):
        os._exit(0)  # with what nobody waits for still unwritten


def _serve(given: BinaryIO, answers: BinaryIO) -> None:
    model = shipped_model(1)
    answer: object = READY
    while True:
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        answer = read_batch(model, pickle.load(given), 1)
