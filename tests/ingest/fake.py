"""Reads files made for the tests: "code|date|issuer" on the first line, a code that it cites on each other line.

Some first lines misbehave as real documents and libraries do.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from models.plan import Metadata, Plan, PlanWarning, Reference, SourceInfo, Span
from pipeline.errors import ClassifiedError, KehoachError, UnreadableError
from pipeline.ingest import Rules
from pipeline.patience import more_time
from pipeline.readers.archive import load, split

VERSION = "rules-1"
# A program that keeps a file open and locked for as long as it runs.
HOLD = """
import fcntl, sys, time
held = open(sys.argv[1], "w")
fcntl.flock(held, fcntl.LOCK_EX)
time.sleep(600)
"""


class UnsendableError(KehoachError):
    """An error that can't be rebuilt on the other side of a pipe."""

    def __init__(self) -> None:
        super().__init__("unexpected", "", reason="")

    def __reduce__(self) -> tuple[object, ...]:
        return (UnsendableError, ("too", "many"))


def read_fake(path: str, *, allow_classified: bool, version: str = VERSION) -> tuple[Plan, str]:
    if not (split(path) or Path(path).exists()):
        raise UnreadableError("missing", path)
    data = load(path) if split(path) else Path(path).read_bytes()
    text = data.decode()
    first, *cited = text.split("\n")
    warnings: tuple[PlanWarning, ...] = ()
    match first.split():
        case ["crash"]:
            os._exit(9)
        case ["abort"]:
            os.abort()
        case ["hang"]:
            time.sleep(600)
        case ["hang", "with", program]:
            subprocess.Popen([sys.executable, "-c", HOLD, program]).wait()
        case ["hang", "beside", program]:
            subprocess.Popen([sys.executable, "-c", HOLD, program], start_new_session=True).wait()
        case ["long"]:
            for _ in range(6):
                time.sleep(0.5)
                more_time(1.0)
        case ["eat"]:
            eaten = []
            while True:
                eaten.append(bytes(50 << 20))
        case ["unsendable"]:
            raise UnsendableError
        case ["raise"]:
            raise ZeroDivisionError("one by none")
        case ["exit"]:
            raise SystemExit(3)
        case ["refuse"]:
            raise UnreadableError("encrypted", path)
        case ["secret"] if not allow_classified:
            raise ClassifiedError("classified", path, degree="MẬT")
        case ["scan"] if "FAKE_TESSERACT" not in os.environ:
            warnings = (PlanWarning(code="pages_need_ocr", message="1"),)
        case ["slow"]:
            time.sleep(0.3)
        case ["surrogate"]:
            text = "\ud800"
    code, date, issuer = (*first.split("|"), None, None)[:3] if "|" in first else (None, None, None)
    metadata = Metadata(number=code and code.split("/")[0], code=code, issue_date=date, issuer=issuer)
    references = tuple(
        Reference(id=f"r{n}", text=line, span=Span(0, 1), code=line, document_key=line, issuer="Bộ Y tế")
        for n, line in enumerate(cited)
        if line
    )
    digest = hashlib.sha256(data).hexdigest()
    source = SourceInfo(
        path=path,
        sha256=digest,
        media_type="text/plain",
        pages=None,
        reader="fake",
        ocr=False,
        text_chars=len(text),
        text_sha256=digest,
        extractor_version=version,
    )
    return Plan(source=source, metadata=metadata, references=references, warnings=warnings), text


RULES = Rules(read_fake, VERSION)


def stillborn(*_: object) -> None:
    """A worker that never begins."""
    os._exit(1)
