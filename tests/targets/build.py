"""Small outlines for the tests of targets: a heading with its items, without the pipeline."""

from __future__ import annotations

from array import array

from extractors.targets import extract_targets
from models.outline import CellText, Item, Outline, Section, Table
from models.plan import Context, Metadata, Reference, Target
from models.text import Line, Text

MARKS = {"-": 0, "+": 1, "*": 2}


def outline(lines: list[str], heading: str = "", roles: tuple[str, ...] = ()) -> Outline:
    """One section with `heading` and `roles`; each line is an item, "- " and "+ " are bullets of two depths."""
    words = [heading or "Phần này", *lines]
    clean = "\n".join(words)
    starts = [0]
    for line in words[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    section = Section(
        index=0, parent=None, path="I", marker="I", level=1, heading=heading or None,
        heading_start=0, heading_end=len(heading), start=0, end=len(clean), roles=roles or ("other",),
    )  # fmt: skip
    items: list[Item] = []
    chain: list[int] = []
    for number, line in enumerate(lines):
        start = starts[number + 1]
        marker = line[0] if line[:2] in ("- ", "+ ", "* ") else None
        depth = MARKS[marker] if marker else 0
        chain = chain[:depth] if marker else []
        parent = chain[-1] if chain and marker else None
        items.append(
            Item(
                index=number,
                start=start + (2 if marker else 0),
                end=start + len(line),
                line=number + 1,
                marker=marker,
                section=0,
                parent=parent,
                depth=depth,
            )
        )
        if marker:
            chain.append(number)
    text = Text(
        clean,
        clean,
        array("l", range(len(clean) + 1)),
        [Line(s, s + len(w), s) for s, w in zip(starts, words, strict=True)],
    )
    return Outline(text=text, regions=("body",) * len(words), sections=(section,), items=tuple(items), tables=())


def table(
    rows: list[str], heading: str = "", roles: tuple[str, ...] = (), caption: str | None = None, header: int = 1
) -> Outline:
    """One section with one table; the cells of a row are parted by " | "."""
    above = [heading or "Phần này", *([caption] if caption else [])]
    clean = "\n".join(above) + "\n"
    cells: list[list[CellText]] = []
    items: list[Item] = []
    for number, row in enumerate(rows):
        cells.append([])
        for column, words in enumerate(word.strip() for word in row.split("|")):
            start = len(clean)
            clean += words + "\n"
            cells[-1].append(CellText(start, start + len(words), words) if words else CellText(0, 0, ""))
            if words:
                items.append(
                    Item(
                        index=len(items),
                        start=start,
                        end=start + len(words),
                        line=0,
                        section=0,
                        table=0,
                        row=number,
                        column=column,
                    )
                )
    section = Section(
        index=0, parent=None, path="I", marker="I", level=1, heading=heading or None,
        heading_start=0, heading_end=len(heading), start=0, end=len(clean), roles=roles or ("other",),
    )  # fmt: skip
    text = Text(clean, clean, array("l", range(len(clean) + 1)), [])
    grid = Table(index=0, section=0, caption=caption, rows=tuple(tuple(row) for row in cells), header=header)
    return Outline(text=text, regions=(), sections=(section,), items=tuple(items), tables=(grid,))


def targets(of: Outline, year: int | None = 2025, references: tuple[Reference, ...] = ()) -> tuple[Target, ...]:
    found, _ = extract_targets(of, Context(metadata=Metadata(), year=year), references)
    return found
