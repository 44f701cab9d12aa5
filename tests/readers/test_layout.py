"""Layout and tables from places alone: words and lines made up, without a PDF around them."""

from __future__ import annotations

import pytest

from pipeline.readers.pdf_layout import flow
from pipeline.readers.pdf_objects import Rule
from pipeline.readers.pdf_page import Word
from pipeline.readers.pdf_tables import find_grids

SIZE = 12.0  # height of a character's box; each is 6 wide
STEP = 16.0


def words(*rows: tuple[float, float, str]) -> list[Word]:
    """Words of rows (x, baseline, text), in the order given; a blank is 3 wide."""
    out: list[Word] = []
    for x, base, text in rows:
        for part in text.split():
            end = x + 6 * len(part)
            edges = tuple(x + 6 * i for i in range(len(part) + 1))
            out.append(Word(part, x, end, base - 10, base + 2, base, edges, False, len(out)))
            x = end + 3
    return out


def read(*rows: tuple[float, float, str]) -> list[str]:
    return [line.text for block in flow(words(*rows)) for line in block]


ORDERS = [
    # what, rows drawn, lines in reading order
    ("one column", [(80, 100, "một hai"), (80, 116, "ba bốn")], ["một hai", "ba bốn"]),
    ("drawn upside down", [(80, 116, "ba"), (80, 100, "một")], ["một", "ba"]),
    (
        "two columns, cell by cell",
        [(80, 100, "UBND TỈNH"), (80, 116, "SỞ Y TẾ"), (300, 100, "CỘNG HÒA"), (300, 116, "Độc lập")],
        ["UBND TỈNH", "SỞ Y TẾ", "CỘNG HÒA", "Độc lập"],
    ),
    (
        "two columns, row by row (typed with blanks)",
        [(80, 100, "UBND TỈNH"), (300, 100, "CỘNG HÒA"), (80, 116, "SỞ Y TẾ"), (300, 116, "Độc lập")],
        ["UBND TỈNH", "SỞ Y TẾ", "CỘNG HÒA", "Độc lập"],
    ),
    (
        "columns a few points out of line",
        [(80, 100, "UBND TỈNH"), (80, 116, "SỞ Y TẾ"), (300, 104, "CỘNG HÒA"), (300, 121, "Độc lập")],
        ["UBND TỈNH", "SỞ Y TẾ", "CỘNG HÒA", "Độc lập"],
    ),
    (
        "the right column begins higher",
        [(80, 116, "SỞ Y TẾ CÓ TÊN"), (80, 132, "Số 12"), (300, 100, "CỘNG HÒA"), (300, 116, "Độc lập")],
        ["SỞ Y TẾ CÓ TÊN", "Số 12", "CỘNG HÒA", "Độc lập"],
    ),
    (
        "a narrow gutter between cells",
        [(80, 100, "TỈNH QUẢNG NGÃI"), (80, 116, "SỞ Y TẾ TỈNH ABC"), (190, 100, "CỘNG HÒA"), (190, 116, "Độc lập")],
        ["TỈNH QUẢNG NGÃI", "SỞ Y TẾ TỈNH ABC", "CỘNG HÒA", "Độc lập"],
    ),
    (
        "a line across ends the columns",
        [
            (80, 100, "Số bảy KH SYT"),
            (300, 100, "An Bình ngày"),
            (80, 132, "kế hoạch của sở y tế tỉnh an bình năm nay và sau"),
        ],
        ["Số bảy KH SYT", "An Bình ngày", "kế hoạch của sở y tế tỉnh an bình năm nay và sau"],
    ),
    (
        "the left column goes on below the right one",
        [
            (80, 100, "Nơi nhận hồ"),
            (300, 100, "GIÁM ĐỐC"),
            (80, 114, "- Như trên"),
            (80, 128, "- Lưu VT"),
            (300, 170, "Trần An"),
        ],
        ["Nơi nhận hồ", "- Như trên", "- Lưu VT", "GIÁM ĐỐC", "Trần An"],
    ),
    (
        "numbers that hang are no column",
        [(80, 100, "1."), (110, 100, "Sở Y tế"), (80, 116, "2."), (110, 116, "Sở Nội vụ")],
        ["1. Sở Y tế", "2. Sở Nội vụ"],
    ),
    (
        "page numbers of a list of contents are no column",
        [(80, 100, "Mục đích yêu cầu"), (500, 100, "2"), (80, 116, "Nội dung thực hiện"), (500, 116, "3")],
        ["Mục đích yêu cầu 2", "Nội dung thực hiện 3"],
    ),
    (
        "wide blanks in two lines that the file has as a whole",
        [
            (80, 100, "triển khai công tác"),
            (214, 100, "phòng chống dịch"),
            (80, 116, "trên địa bàn của tỉnh"),
            (220, 116, "trong năm nay"),
        ],
        ["triển khai công tác phòng chống dịch", "trên địa bàn của tỉnh trong năm nay"],
    ),
    ("raised a little, and between two words", [(80, 100, "Số"), (116, 100, "/KH"), (96, 97, "12")], ["Số 12 /KH"]),
]


@pytest.mark.parametrize(("rows", "expected"), [row[1:] for row in ORDERS], ids=[row[0] for row in ORDERS])
def test_reading_order(rows: list[tuple[float, float, str]], expected: list[str]) -> None:
    assert read(*rows) == expected


def test_thousands_of_rows_take_no_time() -> None:
    rows = [(x, 2.0 * r, "ab cd") for r in range(2000) for x in (80, 300)]
    assert sum(len(block) for block in flow(words(*rows))) > 100


def grid(xs: list[float], ys: list[float]) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def shape(horizontal: list[Rule], vertical: list[Rule]) -> list[list[tuple[int, int, int, int]]]:
    return [[cell[:4] for cell in found.cells] for found in find_grids(horizontal, vertical)]


def test_a_grid() -> None:
    assert shape(*grid([0, 50, 100], [0, 20, 40])) == [[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]]


def test_lines_drawn_twice_and_nearly_meeting_are_one() -> None:
    across, down = grid([0, 50, 100], [0, 20, 40])
    again = [Rule(rule.at + 1, rule.low + 2, rule.high - 2) for rule in across]
    pieces = [Rule(rule.at, low, low + 19) for rule in down for low in (0, 20)]
    assert shape(across + again, pieces) == shape(across, down)


def test_two_tables_on_a_page() -> None:
    first, second = grid([0, 50, 100], [0, 20]), grid([0, 30, 100], [60, 80])
    assert len(shape(first[0] + second[0], first[1] + second[1])) == 2


def test_merged_fields_are_rectangles() -> None:
    across, down = grid([0, 50, 100, 150], [0, 20, 40])
    down[1] = Rule(50, 20, 40)  # no wall between the first two cells of the first row
    across[1] = Rule(20, 0, 100)  # no floor below the third
    assert shape(across, down) == [[(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]]


def test_a_drawing_of_countless_lines_is_no_table() -> None:
    across = [Rule(4.0 * i, 0, 9000) for i in range(2100)]
    down = [Rule(4.0 * i, 0, 9000) for i in range(2100)]
    assert find_grids(across, down) == []
