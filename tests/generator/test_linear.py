"""The whole chain takes work in proportion to the text, whatever the text is; calls are counted, not seconds."""

from __future__ import annotations

import pytest

from tests.counting import calls_of
from tests.generator import plan
from tests.generator.test_extraction import read

NATURAL = "\n".join(plan(seed).text for seed in range(400, 412))
# Shapes that invite a step of the chain to look at the whole text again for each part of it.
HOSTILE = {
    "one line of prose": "Các đơn vị báo cáo Sở Y tế trước ngày 15/12, ",
    "one line without spaces": "trướcngày15/12/2024",
    "capitals on their lines": "TỔ CHỨC THỰC HIỆN\n",
    "the same heading": "I. MỤC TIÊU\n",
    "headings that go deeper": "1.1.1.1. Công tác chỉ đạo\n",
    "headings without text": "Phần thứ nhất\n",
    "points": "a) ",
    "parts of a decision": "Điều 1. Ban hành kèm theo Quyết định này.\n",
    "titles": "KẾ HOẠCH\n",
    "letterheads": "SỞ Y TẾ\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-SYT\n",
    "recipients": "Nơi nhận:\n- Như trên;\n",
    "signatures": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNguyễn Văn An\n",
    "appendices": "PHỤ LỤC 01\n(Kèm theo Kế hoạch số 1/KH-SYT ngày 01/02/2024 của Sở Y tế)\n",
    "rows of a table": "1\tTỷ lệ tiêm chủng\t%\t95\n",
    "cells of one row": "95\t",
    "pipes": "| 95 ",
    "rules of tables": "|---|---|\n",
    "page numbers": "và kiểm tra\n12\n",
    "page breaks": "kiểm tra\f",
    "wrapped lines": "các cơ quan, đơn vị và\n",
    "hyphens at line ends": "Quyết định số 12/QĐ-\n",
    "open brackets": "(trong đó ",
    "open quotes": "“Kế hoạch ",
    "bold marks": "**ngày** ",
    "loose marks": "a\u0301\u0301\u0323",
    "nested targets": "90% trạm y tế, trong đó 20% trạm y tế, ",
    "numbers": "1.234,5 ",
    "ranges": "10 - 15 - ",
    "bounds": "không dưới ",
    "short names": "(sau đây gọi tắt là Quyết định số 12) ",
    "bare numbers of papers": "Quyết định số 12, ",
    "laws in laws": "Luật sửa đổi, bổ sung một số điều của ",
    "blank lines": " \n\n",
    "odd spaces": "\u00a0\u200b\u2009",
    "dots": "......",
    "tables of one row": "| 1 | a |\n\n",
    "bullets behind bullets": "- - - ",
    "tables in tags": "<table><tr><td>1</td><td>Tập huấn</td></tr></table>\n",
    "open tags": "<table><tr><td>",
    "tables of blanks": "TT   Nội dung   Thời gian\n 1   Tập huấn   Quý I\n",
    "formulas": "$9 5 \\% ",
    "open links": "![](a(",
    "words that fonts cut": "c ủa b ộ t ế ",
    "titles with misread numerals": "I1. MỤC ĐÍCH YÊU CẦU\n\n",
    "lists of rounds": "hằng tháng, quý, ",
}


def calls(text: str) -> int:
    return calls_of(lambda: read("KẾ HOẠCH\n" + text))


def test_long_plans_take_work_in_proportion() -> None:
    """What is added to a long text costs the same however long it is; its beginning, with the letterhead, may be read
    otherwise than what follows."""
    calls(NATURAL)  # compiles what is compiled once
    one, two, four = (calls(NATURAL * count) for count in (1, 2, 4))
    assert four - two < 2.2 * (two - one)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_shape_takes_work_in_proportion(name: str) -> None:
    """Four times the text: at most 4.5 times the calls."""
    part = HOSTILE[name]
    calls(part * 800)  # compiles what is compiled once
    few, many = calls(part * 200), calls(part * 800)
    assert many < 4.5 * few + 2000


WHOLE_MEGABYTES = (
    "one line of prose", "one line without spaces", "capitals on their lines", "headings that go deeper", "rows of a table",
    "cells of one row", "wrapped lines", "open brackets", "loose marks", "numbers", "bare numbers of papers", "blank lines",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE_MEGABYTES)
def test_a_megabyte_of_any_shape(name: str) -> None:
    """A megabyte is read to its end with as many calls for a character as a sixteenth of it."""
    part = HOSTILE[name]
    calls(part * 3)
    few, many = (calls(part * (size // len(part))) for size in (1_000_000 // 16, 1_000_000))
    assert many < 16 * 1.15 * few + 2000
