"""Cleaning: what a text becomes, and that each cleaned character still knows its place in the source."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.text import CellRun, Source, StyleRun, Text
from pipeline.clean import clean


def cleaned(text: str, **fields: object) -> Text:
    return clean(Source(text=text, path="x.txt", sha256="", media_type="text/plain", reader="t", **fields))


def lines(text: str) -> list[str]:
    result = cleaned(text)
    return [result.line_text(line) for line in result.lines]


WRAPPED = """Sở Y tế yêu cầu các đơn vị trực thuộc khẩn trương xây dựng kế hoạch và báo
cáo kết quả thực hiện về Sở trước ngày 30 tháng 6 để tổng hợp, trình Ủy ban
nhân dân tỉnh xem xét theo đúng thời gian quy định tại văn bản đã ban hành.

"""

INDENTED = """   - Trạm y tế lập danh sách trẻ trong độ tuổi, báo cáo
trung tâm y tế trước khi tổ chức chiến dịch một
tuần để dự trù vắc xin.
   - Trung tâm y tế bố trí đội cấp cứu lưu động, phương tiện
và thuốc chống sốc tại các điểm tiêm, nhất là các
xã vùng cao.
   - Sở Y tế kiểm tra việc bảo quản vắc xin, xử lý các
trường hợp phản ứng sau tiêm theo đúng quy trình
đã ban hành.
"""
INDENTED_LINES = [" ".join(item.split()) for item in INDENTED.split("   ")[1:]]

# (what it shows, source, the lines that come out)
LINES = [
    ("decomposed letters are composed", unicodedata.normalize("NFD", "Kế hoạch số 5"), ["Kế hoạch số 5"]),
    ("odd dashes are hyphens", "giai đoạn 2021 – 2025; 20‑NQ/TW; − 5%", ["giai đoạn 2021 - 2025; 20-NQ/TW; - 5%"]),
    ("eth is Đ", "QÐ-UBND", ["QĐ-UBND"]),
    ("full-width forms are plain", "Ｓố：１２／ＫＨ", ["Số:12/KH"]),
    ("odd and double spaces are one", "Sở\u00a0Y  tế \u2003 tỉnh", ["Sở Y tế tỉnh"]),
    ("invisible characters go", "Sở\u200b Y\u00ad tế\ufeff", ["Sở Y tế"]),
    ("bold marks go", "**1. Mục đích**", ["1. Mục đích"]),
    ("bold and italics inside a sentence", "gửi *Sở Y tế* **trước ngày 31/3**.", ["gửi Sở Y tế trước ngày 31/3."]),
    ("Markdown headings", "## **II. NỘI DUNG**", ["II. NỘI DUNG"]),
    (
        "blanks open a paragraph where they open them all",
        INDENTED
        + "   2. Bệnh viện Đa khoa tỉnh và các bệnh viện chuyên khoa\n    Tiếp nhận, điều trị người bệnh nặng do tuyến\n"
        "dưới chuyển lên.\n                    Chỉ tiêu giao năm\n                          2026",
        [
            *INDENTED_LINES,
            "2. Bệnh viện Đa khoa tỉnh và các bệnh viện chuyên khoa",
            "Tiếp nhận, điều trị người bệnh nặng do tuyến dưới chuyển lên.",
            "Chỉ tiêu giao năm 2026",
        ],
    ),
    (
        "a document's code on the next line",
        "nội dung theo mẫu tại Chỉ thị\n08/CT-BYT.",
        ["nội dung theo mẫu tại Chỉ thị 08/CT-BYT."],
    ),
    ("a blank number on two lines", "SỞ Y TẾ\nSố:\n/KH-SYT", ["SỞ Y TẾ", "Số: /KH-SYT"]),
    (
        "a title and the grounds below it",
        WRAPPED + "Kiểm tra, đánh giá chất lượng bệnh viện, phòng khám trên địa bàn tỉnh\n"
        "Thực hiện Quyết định số 9/QĐ-BYT ngày 05/01/2026, Sở Y tế ban hành kế\nhoạch như sau:",
        [
            " ".join(WRAPPED.split()),
            "Kiểm tra, đánh giá chất lượng bệnh viện, phòng khám trên địa bàn tỉnh",
            "Thực hiện Quyết định số 9/QĐ-BYT ngày 05/01/2026, Sở Y tế ban hành kế hoạch như sau:",
        ],
    ),
    (
        "a numbered title that does not reach the end of its line",
        INDENTED.replace("   -", "-") + "2. Các bệnh viện công lập và ngoài công lập\n"
        "Tổ chức khám, phát hiện, điều trị người bệnh theo phân\ntuyến.",
        [
            *INDENTED_LINES,
            "2. Các bệnh viện công lập và ngoài công lập",
            "Tổ chức khám, phát hiện, điều trị người bệnh theo phân tuyến.",
        ],
    ),
    ("tags of bold words go", "<b>1. Mục đích</b> và <STRONG>yêu cầu</STRONG>", ["1. Mục đích và yêu cầu"]),
    ("tags and anchors go", '## <span id="page-3-0"></span>**II. <u>CHỈ TIÊU</u>**', ["II. CHỈ TIÊU"]),
    ("tags that break a line", "<div align='center'>KẾ HOẠCH<br/>Năm 2024</div>", ["KẾ HOẠCH", "Năm 2024"]),
    ("counter-example: signs of comparison", "tỷ lệ <5% và >90%, p<b", ["tỷ lệ <5% và >90%, p<b"]),
    ("a comment of the converter", "Mục tiêu\n\n<!-- image -->\n\nNội dung", ["Mục tiêu", "Nội dung"]),
    ("a footnote's sign goes", "dưới 15%<sup>1</sup>, trên 90%<sup>[2]</sup>", ["dưới 15%, trên 90%"]),
    ("counter-example: a square metre", "200 m<sup>2</sup>", ["200 m2"]),
    ("a footnote's link goes", "dưới 15%[[1]](#_ftn1), 90%[\\[2\\]](#_ftn2), 5%[3](#fn3)", ["dưới 15%, 90%, 5%"]),
    (
        "a link is its words",
        'Căn cứ [Luật Dược](https://a.vn/b-1.aspx "Luật Dược (2016)") ngày 06/4/2016; [Số 15/NĐ](/x) [1] (https://a.vn)',
        ["Căn cứ Luật Dược ngày 06/4/2016; Số 15/NĐ [1] (https://a.vn)"],
    ),
    ("counter-example: brackets that are no link", "đạt 90%[1] (theo [2])(xem)", ["đạt 90%[1] (theo [2])(xem)"]),
    (
        "a picture goes",
        "![](_page_0_Picture_1.jpeg)\n\nI. MỤC TIÊU ![Quốc huy](data:image/png;base64,AAA=)",
        ["I. MỤC TIÊU"],
    ),
    (
        "entities",
        "Sở TT&amp;TT, 5 &ndash; 6&#37;, &ge;&nbsp;95%, T&agrave;i ch&iacute;nh",
        ["Sở TT&TT, 5 - 6%, ≥ 95%, Tài chính"],
    ),
    ("formulas", "đạt $\\geq 9 5 \\%$, $<5\\%$, 85\\%; \\( \\le 2\\% \\)", ["đạt ≥ 95%, <5%, 85%; ≤ 2%"]),
    ("formulas of notes and powers", "15%$^{1}$ và 20 m$^2$", ["15% và 20 m2"]),
    ("counter-example: no formula", "giá 5$ hoặc 10$, \\(2024\\), $x_{ij}$", ["giá 5$ hoặc 10$, (2024), $x_{ij}$"]),
    ("counter-example: no entity", "Sở GD&ĐT; Sở TT&TT; R&D;", ["Sở GD&ĐT; Sở TT&TT; R&D;"]),
    ("a starred bullet stays", "* Lưu ý: nộp đúng hạn", ["* Lưu ý: nộp đúng hạn"]),
    ("an escaped star stays", "\\* Ghi chú", ["* Ghi chú"]),
    ("a note's sign stays", "đạt 90% (*)", ["đạt 90% (*)"]),
    ("rules go", "I. MỤC TIÊU\n-------\n* *\nNội dung", ["I. MỤC TIÊU", "Nội dung"]),
    ("a text of one paragraph a line is not joined", "GIÁM ĐỐC\nNguyễn Văn A", ["GIÁM ĐỐC", "Nguyễn Văn A"]),
    (
        "a sentence cut by a page break goes on",
        "Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an\n\ntoàn, hiệu quả.",
        ["Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an toàn, hiệu quả."],
    ),
    (
        "a page number between the halves goes",
        "Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an\n\n2\n\ntoàn, hiệu quả.",
        ["Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an toàn, hiệu quả."],
    ),
    (
        "a text whose lines are cut here and there",
        "- Phòng Nghiệp vụ Y tổng hợp số liệu của các bệnh viện, gửi Sở trong vòng\n03 ngày, kể từ ngày nhận đủ.\n"
        "- Bệnh viện tổ chức quán triệt Nghị quyết Đại hội Đảng bộ, nhiệm kỳ\n2025 - 2030 trong toàn thể đảng viên.\n"
        "- Các trung tâm y tế gửi danh sách học viên về Sở\nY tế (qua Văn phòng) để tổng hợp.\n"
        "- Hội nghị tổng kết phong trào thi đua toàn tỉnh Thừa Thiên\nHuế.\n"
        "- Mít tinh chào mừng Ngày Thầy thuốc Việt Nam (27/02/1955 -\n27/02/2026).",
        [
            "- Phòng Nghiệp vụ Y tổng hợp số liệu của các bệnh viện, gửi Sở trong vòng 03 ngày, kể từ ngày nhận đủ.",
            "- Bệnh viện tổ chức quán triệt Nghị quyết Đại hội Đảng bộ, nhiệm kỳ 2025 - 2030 trong toàn thể đảng viên.",
            "- Các trung tâm y tế gửi danh sách học viên về Sở Y tế (qua Văn phòng) để tổng hợp.",
            "- Hội nghị tổng kết phong trào thi đua toàn tỉnh Thừa Thiên Huế.",
            "- Mít tinh chào mừng Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2026).",
        ],
    ),
    (
        "a full line goes on whatever the next one opens with",
        "Trung tâm Kiểm soát bệnh tật tỉnh giám sát chặt chẽ các ổ dịch cũ, kịp\nthời xử lý.\n"
        "Bệnh viện Đa khoa tỉnh tiếp nhận, điều trị người bệnh theo hướng dẫn, bố\ntrí đủ thuốc.\n"
        "Mỗi xã thành lập đội xung kích diệt lăng quăng có sự tham gia của Hội\nPhụ nữ.",
        [
            "Trung tâm Kiểm soát bệnh tật tỉnh giám sát chặt chẽ các ổ dịch cũ, kịp thời xử lý.",
            "Bệnh viện Đa khoa tỉnh tiếp nhận, điều trị người bệnh theo hướng dẫn, bố trí đủ thuốc.",
            "Mỗi xã thành lập đội xung kích diệt lăng quăng có sự tham gia của Hội Phụ nữ.",
        ],
    ),
    (
        "counter-example: titles and paragraphs in a text without cut lines",
        "1. Củng cố mạng lưới y tế cơ sở của các huyện, thành phố\nTrung tâm y tế bố trí đủ bác sĩ.\n"
        "2. Công việc của các khoa, phòng trong năm\n3. Kinh phí",
        [
            "1. Củng cố mạng lưới y tế cơ sở của các huyện, thành phố",
            "Trung tâm y tế bố trí đủ bác sĩ.",
            "2. Công việc của các khoa, phòng trong năm",
            "3. Kinh phí",
        ],
    ),
    (
        "positions and names in a text with wrapped lines",
        WRAPPED + "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nHồ Văn Bình\n\nPHỤ LỤC I\nCHỈ TIÊU GIAO CHO CÁC ĐƠN VỊ",
        [
            " ".join(WRAPPED.split()),
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
            "Hồ Văn Bình",
            "PHỤ LỤC I",
            "CHỈ TIÊU GIAO CHO CÁC ĐƠN VỊ",
        ],
    ),
    (
        "a page number between lines of a sentence goes, with and without a form feed",
        "Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an\n2\ntoàn, hiệu quả.\n"
        "Văn phòng Sở tổng hợp kết quả của các đơn vị trực thuộc để tổng\n\f3\nhợp.",
        [
            "Các đơn vị tổ chức tiêm chủng cho trẻ em một cách khoa học, an toàn, hiệu quả.",
            "Văn phòng Sở tổng hợp kết quả của các đơn vị trực thuộc để tổng hợp.",
        ],
    ),
    (
        "page numbers that adorn themselves",
        "- Tập huấn;\n- 2 -\n- Kiểm tra;\nTrang 3/7\n- Giám sát.",
        ["- Tập huấn;", "- Kiểm tra;", "- Giám sát."],
    ),
    (
        "numbers that go on with the pages' count, far from each other",
        f"- Tập huấn;\n- {'x' * 700}\n2\n- Kiểm tra;\n- {'y' * 700}\n3\n- Giám sát.",
        ["- Tập huấn;", f"- {'x' * 700}", "- Kiểm tra;", f"- {'y' * 700}", "- Giám sát."],
    ),
    (
        "counter-example: a table whose cells are lines of their own",
        f"Mở đầu {'x' * 700}\nSTT\nViệc\n1\nTập huấn\n2\nKiểm tra\n3\nGiám sát",
        [f"Mở đầu {'x' * 700}", "STT", "Việc", "1", "Tập huấn", "2", "Kiểm tra", "3", "Giám sát"],
    ),
    (
        "counter-example: a bullet that is a number, and a number that is no page's",
        "Số giường bệnh\n120\nSố bác sĩ\n- 35\nHết",
        ["Số giường bệnh", "120", "Số bác sĩ", "- 35", "Hết"],
    ),
    (
        "line ends that a scraper wrote out",
        "I. MỤC TIÊU\\r\\n- Tiêm đủ mũi.\\r\\n- Khám đủ lượt.",
        ["I. MỤC TIÊU", "- Tiêm đủ mũi.", "- Khám đủ lượt."],
    ),
    (
        "a closed sentence does not go on",
        "Các đơn vị tổ chức tiêm chủng cho trẻ em an toàn, hiệu quả.\n\ntheo dõi sau tiêm",
        ["Các đơn vị tổ chức tiêm chủng cho trẻ em an toàn, hiệu quả.", "theo dõi sau tiêm"],
    ),
    (
        "wrapped lines are joined, bullets are not",
        WRAPPED + "- Phòng Nghiệp vụ Y tham mưu\ntriển khai.\n- Văn phòng Sở đôn đốc.",
        [
            " ".join(WRAPPED.split()),
            "- Phòng Nghiệp vụ Y tham mưu triển khai.",
            "- Văn phòng Sở đôn đốc.",
        ],
    ),
    (
        "a dash between years is no bullet",
        WRAPPED + "Thực hiện Chương trình giai đoạn 2021\n- 2025 trên địa bàn.",
        [" ".join(WRAPPED.split()), "Thực hiện Chương trình giai đoạn 2021 - 2025 trên địa bàn."],
    ),
    (
        "a label behind a sentence, cut from its answer",
        WRAPPED * 3 + "1.1. Kiện toàn Ban Chỉ đạo chăm sóc sức khỏe nhân dân các cấp. Thời gian:\n"
        "Hoàn thành trong tháng 02/2023.\n\nCác đơn vị thực hiện những nội dung sau:\n\nTập huấn cho cán bộ y tế.",
        [
            *[" ".join(WRAPPED.split())] * 3,
            "1.1. Kiện toàn Ban Chỉ đạo chăm sóc sức khỏe nhân dân các cấp. Thời gian: Hoàn thành trong tháng 02/2023.",
            "Các đơn vị thực hiện những nội dung sau:",
            "Tập huấn cho cán bộ y tế.",
        ],
    ),
    (
        "a number with a slash opens a line of its own",
        "III/ NỘI DUNG, THỜI GIAN, ĐỊA ĐIỂM\n1/ Nội dung\n1.1/ Tập huấn cho cán bộ y tế của các xã trong toàn huyện,\n"
        "a/ Địa điểm: tại Trung tâm Y tế huyện.",
        [
            "III/ NỘI DUNG, THỜI GIAN, ĐỊA ĐIỂM",
            "1/ Nội dung",
            "1.1/ Tập huấn cho cán bộ y tế của các xã trong toàn huyện,",
            "a/ Địa điểm: tại Trung tâm Y tế huyện.",
        ],
    ),
    (
        "counter-example: a fraction and a date with a slash",
        WRAPPED
        + "Các đơn vị gửi báo cáo về Sở Y tế trước ngày\n15/ 6 và bảo đảm số trạm y tế có bác sĩ làm việc đạt\n2/3 số trạm.",
        [
            " ".join(WRAPPED.split()),
            "Các đơn vị gửi báo cáo về Sở Y tế trước ngày 15/ 6 và bảo đảm số trạm y tế có bác sĩ làm việc đạt 2/3 số trạm.",
        ],
    ),
    (
        "a letter that closes a bracket of the line above is no marker",
        WRAPPED + "- Khai báo ca bệnh trong vòng 48 giờ (đối với bệnh thuộc nhóm B,\nC) kể từ khi có chẩn đoán.\n"
        "a) Rà soát cơ số thuốc.",
        [
            " ".join(WRAPPED.split()),
            "- Khai báo ca bệnh trong vòng 48 giờ (đối với bệnh thuộc nhóm B, C) kể từ khi có chẩn đoán.",
            "a) Rà soát cơ số thuốc.",
        ],
    ),
    (
        "a value whose label ends the line above, within a bracket or behind one",
        2 * WRAPPED + "c) Mức tiêu thụ đường bình quân ở người lớn còn dưới 24 gam (năm 2022:\n27 gam/ngày).\n"
        "d) Số hộ sinh giữ như cũ; số điều dưỡng/10.000 dân (không tính trạm xá):\n21,5; số dược sĩ tăng.",
        [
            *2 * [" ".join(WRAPPED.split())],
            "c) Mức tiêu thụ đường bình quân ở người lớn còn dưới 24 gam (năm 2022: 27 gam/ngày).",
            "d) Số hộ sinh giữ như cũ; số điều dưỡng/10.000 dân (không tính trạm xá): 21,5; số dược sĩ tăng.",
        ],
    ),
    (
        "counter-example: shares below the line that announces them",
        2 * WRAPPED + "- Khám đủ lượt.\n- Tiêm đủ mũi.\n"
        "Phấn đấu đến cuối năm 2027 toàn tỉnh đạt các chỉ tiêu sau đây:\n92% trạm y tế có bác sĩ.",
        [
            *2 * [" ".join(WRAPPED.split())],
            "- Khám đủ lượt.",
            "- Tiêm đủ mũi.",
            "Phấn đấu đến cuối năm 2027 toàn tỉnh đạt các chỉ tiêu sau đây:",
            "92% trạm y tế có bác sĩ.",
        ],
    ),
    (
        "counter-example: a bracket that was never closed, and an item below it",
        WRAPPED + "1. Kinh phí (ngân sách tỉnh;\na) Chi thường xuyên.",
        [" ".join(WRAPPED.split()), "1. Kinh phí (ngân sách tỉnh;", "a) Chi thường xuyên."],
    ),
    (
        "a dash between the ends of a range is no bullet",
        WRAPPED
        + "- Giảm số ca mắc các bệnh truyền nhiễm có vắc xin từ 5\n- 10% so với trung bình 5 năm.\n- 10% số mẫu.",
        [
            " ".join(WRAPPED.split()),
            "- Giảm số ca mắc các bệnh truyền nhiễm có vắc xin từ 5 - 10% so với trung bình 5 năm.",
            "- 10% số mẫu.",
        ],
    ),
    (
        "a number that belongs to the word before it is no marker",
        WRAPPED + "Các đơn vị hoàn thành trước ngày\n15/6/2025 và gửi về Sở.",
        [" ".join(WRAPPED.split()), "Các đơn vị hoàn thành trước ngày 15/6/2025 và gửi về Sở."],
    ),
    (
        "a title in capitals that ends in a counting word",
        WRAPPED + "III. NHIỆM VỤ THEO QUÝ\n1. Quý I: tập huấn.\n2. Quý II: kiểm tra.",
        [" ".join(WRAPPED.split()), "III. NHIỆM VỤ THEO QUÝ", "1. Quý I: tập huấn.", "2. Quý II: kiểm tra."],
    ),
    (
        "a Roman quarter is no title in capitals",
        WRAPPED + "*Thời gian hoàn thành: *Quý\nIII/2025.",
        [" ".join(WRAPPED.split()), "Thời gian hoàn thành: Quý III/2025."],
    ),
    (
        "a bold title over two lines",
        WRAPPED + "**I. MỤC\nĐÍCH, YÊU CẦU**\n\nNội dung.",
        [" ".join(WRAPPED.split()), "I. MỤC ĐÍCH, YÊU CẦU", "Nội dung."],
    ),
    (
        "Markdown rows are cells",
        "| STT | Nội dung |\n|---|---|\n| 1 | Tập huấn |",
        ["STT", "Nội dung", "1", "Tập huấn"],
    ),
    (
        "a title between two tables with tabs",
        "STT\tChỉ tiêu\n1\tBao phủ\nIII. NHIỆM VỤ\nSTT\tViệc\n1\tTập huấn",
        ["STT", "Chỉ tiêu", "1", "Bao phủ", "III. NHIỆM VỤ", "STT", "Việc", "1", "Tập huấn"],
    ),
    ("tabs part cells", "STT\tNội dung\n1\tTập huấn", ["STT", "Nội dung", "1", "Tập huấn"]),
    (
        "a letterhead in two columns of spaces reads block by block",
        "UBND TỈNH A            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n  SỞ Y TẾ                 Độc lập - Tự do - Hạnh phúc\n"
        "Số:     /KH-SYT        A, ngày      tháng 3 năm 2024\n\nKẾ HOẠCH",
        [
            "UBND TỈNH A",
            "SỞ Y TẾ",
            "Số: /KH-SYT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "A, ngày tháng 3 năm 2024",
            "KẾ HOẠCH",
        ],
    ),
]


LINES += [
    (
        "a scan's letterhead in two columns, the state's name over two lines",
        "UBND TỈNH A CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nSỞ Y TẾ VIỆT NAM\nSố: 5/KH-SYT Độc lập - Tự do - Hạnh phúc\n"
        "A, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH",
        [
            "UBND TỈNH A",
            "SỞ Y TẾ",
            "Số: 5/KH-SYT",
            "A, ngày 05 tháng 3 năm 2024",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
            "VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "KẾ HOẠCH",
        ],
    ),
]


FOOT = """Nơi nhận:\t\tKT. GIÁM ĐỐC
- Như trên;\t\tPHÓ GIÁM ĐỐC
- Lưu: VT.\t\tHồ Văn Bình
"""
FOOT_LINES = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hồ Văn Bình"]

# (what it shows, the foot of a plan, the lines that come out)
FEET = [
    ("plain", FOOT, FOOT_LINES),
    ("decomposed", unicodedata.normalize("NFD", FOOT), FOOT_LINES),
    ("odd spaces", FOOT.replace(" ", "\u00a0"), FOOT_LINES),
    (
        "a scan's signer at the end of a recipient's line",
        "Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh (b/c);\n\n- Các đơn vị y tế (phối Lê Thị Hòa\nhợp);\n\n- Lưu: VT.\n",
        ["Nơi nhận:", "- UBND tỉnh (b/c);", "- Các đơn vị y tế (phối hợp);", "- Lưu: VT.", "GIÁM ĐỐC", "Lê Thị Hòa"],
    ),
    (
        "the end of a recipient below an empty line",
        "Nơi nhận: GIÁM ĐỐC\n- Bộ Y tế;\n\n- Các bệnh viện, TTYT huyện, thành\n\nphố;\n\n- Lưu: VT. Lê Thị Hòa\n",
        ["Nơi nhận:", "- Bộ Y tế;", "- Các bệnh viện, TTYT huyện, thành phố;", "- Lưu: VT.", "GIÁM ĐỐC", "Lê Thị Hòa"],
    ),
    (
        "recipients that go over a line",
        "Nơi nhận:                              KT. GIÁM ĐỐC\n- Ban Thi đua, Khen thưởng tỉnh (để       PHÓ GIÁM ĐỐC\n"
        "báo cáo);\n- Sở Văn hóa, Thể thao -                Hồ Văn Bình\nKhối trưởng Khối thi đua;\n- Các đơn vị y tế tuyến\n"
        "tỉnh;\n- Lưu: VT.\n\nPHỤ LỤC",
        [
            "Nơi nhận:",
            "- Ban Thi đua, Khen thưởng tỉnh (để báo cáo);",
            "- Sở Văn hóa, Thể thao - Khối trưởng Khối thi đua;",
            "- Các đơn vị y tế tuyến tỉnh;",
            "- Lưu: VT.",
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
            "Hồ Văn Bình",
            "PHỤ LỤC",
        ],
    ),
    (
        "misread, with one blank between the columns",
        "Noi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT. Hồ Văn Bình",
        FOOT_LINES,
    ),
    ("columns of no-break spaces", FOOT.replace("\t\t", "\u00a0" * 12), FOOT_LINES),
    ("a page number inside", FOOT.replace("- Lưu", "\n2\n\n- Lưu"), FOOT_LINES),
    (
        "an appendix right below",
        FOOT + "PHỤ LỤC 1\nSTT\tViệc\tHạn\n1\tTập huấn\tQuý I",
        [*FOOT_LINES, "PHỤ LỤC 1", "STT", "Việc", "Hạn", "1", "Tập huấn", "Quý I"],
    ),
    (
        "one column, and a table below it",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nHồ Văn Bình\nPHỤ LỤC 1\nSTT\tViệc\tHạn",
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Hồ Văn Bình", "PHỤ LỤC 1", "STT", "Việc", "Hạn"],
    ),
    (
        "a plan attached, with a table of its own",
        "Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nHồ Văn Bình\nKẾ HOẠCH\nTiêm chủng\nI. Mục đích\n- Phòng bệnh.\nSTT\tViệc\tHạn",
        ["Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Hồ Văn Bình", "KẾ HOẠCH", "Tiêm chủng", "I. Mục đích", "- Phòng bệnh.",
         "STT", "Việc", "Hạn"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), [row[1:] for row in FEET], ids=[row[0] for row in FEET])
def test_feet(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(("source", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def cells(text: str) -> list[tuple[int, int, str]]:
    result = cleaned(text)
    return [(line.cell.row, line.cell.column, result.line_text(line)) for line in result.lines if line.cell]


# Cells set apart by lines of one bar: an empty cell and the end of a row look alike.
BARRED = [
    ("a plain table", "|\nA\n|\nB\n|\n|\nc\n|\nd\n|", [(0, 0, "A"), (0, 1, "B"), (1, 0, "c"), (1, 1, "d")]),
    (
        "empty cells at the end of a row",
        "|\nSTT\n|\nTên\n|\nHạn\n|\n|\n1\n|\nTập huấn\n|\n|\n|\n2\n|\nKiểm tra\n|\nquý I\n|",
        [
            (0, 0, "STT"),
            (0, 1, "Tên"),
            (0, 2, "Hạn"),
            (1, 0, "1"),
            (1, 1, "Tập huấn"),
            (2, 0, "2"),
            (2, 1, "Kiểm tra"),
            (2, 2, "quý I"),
        ],
    ),
    (
        "an empty cell inside a row",
        "|\nSTT\n|\nTên\n|\nĐVT\n|\nNăm\n|\n|\n1\n|\nGiường bệnh\n|\n|\n32,5\n|",
        [
            (0, 0, "STT"),
            (0, 1, "Tên"),
            (0, 2, "ĐVT"),
            (0, 3, "Năm"),
            (1, 0, "1"),
            (1, 1, "Giường bệnh"),
            (1, 3, "32,5"),
        ],
    ),
    (
        "text after the last row is outside",
        "|\nA\n|\nB\n|\n|\nc\n|\nd\n|\n\n**KẾ HOẠCH**\n\nNội dung",
        [(0, 0, "A"), (0, 1, "B"), (1, 0, "c"), (1, 1, "d")],
    ),
]


@pytest.mark.parametrize(("source", "expected"), [row[1:] for row in BARRED], ids=[row[0] for row in BARRED])
def test_barred_tables(source: str, expected: list[tuple[int, int, str]]) -> None:
    assert cells(source) == expected


# (what it shows, source, the cells that come out: table, row, column, width, height, words)
TAGGED = [
    (
        "on lines of their own, tags inside",
        "Biểu 1\n<table>\n<thead>\n<tr><th>STT</th>\n<th>Việc</th></tr></thead>\n<tr><td>1</td>\n"
        "<td><b>Tập</b><br/>huấn</td></tr>\n</table>\nHết",
        [(0, 0, 0, 1, 1, "STT"), (0, 0, 1, 1, 1, "Việc"), (0, 1, 0, 1, 1, "1"), (0, 1, 1, 1, 1, "Tập huấn")],
    ),
    (
        "merged cells, one line, no ends",
        'Bảng <TABLE><TR><TD ROWSPAN="2">A<TD colspan=2>B<TR><TD>b<TD>c</TABLE> xong',
        [(0, 0, 0, 1, 2, "A"), (0, 0, 1, 2, 1, "B"), (0, 1, 1, 1, 1, "b"), (0, 1, 2, 1, 1, "c")],
    ),
    (
        "two, with a Markdown table between them",
        "<table><tr><td>a</td><td>b</td></tr></table>\n| c | d |\n<table><tr><td></td><td>e</td></tr></table>",
        [(0, 0, 0, 1, 1, "a"), (0, 0, 1, 1, 1, "b"), (1, 0, 0, 1, 1, "c"), (1, 0, 1, 1, 1, "d"), (2, 0, 1, 1, 1, "e")],
    ),
    (
        "a table inside a cell is that cell's",
        "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
        [(0, 0, 0, 1, 1, "a"), (0, 0, 1, 1, 1, "b c")],
    ),
    ("counter-example: a frame", "<table><tr><td>KẾ HOẠCH</td></tr><tr><td>Năm 2024</td></tr></table>", []),
    ("counter-example: never closed", "<table><tr><td>a</td><td>b</td></tr>", []),
    (
        "one never closed above another",
        "<table><tr><td>a</td><td>b</td></tr>\n<table><tr><td>c</td><td>d</td></tr></table>",
        [(0, 0, 0, 1, 1, "c"), (0, 0, 1, 1, 1, "d")],
    ),
]


@pytest.mark.parametrize(("source", "expected"), [row[1:] for row in TAGGED], ids=[row[0] for row in TAGGED])
def test_tables_in_tags(source: str, expected: list[tuple[int, int, int, int, int, str]]) -> None:
    result = cleaned(source)
    cells: dict[tuple[int, ...], list[str]] = {}
    for line in result.lines:
        if line.cell:
            cells.setdefault(tuple(line.cell), []).append(result.line_text(line))
    assert [(*cell, " ".join(words)) for cell, words in cells.items()] == expected


@pytest.mark.parametrize(
    "sign",
    [
        "<",
        "[",
        "![](",
        "](http:",
        "<table><tr><td>",
        "TT  a  b\n",
        "$1$",
        "$\\ge ",
        "\\(1\\%",
        "<!--",
        "&#",
        "[a](/(",
        "<b ",
    ],
)
def test_opened_marks_take_linear_time(sign: str) -> None:
    text = sign * (400_000 // len(sign))
    start = time.perf_counter()
    cleaned(text)
    assert time.perf_counter() - start < 10


def test_a_title_between_two_tables_is_no_row() -> None:
    result = cleaned("STT\tChỉ tiêu\n1\tBao phủ\nA\n2\tSàng lọc\nIII. NHIỆM VỤ\nSTT\tViệc\n1\tTập huấn")
    assert [(line.cell and line.cell[:3], result.line_text(line)) for line in result.lines] == [
        ((0, 0, 0), "STT"), ((0, 0, 1), "Chỉ tiêu"), ((0, 1, 0), "1"), ((0, 1, 1), "Bao phủ"), ((0, 2, 0), "A"),
        ((0, 3, 0), "2"), ((0, 3, 1), "Sàng lọc"), (None, "III. NHIỆM VỤ"),
        ((1, 0, 0), "STT"), ((1, 0, 1), "Việc"), ((1, 1, 0), "1"), ((1, 1, 1), "Tập huấn"),
    ]  # fmt: skip


def test_a_lone_bar_at_the_end_does_not_hang() -> None:
    assert lines("Nội dung\n|") == ["Nội dung"]
    assert lines("|") == []


def test_bold_and_levels_are_kept() -> None:
    result = cleaned("## **II. NỘI DUNG**\n\n**1. Đối tượng:** trẻ em dưới 5 tuổi\n\nThường")
    heading, labelled, plain = result.lines
    assert (heading.level, heading.bold_end) == (2, heading.end)
    assert result.clean[labelled.start : labelled.bold_end] == "1. Đối tượng:"
    assert plain.bold_end == plain.start


def test_spans_point_at_the_words_as_printed() -> None:
    source = "gửi về Sở Y tế  trước ngày **31/3/2022** để theo dõi"
    text = cleaned(source)
    start = text.clean.index("trước ngày 31/3/2022")
    first, last = text.to_source(start, start + len("trước ngày 31/3/2022"))
    assert source[first:last] == "trước ngày **31/3/2022"


def test_a_span_takes_the_marks_of_a_composed_letter_with_it() -> None:
    source = unicodedata.normalize("NFD", "Sở Y tế")
    text = cleaned(source)
    first, last = text.to_source(0, len("Sở Y tế"))
    assert source[first:last] == source


def test_spans_of_a_decomposed_text_with_written_line_ends() -> None:
    source = unicodedata.normalize("NFD", "I. MỤC TIÊU\\r\\n- Đạt 95% số xã\\r\\n- Hết")
    text = cleaned(source)
    start = text.clean.index("95% số xã")
    first, last = text.to_source(start, start + len("95% số xã"))
    assert unicodedata.normalize("NFC", source[first:last]) == "95% số xã"


def test_cells_of_a_reader_move_with_composed_letters() -> None:
    source = unicodedata.normalize("NFD", "Nơi nhận\tGiám đốc")
    tab = source.index("\t")
    text = cleaned(
        source,
        markup="styled",
        cells=(CellRun(0, tab, 0, 0, 0), CellRun(tab + 1, len(source), 0, 0, 1)),
    )
    assert [(text.line_text(line), line.cell and line.cell.column) for line in text.lines] == [
        ("Nơi nhận", 0),
        ("Giám đốc", 1),
    ]


def test_styles_of_a_reader() -> None:
    body = "1. Mục đích\nNội dung\nA\tB"
    text = cleaned(
        body,
        markup="styled",
        styles=(StyleRun(0, 11, "bold"), StyleRun(0, 11, "heading", 2)),
        cells=(CellRun(21, 22, 0, 0, 0), CellRun(23, 24, 0, 0, 1)),
    )
    first, second, a, b = text.lines
    assert (first.level, first.bold_end) == (2, first.end)
    assert (second.level, second.bold_end) == (0, second.start)
    assert a.cell and b.cell
    assert (a.cell[:3], b.cell[:3]) == ((0, 0, 0), (0, 0, 1))
    assert "*" not in text.clean


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("aĐế1. -–*#|\\rn\n\f\t(),:Số\u0301\u00a0\u200b/&;<br>![$%")), max_size=120)
)
def test_any_text_is_cleaned_with_its_offsets(source: str) -> None:
    text = cleaned(source)
    assert len(text.offsets) == len(text.clean) + 1
    assert all(0 <= offset <= len(source) for offset in text.offsets)
    position = 0
    for line in text.lines:
        assert position <= line.start <= line.bold_end <= line.end or line.bold_end == line.start
        assert "\n" not in text.line_text(line)
        position = line.end
    for index, character in enumerate(text.clean):
        if character.isdigit() and character.isascii():
            assert source[text.offsets[index]] == character
