"""The span of time that a plan is for, from its title or its opening sentence."""

from __future__ import annotations

import calendar
import re

from extractors.vietnamese import roman, tone_key

_RANGE = re.compile(
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|\d{1,2} năm|năm học|năm|từ năm|trong năm|từ)\s*\(?\s*(20\d\d)\s*"
    r"(?:-|đến|và)\s*(?:hết )?(?:năm )?(20\d\d)\b"
)
_UNTIL = re.compile(r"(?:đến|tới) (?:hết )?(?:năm )?(20\d\d)\b")
_QUARTER = re.compile(r"quý (\d|[ivx]+)[\s/,-]*(?:năm )?(20\d\d)\b")
_HALF = re.compile(r"(?:0?6|sáu) tháng (đầu|cuối) năm (20\d\d)\b")
_MONTH = re.compile(r"(?<!ngày )tháng (\d{1,2})(?:[/\s]+(?:năm )?)(20\d\d)\b")
_YEAR = re.compile(r"năm ?(20\d\d)\b")
# What a year may belong to besides the plan: a date, a feast, an anniversary, an event's name.
_NOT_OURS = re.compile(
    r"(?:ngày(?: \d{1,2})?(?:[/\s]*tháng)?(?: \d{1,2})?,? ?|/|ngày lễ lớn |ngày lễ |cuối |(?<!ban )đầu |vào |"
    r"tầm nhìn (?:đến )?|định hướng (?:đến )?|kỷ niệm .{0,60}|chào mừng .{0,60}|số \S{1,20} |\d năm )$"
)


def period_of(words: str) -> tuple[str | None, str | None]:
    """First and last day of the time that a plan's title names: ("2021-01-01", "2025-12-31"); None where it has none.

    "giai đoạn 2026 - 2030, tầm nhìn đến năm 2045" is 2026 to 2030; "năm 2025 và giai đoạn 2026 - 2030" 2025 to 2030;
    "đến năm 2030" alone has no first day.
    """
    key = tone_key(words)
    spans: list[tuple[str, str]] = []
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        return not any(a < match.end() and match.start() < b for a, b in taken)

    for match in _RANGE.finditer(key):
        before = key[max(0, match.start() - 60) : match.start()]
        if re.search(r"nghị quyết|năm học|đề án số|tiếp nối", match.group()) or int(match[1]) > int(match[2]):
            continue
        taken.append(match.span())
        if not re.search(r"(?:kế hoạch 0?5 năm|nhiệm kỳ)\s*$", before):
            spans.append((f"{match[1]}-01-01", f"{match[2]}-12-31"))
    for match in _HALF.finditer(key):
        taken.append(match.span())
        first, last = ("01-01", "06-30") if match[1] == "đầu" else ("07-01", "12-31")
        spans.append((f"{match[2]}-{first}", f"{match[2]}-{last}"))
    for match in _QUARTER.finditer(key):
        quarter = int(match[1]) if match[1].isdigit() else roman(match[1].upper())
        if quarter and 1 <= quarter <= 4:
            taken.append(match.span())
            spans.append(_months(int(match[2]), 3 * quarter - 2, 3 * quarter))
    for match in _MONTH.finditer(key):
        before = key[max(0, match.start() - 12) : match.start()]
        if free(match) and 1 <= int(match[1]) <= 12 and not re.search(r"ngày [\d\s]*$", before):
            taken.append(match.span())
            spans.append(_months(int(match[2]), int(match[1]), int(match[1])))
    for match in _YEAR.finditer(key):
        before = key[max(0, match.start() - 70) : match.start()]
        if free(match) and not _NOT_OURS.search(before) and not _until_before(key, match.start()):
            spans.append((f"{match[1]}-01-01", f"{match[1]}-12-31"))
    if spans:
        return min(a for a, _ in spans), max(b for _, b in spans)
    until = [
        m for m in _UNTIL.finditer(key) if "tầm nhìn" not in key[: m.start()] and "định hướng" not in key[: m.start()]
    ]
    return (None, f"{until[0][1]}-12-31") if until else (None, None)


def _until_before(key: str, start: int) -> bool:
    return bool(re.search(r"(?:đến|tới|hết)(?: hết)? $", key[max(0, start - 12) : start]))


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"
