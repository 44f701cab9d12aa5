"""Checked plans as gold for `kehoach evaluate` (see `pipeline.evaluate` for the form of the files).

A plan is gold where people looked at every reference, deadline and target that was read in it: what they accepted or
corrected is written, what they rejected is not, so that it counts as wrongly found. What nobody read at all is not
known here, and so is not missed. Sections come along as optional, for nobody is asked about them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from models.plan import Plan
from pipeline.evaluate import COMPARED, DECIDING
from pipeline.store.lists.plans import files_of, plan_id_of, text_of
from pipeline.store.review import whole_plans
from pipeline.store.rows import read_plan
from pipeline.store.store import Store

_GROUPS = ("references", "deadlines", "targets")
_BESIDE = {"targets": ("subject",)}


def export_gold(store: Store, folder: Path) -> list[Path]:
    """Writes a gold file for each plan that was checked whole, in the place of an earlier one; their paths. The files
    name their plans by whole paths: `kehoach evaluate` reads them from any root."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with store.reading() as connection:
        for key in whole_plans(connection):
            plan_id = plan_id_of(connection, key)
            assert plan_id is not None  # it was found a moment ago in the same state of the database
            files = files_of(connection, plan_id)
            plan, text = read_plan(connection, plan_id, ""), text_of(connection, plan_id)
            path = folder / f"{key}.toml"
            path.write_text("\n".join(_lines(plan, text, files[0])) + "\n", encoding="utf-8", newline="\n")
            written.append(path)
    return written


def _lines(plan: Plan, text: str, source: str) -> Iterator[str]:
    yield f"source = {_toml(source)}"
    for section in plan.sections:
        if section.heading_span:
            yield from ("", "[[sections]]", *_place(text, *section.heading_span), "optional = true")
    for group in _GROUPS:
        names = (*DECIDING[group], *COMPARED[group], *_BESIDE.get(group, ()))
        for fact in getattr(plan, group):
            yield from ("", f"[[{group}]]", *_place(text, *fact.span))
            values = msgspec.to_builtins(fact)
            yield from (f"{name} = {_toml(values[name])}" for name in names if values[name] not in (None, "", False))


def _place(text: str, start: int, end: int) -> Iterator[str]:
    """The words, and which of several equal ones they are."""
    words = text[start:end]
    pattern = r"\s+".join(map(re.escape, words.split()))
    before = [m.start() for m in re.finditer(f"(?={pattern})", text) if m.start() <= start + _blanks(words)]
    yield f"quote = {_toml(' '.join(words.split()))}"
    if len(before) > 1:
        yield f"nth = {len(before)}"


def _blanks(words: str) -> int:
    return len(words) - len(words.lstrip())


def _toml(value: Any) -> str:
    """A value as TOML has it; of text, JSON has the same form."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
