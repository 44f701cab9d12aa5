"""A folder to write files into and a database beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store.plans import dump, write_down

from ingest.fake import RULES
from pipeline.ingest import IngestReport, ingest
from pipeline.store import open_store


class Desk:
    """A folder of files, its database, and shortcuts to what the tests ask."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "kehoach.db"

    def write(self, **files: str) -> None:
        """Files by their name, ".txt" added; "__" stands for a folder."""
        for name, text in files.items():
            path = self.root / f"{name.replace('__', '/')}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())

    def ingest(self, *names: str, **options: Any) -> IngestReport:
        """Reads these files, or the whole folder, with the rules of `fake` where no others are given."""
        paths = [self.root / name for name in names] or [self.root]
        return ingest(paths, self.database, **{"rules": RULES, **options})

    def written(self) -> dict[str, Any]:
        with open_store(self.database, create=False) as store:
            return write_down(store)

    def dump(self) -> dict[str, list[Any]]:
        with open_store(self.database, create=False) as store:
            return dump(store)

    def plans(self) -> set[str]:
        """The plans as "names of their files=code"."""
        rows = self.written()["plans"]
        return {f"{'+'.join(Path(f).stem for f in row['files'])}={row['plan']['code']}" for row in rows}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def outcomes() -> Callable[[IngestReport], dict[str, str]]:
    """A report as what became of each file, by its name."""

    def of(report: IngestReport) -> dict[str, str]:
        found = {Path(d.path).stem: d.action for d in report.done}
        found |= {Path(s.path).stem: "attached" if s.added else "skipped" for s in report.skipped}
        return found | {Path(f.path).stem: f.code for f in report.failed}

    return of
