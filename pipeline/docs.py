"""Pages of `docs/` that code makes parts of: what stands between `<!-- name -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from pipeline.atomic import replacing

Language = Literal["vi", "en"]

_DOCS = Path(__file__).parents[1] / "docs"
_PART = re.compile(r"<!-- (?P<name>[\w ]+) -->\n.*?<!-- end -->\n", re.DOTALL)


def pages(name: str) -> dict[Language, Path]:
    """The page `name` in each language."""
    return {"en": _DOCS / f"{name}.md", "vi": _DOCS / f"{name}.vi.md"}


def renewed(words: str, make: Callable[[str], Iterable[str]]) -> str:
    """A page with its parts made anew: `make` gives the lines of the part of a name."""

    def part(found: re.Match[str]) -> str:
        lines = "".join(f"{line}\n" for line in make(found["name"]))
        return f"<!-- {found['name']} -->\n{lines}<!-- end -->\n"

    return _PART.sub(part, words)


def rewrite(files: Mapping[Language, Path], current: Callable[[str, Language], str]) -> None:
    """Bring a page up to date in each language: `current` gives it as it should be."""
    for language, file in files.items():
        made = current(file.read_text(encoding="utf-8"), language)
        with replacing(file) as beside:
            beside.write_text(made, encoding="utf-8", newline="\n")
