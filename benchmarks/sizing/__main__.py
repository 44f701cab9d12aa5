"""`python -m benchmarks.sizing`: brings the tables of `docs/team.md` and `docs/team.vi.md` up to `figures.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.sizing.estimate import LEVELS, Assumption, Estimate, Figure, Figures, estimate, read_figures
from pipeline.docs import Language, pages, renewed, rewrite

FILES = pages("team")

_HEADS = {
    "measured": {"en": ("figure", "measured", "by", "on"), "vi": ("số liệu", "đo được", "bằng", "ngày")},
    "assumed": {"en": ("assumption", "low", "likely", "high"), "vi": ("giả định", "thấp", "vừa", "cao")},
    "estimate": {"en": ("ten years", "low", "likely", "high"), "vi": ("mười năm", "thấp", "vừa", "cao")},
}
_ROWS: tuple[tuple[str, int, str, str], ...] = (
    ("documents", 0, "documents", "văn bản"),
    ("pages", 0, "pages", "trang"),
    ("scanned", 0, "of them pictures, to be recognised", "trong đó là ảnh, phải nhận dạng"),
    ("ocr_hours", 0, "OCR, hours of one core", "nhận dạng, giờ của một nhân"),
    ("text_hours", 1, "reading and storing, hours of one core", "đọc và lưu, giờ của một nhân"),
    ("database", 1, "database, GiB", "cơ sở dữ liệu, GiB"),
    ("files", 1, "files, GiB", "tệp gốc, GiB"),
    ("cores", 0, "cores to read all of it in that time", "số nhân để đọc hết trong thời gian đó"),
    ("machines", 0, "machines", "số máy"),
    ("memory", 1, "memory of a machine, GiB", "bộ nhớ mỗi máy, GiB"),
    ("yearly_documents", 0, "each year after: documents", "mỗi năm sau đó: văn bản"),
    ("yearly_hours", 1, "each year after: hours of one core", "mỗi năm sau đó: giờ của một nhân"),
)


def current(words: str, language: Language, figures: Figures) -> str:
    """A page with its generated tables made anew."""
    made = {"measured": _measured, "assumed": _assumed, "estimate": _estimate}

    def table(part: str) -> Iterator[str]:
        name = part.removeprefix("sizing ")
        marks = ["---", *(["---:"] * 3 if name != "measured" else ["---"] * 3)]
        for row in (_HEADS[name][language], marks, *made[name](figures, language)):
            yield f"| {' | '.join(row)} |"

    return renewed(words, table)


def _measured(figures: Figures, language: Language) -> Iterator[list[str]]:
    for figure in figures.measured.values():
        values = "; ".join(_number(value, figure.digits, language) for value in figure.values)
        yield [_words(figure, language), values, f"`{figure.command}`", figure.date]


def _assumed(figures: Figures, language: Language) -> Iterator[list[str]]:
    for each in figures.assumed.values():
        yield [_words(each, language), *(_assumption(each, level, language) for level in LEVELS)]


def _estimate(figures: Figures, language: Language) -> Iterator[list[str]]:
    found: list[Estimate] = [estimate(figures, level) for level in LEVELS]
    for name, digits, en, vi in _ROWS:
        words = vi if language == "vi" else en
        yield [words, *(_number(getattr(each, name), digits, language) for each in found)]


def _words(each: Figure | Assumption, language: Language) -> str:
    return each.vi if language == "vi" else each.en


def _assumption(each: Assumption, level: int, language: Language) -> str:
    value = each.at(level)
    if each.percent:
        return f"{value:.0%}"
    return _number(value, 0 if value == int(value) else 1, language)


def _number(value: float, digits: int, language: Language) -> str:
    made = f"{value:,.{digits}f}"
    return made.translate(str.maketrans(",.", ".,")) if language == "vi" else made


if __name__ == "__main__":
    known = read_figures()
    rewrite(FILES, lambda words, language: current(words, language, known))
