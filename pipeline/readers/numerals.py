"""Numbers as lists print them: 4 -> "4", "iv", "D"."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def formatted(count: int, form: str) -> str:
    """A number in one of the formats of lists, by Word's names: decimal, upperRoman, lowerLetter and so on."""
    if form in ("upperRoman", "lowerRoman"):
        return roman(count).upper() if form == "upperRoman" else roman(count)
    if form in ("upperLetter", "lowerLetter"):
        return letter(count).upper() if form == "upperLetter" else letter(count)
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "decimalEnclosedParen":
        return f"({count})"
    return "" if form == "none" else str(count)


def roman(count: int) -> str:
    """1 -> "i", 14 -> "xiv"; beyond 3999 in digits, as there are no letters for it."""
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for weight, sign in _ROMAN:
        out += sign * (count // weight)
        count %= weight
    return out


def letter(count: int) -> str:
    """1 -> "a", 26 -> "z", 27 -> "aa", 28 -> "bb": Word repeats the letter, and has no "đ"."""
    if not 0 < count <= 26 * 20:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
