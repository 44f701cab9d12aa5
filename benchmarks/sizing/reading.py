"""`python -m benchmarks.sizing.reading PATH...`: what files of real plans are like, and what a page costs that is a
picture. One page at a time, nothing kept from before; seconds are a processor's, in this process and in the programs
that it starts, so that other work on the machine counts little. Unix tells them, Windows does not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.readers import read
from pipeline.store import open_store

PLAIN = (".md", ".txt")


class Pages(NamedTuple):
    """A file with pages: characters and bytes of all its pages, and the processor's seconds that it took."""

    scanned: bool
    pages: int
    chars: int
    size: int
    seconds: float


def characters(files: Sequence[Path]) -> list[int]:
    """Characters of each plan that is there as plain text."""
    return [len(read(file).text) for file in files if file.suffix in PLAIN]


def pages(files: Sequence[Path]) -> list[Pages]:
    """The PDF files, read one page at a time."""
    found = []
    for file in files:
        if file.suffix == ".pdf":
            begun = _processor()
            source = read(file)
            seconds = _processor() - begun
            found.append(Pages(source.ocr, len(source.pages), len(source.text), file.stat().st_size, seconds))
    return found


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def room(files: Sequence[Path], folder: Path) -> float:
    """KiB that the database grows by for each of these plans."""
    from pipeline.ingest import ingest

    database = folder / "plans.db"
    with open_store(database):
        pass
    empty = database.stat().st_size
    done = ingest([file for file in files if file.suffix in PLAIN], database).done
    return (database.stat().st_size - empty) / len(done) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizing.reading", description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    given = [each for path in parser.parse_args().paths for each in (path, *path.rglob("*"))]
    files = sorted({path for path in given if path.is_file()})
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as folder:
        os.environ.update(KEHOACH_CACHE=str(Path(folder, "cache")), KEHOACH_OCR_JOBS="1")
        for line in _lines(files, Path(folder)):
            sys.stdout.write(line + "\n")
    return 0


def _lines(files: Sequence[Path], folder: Path) -> list[str]:
    lines = []
    found = pages(files)
    if found:
        lines.append(f"characters_a_page: {sum(one.chars for one in found) / sum(one.pages for one in found):,.0f}")
    for scanned, name in ((True, "scan"), (False, "text")):
        if some := [one for one in found if one.scanned is scanned]:
            count = sum(one.pages for one in some)
            each = [one.seconds / one.pages for one in some]
            mean = sum(one.seconds for one in some) / count
            size = sum(one.size for one in some) / count / 1024
            lines.append(f"{name}_kib_a_page: {size:,.0f} ({count} pages)")
            lines.append(f"seconds for a page, {name}: {min(each):.2f}, {mean:.2f}, {max(each):.2f} (file by file)")
    if sys.platform != "win32" and found:
        import resource

        peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        lines.append(f"ocr_mib: {sum(peaks):,.0f} (the reader's peak and Tesseract's)")
    if len(lengths := characters(files)) > 1:
        low, _, high = statistics.quantiles(lengths, n=4)
        likely = statistics.mean(lengths)
        lines.append(f"characters_a_plan: {low:,.0f}, {likely:,.0f}, {high:,.0f} (quartile, mean, quartile)")
        lines.append(f"KiB in the database for each of {len(lengths)} plans: {room(files, folder):,.1f}")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
