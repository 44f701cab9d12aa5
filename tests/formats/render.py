"""One plan in the forms that offices publish: plain text, Markdown, Word, a web page, PDF with text, PDF as a scan."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from tests.readers.make_scan import scanned
from tests.samples.build_samples import HEADINGS, Paragraph, Sample, build_docx, build_pdf, render_text

HARD_WRAP = 90  # characters: how portals break the lines of a paragraph


def markdown(sample: Sample) -> str:
    """As converters write it: headings with #, bold labels, pipe tables."""
    lines: list[str] = []
    for tag, group in groupby(sample.paragraphs, key=lambda paragraph: paragraph.tag):
        paragraphs = list(group)
        if tag == "row":
            lines += _pipes(paragraphs)
            continue
        if tag == "to":
            lines += ["**Nơi nhận:**", ""]
        for paragraph in paragraphs:
            lines += [_marked(paragraph), ""]
    return "\n".join(lines)


def _marked(paragraph: Paragraph) -> str:
    tag, words = paragraph.tag, paragraph.words
    if tag in HEADINGS:
        return f"{'#' * (int(tag[1]) + 1)} {words}"
    if tag == "h2run":
        label, rest = paragraph.cells
        return f"**{label}** {rest}"
    if tag in ("title", "sign", "name") or paragraph.bold:
        return f"**{words}**"
    return f"*{words}*" if tag in ("date", "basis") else words


def _pipes(rows: list[Paragraph]) -> list[str]:
    first, *rest = [f"| {' | '.join(row.cells)} |" for row in rows]
    return [first, "|" + " --- |" * len(rows[0].cells), *rest, ""]


def web_page(sample: Sample) -> str:
    """As portals publish it: menus around the paper, letterhead and tail in tables, paragraphs with lines broken in the
    middle, headings in bold."""
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Văn bản - Cổng thông tin</title>
<style>.hidden {{ display: none }}</style><script>var plan = "100% trước ngày 01/01/2030";</script></head>
<body>
<div class="menu"><ul><li><a href="/">Trang chủ</a></li><li><a href="/van-ban">Văn bản</a></li><li>Đăng nhập</li></ul></div>
<div id="content">
{"".join(_blocks(sample))}
</div>
<div class="footer"><p>Bản quyền thuộc Cổng thông tin điện tử. Điện thoại: 0123 456 789</p></div>
</body></html>
"""


def _blocks(sample: Sample) -> Iterator[str]:
    left = "<br>".join(_inline(p) for p in sample.of("left"))
    right = "<br>".join(_inline(p) for p in sample.of("right"))
    number = "<br>".join(_inline(p) for p in sample.of("number"))
    date = "<br>".join(f"<i>{_inline(p)}</i>" for p in sample.of("date"))
    yield f"<table><tr><td><p>{left}</p></td><td><p>{right}</p></td></tr><tr><td>{number}</td><td>{date}</td></tr></table>\n"
    for tag, group in groupby(sample.paragraphs, key=lambda paragraph: paragraph.tag):
        paragraphs = list(group)
        if tag == "row":
            rows = ("<tr>" + "".join(f"<td><p>{escape(c)}</p></td>" for c in row.cells) + "</tr>" for row in paragraphs)
            yield "<table border=1>" + "\n".join(rows) + "</table>\n"
        elif tag in ("title", *HEADINGS):
            yield from (f"<p><b>{_wrapped(p.words)}</b></p>\n" for p in paragraphs)
        elif tag == "h2run":
            for label, rest in (p.cells for p in paragraphs):
                yield f"<p><b>{escape(label)}</b> {_wrapped(rest)}</p>\n"
        elif tag in ("basis", "body", "item"):
            yield from (f"<p>{_wrapped(p.words)}</p>\n" for p in paragraphs)
    to = "<br>\n".join(_inline(p) for p in sample.of("to"))
    sign = "<br>".join(_inline(p) for p in sample.of("sign"))
    name = "<br>".join(_inline(p) for p in sample.of("name"))
    yield f"<table><tr><td><b><i>Nơi nhận:</i></b><br>{to}</td><td><b>{sign}<br><br><br>{name}</b></td></tr></table>\n"


def _inline(paragraph: Paragraph) -> str:
    return f"<b>{escape(paragraph.words)}</b>" if paragraph.bold else escape(paragraph.words)


def _wrapped(words: str) -> str:
    return escape("\n".join(textwrap.wrap(words, HARD_WRAP, break_on_hyphens=False)))


FORMS: dict[str, Callable[[Sample], bytes]] = {
    "txt": lambda sample: render_text(sample).encode(),
    "md": lambda sample: markdown(sample).encode(),
    "docx": build_docx,
    "html": lambda sample: web_page(sample).encode(),
    "pdf": build_pdf,
}


def scan(sample: Sample) -> bytes:
    """The plan as a scan of 200 dpi: a little askew, with noise and dirt."""
    return scanned(build_pdf(sample), skew=0.7, noise=10)
