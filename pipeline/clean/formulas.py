"""Formulas in plain text: converters take shares and signs for mathematics ("$\\geq 9 5 \\%$" is "≥ 95%").

Only what plans can mean by them is read: figures with the blanks between them taken out, signs of comparison, the signs
of footnotes. A formula that says more stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_INNER = r"[\w .,%\\{}^<>=~+/:;-]{1,120}"
_FORMULA = re.compile(rf"\$({_INNER})\$|\\\((?=[^)\n]{{0,80}}\\[a-z%])({_INNER})\\\)", re.ASCII)
_PIECE = re.compile(
    r"\\(?P<word>[a-zA-Z]+)|\\(?P<sign>.)|(?P<note>\^\{?\d{1,2}\}?)|(?P<mark>[{}$^])|(?P<tilde>~)"
    r"|(?<=[\d.,])(?P<blank> +)(?=[\d.,]|\\%)|(?P<blanks>  +)"
)
_SIGNS = {
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), "≥"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "≤"),
    **dict.fromkeys(("gt",), ">"),
    **dict.fromkeys(("lt",), "<"),
    "times": "x",
    "pm": "±",
    **dict.fromkeys(("to", "rightarrow", "div"), "-"),
    **dict.fromkeys(("text", "mathrm", "mathbf", "mathit", "textbf", "rm", "bf", "quad"), ""),
}


class Formula(NamedTuple):
    """A formula `[start, end)`, and its pieces `[start, end)` with what is read for them."""

    start: int
    end: int
    pieces: tuple[tuple[int, int, str], ...]


def formulas_of(text: str, start: int, end: int) -> Iterator[Formula]:
    """The formulas of `text[start:end]`, in order."""
    for formula in _FORMULA.finditer(text, start, end):
        if not _is_read(formula[1] or formula[2]):
            continue
        pieces: list[tuple[int, int, str]] = []
        for piece in _PIECE.finditer(text, formula.start(), formula.end()):
            first, last = piece.span()
            kind = piece.lastgroup
            if kind == "word":
                read = _SIGNS[piece["word"]]
            elif kind == "sign":
                read = piece["sign"] if piece["sign"] in "%&$#" else "" if piece["sign"] in "()" else " "
            elif kind == "note":
                # the digit of m² stays
                read = piece["note"].strip("^{}") if text[formula.start() - 1 : formula.start()] == "m" else ""
            else:
                read = " " if kind in ("tilde", "blanks") else ""
            pieces.append((first, last, read))
        yield Formula(*formula.span(), tuple(pieces))


def _is_read(inner: str) -> bool:
    """Whether a formula holds only figures and signs that are known."""
    words = re.findall(r"\\([a-zA-Z]+)", inner)
    bare = re.sub(r"\\[a-zA-Z]+", "", inner)
    return all(word in _SIGNS for word in words) and not re.search(r"[A-Za-z_]{2}", bare) and inner.strip() != ""
