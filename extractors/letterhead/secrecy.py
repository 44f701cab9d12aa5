"""The stamp of secrecy (dấu chỉ độ mật): MẬT, TỐI MẬT, TUYỆT MẬT, by Luật Bảo vệ bí mật nhà nước, Điều 8."""

from __future__ import annotations

import re

from models.outline import Outline

_STAMP = re.compile(r"(?:ĐỘ MẬT\s*:?\s*)?(TUYỆT\s*MẬT|TỐI\s*MẬT|MẬT)", re.IGNORECASE)
_TOP = 60  # lines: the stamp stands in the letterhead or on the margin of the first page


def secrecy_of(outline: Outline) -> str | None:
    """The degree of secrecy that is stamped on the paper ("MẬT"), None on an open one. Only a line by itself counts."""
    lines = outline.text.lines
    for index, region in enumerate(outline.regions[:_TOP]):
        if region in ("body", "recipients", "signature", "appendix"):
            continue
        words = outline.text.line_text(lines[index]).strip(" *[]()|")
        match = _STAMP.fullmatch(words)
        if match and words.upper() == words:
            return " ".join(match[1].upper().split())
    return None
