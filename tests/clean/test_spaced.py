"""Tables of blanks alone, as tools print them from PDFs: the rows that come out, cell by cell."""

from __future__ import annotations

import pytest

from models.text import Source
from pipeline.clean import clean


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, row by row, empty ones left out."""
    result = clean(Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="t"))
    found: dict[tuple[int, int], dict[int, str]] = {}
    for line in result.lines:
        if line.cell:
            row = found.setdefault((line.cell.table, line.cell.row), {})
            words = result.line_text(line)
            row[line.cell.column] = f"{row[line.cell.column]} | {words}" if line.cell.column in row else words
    return [list(row.values()) for row in found.values()]


TABLES = [
    (
        "numbers at the top of their rows",
        """
    STT       Nội dung           Đơn vị chủ trì        Thời gian
     1     Tập huấn cho y sĩ     Bệnh viện tỉnh        Quý II/2026
           trạm y tế
     2     Kiểm tra chéo         Văn phòng Sở          Hằng quý
    Trên đây là Kế hoạch.""",
        [
            ["STT", "Nội dung", "Đơn vị chủ trì", "Thời gian"],
            ["1", "Tập huấn cho y sĩ trạm y tế", "Bệnh viện tỉnh", "Quý II/2026"],
            ["2", "Kiểm tra chéo", "Văn phòng Sở", "Hằng quý"],
        ],
    ),
    (
        "numbers in the middle, and a group",
        """
                                      Đơn vị         Hoàn
    TT           Công việc
                                     chủ trì        thành
     I     Truyền thông
           Phát sóng trên đài
     1     truyền hình và           Văn phòng      Trước
           mạng xã hội                Sở           15/5/2026
           Kiểm tra việc            Thanh tra
     2                                           Quý IV
           phát sóng                  Sở""",
        [
            ["TT", "Công việc", "Đơn vị chủ trì", "Hoàn thành"],
            ["I", "Truyền thông"],
            ["1", "Phát sóng trên đài truyền hình và mạng xã hội", "Văn phòng Sở", "Trước 15/5/2026"],
            ["2", "Kiểm tra việc phát sóng", "Thanh tra Sở", "Quý IV"],
        ],
    ),
    (
        "a row over a page break, the next page set further left",
        """
         TT     Công việc            Đơn vị           Thời hạn
          1     Mua máy siêu         Bệnh viện        Tháng 5
                âm cho các xã        tỉnh
\f                                          7

                và bảo trì           Huyện
    2     Nghiệm thu           Sở Y tế          Tháng 9
          máy đã mua""".replace("                và bảo trì           Huyện", "          và bảo trì           (B)"),
        [
            ["TT", "Công việc", "Đơn vị", "Thời hạn"],
            ["1", "Mua máy siêu âm cho các xã và bảo trì", "Bệnh viện tỉnh (B)", "Tháng 5"],
            ["2", "Nghiệm thu máy đã mua", "Sở Y tế", "Tháng 9"],
        ],
    ),
    (
        "a head wider than its column, an empty column",
        """
   TT       Chỉ tiêu       Đơn vị tính   Năm 2026      Ghi chú
    1    Tỷ lệ tiêm           %            95
    2    Số buổi khám         buổi         12
    3    Số xã đạt            xã           40""",
        [
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026", "Ghi chú"],
            ["1", "Tỷ lệ tiêm", "%", "95"],
            ["2", "Số buổi khám", "buổi", "12"],
            ["3", "Số xã đạt", "xã", "40"],
        ],
    ),
    (
        "items within a cell stay apart",
        """
    TT     Nội dung               Thời gian       Kinh phí
     1     - Mua thuốc            Tháng 3         12 triệu
           - Mua máy đo           Tháng 4         9 triệu""",
        [
            ["TT", "Nội dung", "Thời gian", "Kinh phí"],
            ["1", "- Mua thuốc | - Mua máy đo", "Tháng 3 Tháng 4", "12 triệu 9 triệu"],
        ],
    ),
    ("counter-example: two columns", "TT      Nội dung\n1       Tập huấn\n2       Kiểm tra", []),
    (
        "counter-example: no numbers",
        "TT      Nội dung      Hạn\nA lô    Tập huấn      Quý I\nB lô    Kiểm tra      Quý II",
        [],
    ),
    ("counter-example: a short name", "TT\n\nPhòng Nghiệp vụ Y, Văn phòng Sở,  Thanh tra  Sở theo dõi.", []),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_spaced_tables(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected
    assert rows(text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize("after", ["Trên đây là Kế hoạch.", "PHỤ LỤC 2", "IV. KINH PHÍ", "Nơi nhận:"])
def test_what_stands_below_is_no_cell(after: str) -> None:
    found = rows(
        f"TT    Việc         Hạn        Ghi chú\n 1    Tập huấn     Quý I      a\n 2    Kiểm tra     Quý II     b\n{after}\n"
    )
    assert len(found) == 3 and after not in [words for row in found for words in row]
