"""Annotated sentences: what is due in them, when, whose it is and whom it goes to.

A row is (text, [what is expected], options). The text is in the form of `tests.deadlines.build`; the plan is for 2025,
signed on 15 January 2025, unless the options say otherwise. `who` and `to` are compared only where they are given.
"""

from __future__ import annotations

from typing import Any, NamedTuple

ANY = "*"


class Want(NamedTuple):
    quote: str
    kind: str
    start: str | None = None
    end: str | None = None
    rrule: str | None = None
    bound: str | None = ANY
    who: str | None = ANY
    to: str | None = ANY
    anchor: str | None = ANY
    offset: str | None = None


def due(quote: str, end: str | None, **fields: Any) -> Want:
    return Want(quote, "deadline", end=end, **fields)


def span(quote: str, start: str | None, end: str | None, **fields: Any) -> Want:
    return Want(quote, "interval", start=start, end=end, **fields)


def again(quote: str, rrule: str, **fields: Any) -> Want:
    return Want(quote, "recurring", rrule=rrule, **fields)


def after(quote: str, offset: str | None, **fields: Any) -> Want:
    return Want(quote, "relative", offset=offset, **fields)


Row = tuple[str, list[Want], dict[str, Any]]

# --- who does it and whom it goes to ------------------------------------------------------------------------------

PEOPLE: list[Row] = [
    # the subject of the sentence
    ("Các bệnh viện lập danh sách gửi về Sở Y tế (qua Phòng Nghiệp vụ Y) trước ngày 25/3/2025.",
     [due("trước ngày 25/3/2025", "2025-03-25", bound="before", who="Các bệnh viện", to="Sở Y tế (qua Phòng Nghiệp vụ Y)")], {}),
    ("1. Trưởng các phòng thuộc Sở, Giám đốc các đơn vị trực thuộc tổ chức quán triệt Kế hoạch này, gửi kết quả về Văn phòng Sở chậm nhất ngày 30/11/2025 để tổng hợp, báo cáo UBND tỉnh.",
     [due("chậm nhất ngày 30/11/2025", "2025-11-30", bound="by", who="Trưởng các phòng thuộc Sở, Giám đốc các đơn vị trực thuộc", to="Văn phòng Sở")], {}),
    ("- Trung tâm Kiểm soát bệnh tật báo cáo Sở Y tế trước ngày 05/12/2025.",
     [due("trước ngày 05/12/2025", "2025-12-05", who="Trung tâm Kiểm soát bệnh tật", to="Sở Y tế")], {}),
    ("2. Khối trưởng 03 Khối thi đua tổng hợp đăng ký của các đơn vị và gửi về Sở Y tế (qua Phòng Tổ chức cán bộ), đồng gửi Ban Thi đua - Khen thưởng tỉnh trước ngày 10/3/2025.",
     [due("trước ngày 10/3/2025", "2025-03-10", who="Khối trưởng 03 Khối thi đua", to="Sở Y tế (qua Phòng Tổ chức cán bộ)")], {}),
    # somebody is asked
    ("3. Giao Phòng Kế hoạch - Tài chính theo dõi, đôn đốc; tổng hợp kết quả báo cáo Giám đốc Sở trước ngày 20/12/2025.",
     [due("trước ngày 20/12/2025", "2025-12-20", who="Phòng Kế hoạch - Tài chính", to="Giám đốc Sở")], {}),
    ("Đề nghị UBND các xã, phường rà soát đối tượng, gửi danh sách về Trạm Y tế trước ngày 15/02/2025.",
     [due("trước ngày 15/02/2025", "2025-02-15", who="UBND các xã, phường", to="Trạm Y tế")], {}),
    ("Sở Y tế yêu cầu Thủ trưởng các đơn vị báo cáo kết quả thực hiện về Sở Y tế trước ngày 31/10/2025.",
     [due("trước ngày 31/10/2025", "2025-10-31", who="Thủ trưởng các đơn vị", to="Sở Y tế")], {}),
    ("Trên đây là Kế hoạch chăm sóc người cao tuổi của ngành, đề nghị các đơn vị báo cáo kết quả về Sở Y tế trước ngày 10/12/2025.",
     [due("trước ngày 10/12/2025", "2025-12-10", who="các đơn vị", to="Sở Y tế")], {}),
    # the time stands first
    ("Trước ngày 15/12 hằng năm, các cơ quan, đơn vị gửi báo cáo về Sở Y tế để tổng hợp.",
     [again("Trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", bound="before", who="các cơ quan, đơn vị", to="Sở Y tế")], {}),
    ("Định kỳ 6 tháng, Trung tâm Y tế các khu vực báo cáo Sở Y tế (qua Phòng Nghiệp vụ Dược).",
     [again("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6", who="Trung tâm Y tế các khu vực", to="Sở Y tế (qua Phòng Nghiệp vụ Dược)")], {}),
    ("Căn cứ Kế hoạch này, Giám đốc các bệnh viện xây dựng kế hoạch chi tiết, hoàn thành trong tháng 02/2025.",
     [span("hoàn thành trong tháng 02/2025", "2025-02-01", "2025-02-28", bound="within", who="Giám đốc các bệnh viện")], {}),
    # an interval that ends before it starts has neither day
    ("- Trung tâm Y tế các khu vực tổ chức chiến dịch từ ngày 20/5/2025 đến ngày 10/5/2025.",
     [span("từ ngày 20/5/2025 đến ngày 10/5/2025", None, None, who="Trung tâm Y tế các khu vực")], {}),
    # the next sentence of an item goes on with its subject
    ("1. Các cơ sở tiêm chủng rà soát hồ sơ trên hệ thống. Kết quả gửi về Trung tâm Y tế trước ngày 05/5/2025.",
     [due("trước ngày 05/5/2025", "2025-05-05", who="Các cơ sở tiêm chủng", to="Trung tâm Y tế")], {}),
    # the item above
    ("1. Các địa phương, đơn vị căn cứ nhiệm vụ được giao triển khai các nội dung sau:\n- Kiện toàn tổ giám sát, báo cáo Sở Y tế trước ngày 20/02/2025.",
     [due("trước ngày 20/02/2025", "2025-02-20", who="Các địa phương, đơn vị", to="Sở Y tế")], {}),
    # the heading's unit
    ("# 2. Văn phòng Sở và các đơn vị trực thuộc | implementation\nĐịnh kỳ 6 tháng, 01 năm tiến hành sơ kết, tổng kết, gửi kết quả về Sở Y tế (qua Phòng Tổ chức cán bộ).",
     [again("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6", who="Văn phòng Sở và các đơn vị trực thuộc", to="Sở Y tế (qua Phòng Tổ chức cán bộ)"),
      again("01 năm", "FREQ=YEARLY", who="Văn phòng Sở và các đơn vị trực thuộc", to="Sở Y tế (qua Phòng Tổ chức cán bộ)")], {}),
    ("# 1.2. Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo | tasks\n- Tổng hợp kết quả kiểm tra, hoàn thành trước ngày 31/5/2025.",
     [due("hoàn thành trước ngày 31/5/2025", "2025-05-31", who="Sở Tài chính")], {}),
    ("# 3. Đề nghị Hội Chữ thập đỏ tỉnh | implementation\nPhối hợp tổ chức hiến máu, hoàn thành trong quý II/2025.",
     [span("hoàn thành trong quý II/2025", "2025-04-01", "2025-06-30", who="Hội Chữ thập đỏ tỉnh")], {}),
    ("# 5. Trách nhiệm của chủ cơ sở hành nghề | implementation\n- Báo cáo kết quả tự kiểm tra cho Phòng Nghiệp vụ Y trước ngày 20/8/2025.",
     [due("trước ngày 20/8/2025", "2025-08-20", who="chủ cơ sở hành nghề", to="Phòng Nghiệp vụ Y")], {}),
    # several subjects in one sentence: the heading's units
    ("# 7. Các sở, ban, ngành, UBND các xã | implementation\nCác sở, ban, ngành tổ chức thực hiện nhiệm vụ được giao; UBND các xã xây dựng kế hoạch; báo cáo kết quả về Sở Y tế trước ngày 10/12 hằng năm.",
     [again("trước ngày 10/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", who="Các sở, ban, ngành, UBND các xã", to="Sở Y tế")], {}),
    # the unit in between stands apart from the recipient
    ("- Các cơ quan, đơn vị báo cáo Ủy ban nhân dân tỉnh về kết quả thực hiện (qua Sở Nội vụ) trước ngày 20/11/2025.",
     [due("trước ngày 20/11/2025", "2025-11-20", to="Ủy ban nhân dân tỉnh (qua Sở Nội vụ)")], {}),
    ("Các xã báo cáo kết quả về Ban Chỉ huy tỉnh qua Văn phòng Ban Chỉ huy để tổng hợp trước ngày 01/10/2025.",
     [due("trước ngày 01/10/2025", "2025-10-01", to="Ban Chỉ huy tỉnh (qua Văn phòng Ban Chỉ huy)")], {}),
    ("Các đơn vị, trước ngày 18/6/2025, gửi báo cáo về Sở Y tế để tổng hợp, báo cáo Bộ Y tế.",
     [due("trước ngày 18/6/2025", "2025-06-18", to="Sở Y tế")], {}),
    ("Văn phòng Sở tham mưu văn bản báo cáo UBND tỉnh, Bộ Y tế trước ngày 25/12/2025.",
     [due("trước ngày 25/12/2025", "2025-12-25", who="Văn phòng Sở", to="UBND tỉnh, Bộ Y tế")], {}),
    # no recipient: nothing is sent
    ("Các trạm y tế hoàn thành phun hóa chất trước ngày 30/4/2025 để phục vụ Nhân dân.",
     [due("trước ngày 30/4/2025", "2025-04-30", who="Các trạm y tế", to=None)], {}),
    # a label before the subject
    ("- Báo cáo tháng: Các trạm y tế gửi số liệu về Trung tâm Y tế trước ngày 05 của tháng kế tiếp.",
     [again("trước ngày 05 của tháng kế tiếp", "FREQ=MONTHLY;BYMONTHDAY=5", who="Các trạm y tế", to="Trung tâm Y tế")], {}),
    # two times in one clause: what stands between them belongs to the second
    ("2.1. Định kỳ trước ngày 05 hằng tháng cung cấp số liệu cho Sở Y tế.\n3. Các phòng họp xong trước ngày 20/11/2025 và gửi văn bản về Sở Y tế trước ngày 25/11/2025.",
     [again("trước ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5", to="Sở Y tế"),
      due("xong trước ngày 20/11/2025", "2025-11-20", to=None), due("trước ngày 25/11/2025", "2025-11-25", to="Sở Y tế")], {}),
    # names that hold a verb
    ("- Cơ sở y tế ngoài công lập báo cáo số liệu về Trạm Y tế trước ngày 05/6/2025.",
     [due("trước ngày 05/6/2025", "2025-06-05", who="Cơ sở y tế ngoài công lập", to="Trạm Y tế")], {}),
    ("- Ban Chỉ đạo các cấp họp 01 quý/lần.", [again("01 quý/lần", "FREQ=MONTHLY;INTERVAL=3", who="Ban Chỉ đạo các cấp")], {}),
    ("- Tổ giúp việc tổng hợp kết quả trước ngày 30/6/2025.", [due("trước ngày 30/6/2025", "2025-06-30", who="Tổ giúp việc")], {}),
    ("Trong quá trình thực hiện Kế hoạch, các đơn vị báo cáo Sở Y tế trước ngày 30/6/2025.",
     [due("trước ngày 30/6/2025", "2025-06-30", who="các đơn vị", to="Sở Y tế")], {}),
    # words inside an event that end others
    ("Các đơn vị tiếp thu trong thời hạn 15 ngày làm việc kể từ ngày nhận được báo cáo tự đánh giá.",
     [after("trong thời hạn 15 ngày làm việc kể từ ngày nhận được báo cáo tự đánh giá", "P15D", who="Các đơn vị")], {}),
    ("Bệnh viện trả lời trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản của Sở Y tế.",
     [after("trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản của Sở Y tế", "P5D", who="Bệnh viện", to=None)], {}),
    ("Các xã hoàn thành trong vòng 10 ngày kể từ ngày UBND tỉnh ban hành Kế hoạch này.",
     [after("trong vòng 10 ngày kể từ ngày UBND tỉnh ban hành Kế hoạch này", "P10D", who="Các xã", anchor="issue_date")], {}),
    ("Trong vòng 05 ngày kể từ ngày nhận được Kế hoạch này các đơn vị gửi danh sách về Sở Y tế.",
     [after("Trong vòng 05 ngày kể từ ngày nhận được Kế hoạch này", "P5D", who="các đơn vị", to="Sở Y tế")], {}),
    # the unit in between behind the time
    ("Các phòng báo cáo về Sở Y tế trước ngày 20/5/2025 (qua Văn phòng Sở, địa chỉ: vanphong@soyte.vn).",
     [due("trước ngày 20/5/2025", "2025-05-20", who="Các phòng", to="Sở Y tế (qua Văn phòng Sở)")], {}),
    # who is asked in the sentence before
    ("2. Trên cơ sở báo cáo của các bệnh viện, giao Phòng Nghiệp vụ Dược rà soát, tham mưu hướng xử lý. Hoàn thành, báo cáo UBND tỉnh trước ngày 20/02/2025.",
     [due("trước ngày 20/02/2025", "2025-02-20", who="Phòng Nghiệp vụ Dược", to="UBND tỉnh")], {}),
    # people whom a unit names for its own work; others whom it directs
    ("# 3. Các đơn vị trực thuộc Sở | implementation\nPhân công 01 cán bộ đầu mối, gửi danh sách về Sở Y tế trước 31/3/2025.",
     [due("trước 31/3/2025", "2025-03-31", who="Các đơn vị trực thuộc Sở", to="Sở Y tế")], {}),
    ("# 3. Sở Giáo dục và Đào tạo | implementation\nChỉ đạo các trường rà soát học sinh; báo cáo kết quả về Sở Y tế trước ngày 15/11/2025.",
     [due("trước ngày 15/11/2025", "2025-11-15", who="Sở Giáo dục và Đào tạo", to="Sở Y tế")], {}),
    ("# 2. Bảo hiểm xã hội tỉnh | implementation\n- Định kỳ trước ngày 05 hằng tháng cung cấp số liệu cho Sở Y tế và Ủy ban nhân dân các xã, phường.",
     [again("trước ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5", who="Bảo hiểm xã hội tỉnh", to="Sở Y tế và Ủy ban nhân dân các xã, phường")], {}),
    # other verbs of sending
    ("Đơn vị để chậm số liệu phải giải trình với Sở Y tế (qua Văn phòng) trước ngày 05 của tháng kế tiếp.",
     [again("trước ngày 05 của tháng kế tiếp", "FREQ=MONTHLY;BYMONTHDAY=5", who="Đơn vị để chậm số liệu", to="Sở Y tế (qua Văn phòng)")], {}),
    ("Phòng Tài chính quyết toán kinh phí với Quỹ Phòng, chống tác hại của thuốc lá trước ngày 10/01/2026.",
     [due("trước ngày 10/01/2026", "2026-01-10", who="Phòng Tài chính", to="Quỹ Phòng, chống tác hại của thuốc lá")], {}),
    ("Ban quản lý dự án trình Giám đốc Sở khen thưởng trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ.",
     [after("trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ", "P10D", who="Ban quản lý dự án", to="Giám đốc Sở")], {}),
    # two labels on one line
    ("- Sửa đổi quy chế.\nCơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: Sở Tài chính, Sở Tư pháp.\nThời gian hoàn thành: Quý II.",
     [span("Quý II", "2025-04-01", "2025-06-30", who="Sở Y tế")], {}),
    # who passes it on
    ("Các đơn vị gửi báo cáo về Sở Y tế (qua Văn phòng) trước ngày 15/6/2025 để tổng hợp, báo cáo Bộ Y tế trước ngày 20/6/2025.",
     [due("trước ngày 15/6/2025", "2025-06-15", who="Các đơn vị", to="Sở Y tế (qua Văn phòng)"), due("trước ngày 20/6/2025", "2025-06-20", who="Sở Y tế", to="Bộ Y tế")], {}),
    ("Các cơ quan được phân công chủ trì báo cáo kết quả về Ban Chỉ đạo tỉnh (qua Sở Y tế - Cơ quan thường trực) trước ngày 15/12.",
     [due("trước ngày 15/12", "2025-12-15", who="Các cơ quan được phân công", to="Ban Chỉ đạo tỉnh (qua Sở Y tế)")], {}),
    # a paragraph that goes on with a numbered sentence
    ("1. Công ty môi trường đô thị thu gom chất thải y tế theo hợp đồng.\nKết quả báo cáo UBND tỉnh trước ngày 08/02/2025.",
     [due("trước ngày 08/02/2025", "2025-02-08", who="Công ty môi trường đô thị", to="UBND tỉnh")], {}),
    # words that belong to a name and end none
    ("Các cơ sở khám bệnh, chữa bệnh trên địa bàn gửi danh sách về Phòng Nghiệp vụ Y trước ngày 01/4/2025.",
     [due("trước ngày 01/4/2025", "2025-04-01", who="Các cơ sở khám bệnh, chữa bệnh trên địa bàn", to="Phòng Nghiệp vụ Y")], {}),
    ("Đoàn kiểm tra liên ngành tuyến tỉnh hoàn thành trước ngày 10/5/2025.", [due("hoàn thành trước ngày 10/5/2025", "2025-05-10", who="Đoàn kiểm tra liên ngành tuyến tỉnh")], {}),
    ("Sở Văn hóa, Thể thao và Du lịch gửi kế hoạch tuyên truyền về Sở Y tế trước ngày 15/3/2025.",
     [due("trước ngày 15/3/2025", "2025-03-15", who="Sở Văn hóa, Thể thao và Du lịch", to="Sở Y tế")], {}),
    # a verb of work before any unit: nobody is named
    ("# 4. Chi cục Dân số | implementation\n- Theo dõi, tổng hợp báo cáo từ các sở, ban, ngành trước ngày 01/12/2025.",
     [due("trước ngày 01/12/2025", "2025-12-01", who="Chi cục Dân số")], {}),
    # a share of those who do it
    ("- Từ năm 2025 trở đi 100% trạm y tế xã, phường có sinh hoạt chuyên môn hằng tháng.",
     [again("hằng tháng", "FREQ=MONTHLY", who="trạm y tế xã, phường")], {}),
]  # fmt: skip

# --- labels, columns, headings ------------------------------------------------------------------------------------

PLACES: list[Row] = [
    ("- Tập huấn giám sát bệnh sởi cho tuyến xã.\nĐơn vị chủ trì: Trung tâm Kiểm soát bệnh tật.\nĐơn vị phối hợp: Các trạm y tế.\nThời gian thực hiện: Tháng 4/2025.",
     [span("Tháng 4/2025", "2025-04-01", "2025-04-30", who="Trung tâm Kiểm soát bệnh tật")], {}),
    ("- Rà soát quy chế.\n- Đơn vị chủ trì: Văn phòng Sở.\n- Thời gian hoàn thành: Trước ngày 15/3.\n- Sửa đổi quy chế.\n- Đơn vị chủ trì: Thanh tra Sở.\n- Thời gian hoàn thành: Quý II.",
     [due("Trước ngày 15/3", "2025-03-15", who="Văn phòng Sở"), span("Quý II", "2025-04-01", "2025-06-30", who="Thanh tra Sở")], {}),
    ("a) Tổ chức lễ phát động (ngày 05/4/2025).\n- Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với UBND phường và các trường học.",
     [span("ngày 05/4/2025", "2025-04-05", "2025-04-05", who="Sở Y tế")], {}),
    ("Thời gian thực hiện: Từ 01/7/2025.", [span("Từ 01/7/2025", "2025-07-01", None, bound="from")], {}),
    ("Thời gian thực hiện: Cả năm.", [span("Cả năm", "2025-01-01", "2025-12-31")], {}),
    ("Thời gian thực hiện: Giai đoạn 2026-2030 và những năm tiếp theo.",
     [span("Giai đoạn 2026-2030 và những năm tiếp theo", "2026-01-01", None)], {}),
    ("Thời gian thực hiện: Thường xuyên.", [], {}),
    ("Thời gian thực hiện: Thường xuyên, hằng năm.", [again("hằng năm", "FREQ=YEARLY")], {}),
    ("Thời hạn hoàn thành: 31/12/2025.", [Want("31/12/2025", ANY, ANY, "2025-12-31")], {}),
    ("Thời gian: 07 giờ 30, ngày 27/02/2025 (thứ Năm).", [span("ngày 27/02/2025 (thứ Năm)", "2025-02-27", "2025-02-27")], {}),
    ("Thời gian thực hiện: Sau khi Bộ Y tế ban hành hướng dẫn.", [after("Sau khi Bộ Y tế ban hành hướng dẫn", None, anchor="Bộ Y tế ban hành hướng dẫn")], {}),
    ("- Hoàn thiện hồ sơ, trình UBND tỉnh. Thời gian hoàn thành: Trước ngày 31/5/2025.",
     [due("Trước ngày 31/5/2025", "2025-05-31", to="UBND tỉnh")], {}),
    ("- Tần suất: 02 lần/năm.", [again("02 lần/năm", "FREQ=MONTHLY;INTERVAL=6")], {}),
    # the span that figures are taken for is no time of work
    ("Thời gian chốt số liệu báo cáo: Từ ngày 15/12/2024 đến ngày 14/6/2025.", [], {}),
    # columns
    ("| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành |\n| 1 | Xây dựng phần mềm quản lý | Văn phòng Sở | Các phòng | Quý III/2025 |\n| 2 | Báo cáo kết quả gửi Bộ Y tế | Phòng Nghiệp vụ Y | | Trước 15/11 |\n| 3 | Duy trì trang tin | Văn phòng Sở | | Thường xuyên |\n| 4 | Khám sức khỏe công chức | Bệnh viện tỉnh | | Hằng năm |\n| 5 | Mua sắm thiết bị | Phòng Tài chính | | 2025 |",
     [span("Quý III/2025", "2025-07-01", "2025-09-30", who="Văn phòng Sở"), due("Trước 15/11", "2025-11-15", who="Phòng Nghiệp vụ Y", to="Bộ Y tế"),
      again("Hằng năm", "FREQ=YEARLY", who="Bệnh viện tỉnh"), span("2025", "2025-01-01", "2025-12-31", who="Phòng Tài chính")], {}),
    # years that head columns of figures are none
    # a round in the name of a share is no work's own; one in a task's name is
    ("| TT | Chỉ tiêu | 2025 |\n| 1 | Tỷ lệ người cao tuổi được khám mắt ít nhất 1 lần/năm (%) | 62 |", [], {}),
    ("| TT | Nội dung | Chủ trì |\n| 1 | Kiểm tra các trạm y tế ít nhất 1 lần/năm | Phòng Nghiệp vụ Y |", [again("1 lần/năm", "FREQ=YEARLY")], {}),
    ("| Chỉ tiêu | Năm 2025 | Dự kiến năm 2026 |\n| Số giường bệnh | 1.200 | 1.250 |", [], {}),
    # a start and an end in two columns
    ("| TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian bắt đầu | Thời gian kết thúc |\n| 1 | Khảo sát | Chi cục Dân số | 01/3/2025 | 30/4/2025 |",
     [span("01/3/2025", "2025-03-01", None, bound="from", who="Chi cục Dân số"), due("30/4/2025", "2025-04-30", bound="by")], {}),
    # what may stand in a column of times
    ("| Nội dung | Thời gian |\n| Việc thứ nhất | Quý IV/2025; hằng năm |\n| Việc thứ hai | Tháng 6, 12 hằng năm |\n| Việc thứ ba | 2026 - 2030 |\n| Việc thứ tư | Từ 3/2025 đến 12/2025 |\n| Việc thứ năm | Hàng tuần (thứ Sáu) |\n| Việc thứ sáu | Khi có yêu cầu |",
     [span("Quý IV/2025", "2025-10-01", "2025-12-31"), again("hằng năm", "FREQ=YEARLY"), again("Tháng 6, 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12"),
      span("2026 - 2030", "2026-01-01", "2030-12-31"), span("Từ 3/2025 đến 12/2025", "2025-03-01", "2025-12-31"), again("Hàng tuần (thứ Sáu)", "FREQ=WEEKLY;BYDAY=FR")], {}),
    # a label with work of its own belongs to no task beside it
    ("1. Văn phòng Sở: Chuẩn bị hội trường gửi Ban Tổ chức.\nThời hạn nộp báo cáo tổng kết: trước ngày 05/3/2025.",
     [due("trước ngày 05/3/2025", "2025-03-05", to=None)], {}),
    ("# 1. Giai đoạn 1 (2025 - 2027) | timeline\n- Hoàn thiện thể chế.", [span("Giai đoạn 1 (2025 - 2027)", "2025-01-01", "2027-12-31")], {}),
    # headings
    ("# 1. Quý I: | timeline\n- Xây dựng kế hoạch truyền thông.\n# 2. Quý II: | timeline\n- Tổ chức tập huấn.",
     [span("Quý I", "2025-01-01", "2025-03-31", who=None), span("Quý II", "2025-04-01", "2025-06-30")], {}),
    ("# 3. Tháng 6/2025 | timeline\n- Sơ kết.", [span("Tháng 6/2025", "2025-06-01", "2025-06-30")], {}),
    ("# III. THỜI GIAN THỰC HIỆN | timeline\nPhong trào thi đua năm 2025 được bắt đầu từ tháng 02 năm 2025 đến 31/12/2025.",
     [span("bắt đầu từ tháng 02 năm 2025 đến 31/12/2025", "2025-02-01", "2025-12-31")], {}),
    ("# IV. THỜI GIAN, ĐỊA ĐIỂM | timeline\nNăm 2025, trên địa bàn toàn tỉnh.", [span("Năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("# IV. THỜI GIAN | timeline\nGiám sát được tiến hành thường xuyên trong năm 2025 tại các xã.", [span("trong năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("# II. CÁC NHIỆM VỤ TRỌNG TÂM NĂM 2025 | tasks\n- Củng cố mạng lưới.", [], {}),
    ("# 2. Mục tiêu cụ thể đến năm 2030 | targets\n- Củng cố mạng lưới.", [], {}),
    ("# 1. Giai đoạn 1 (từ nay đến 31/12/2025): | timeline\n- Củng cố mạng lưới.", [span("từ nay đến 31/12/2025", "2025-01-15", "2025-12-31")], {}),
    ("# II. Mục tiêu | targets\n## 2. Giai đoạn 2026 - 2030: | timeline\n- Củng cố mạng lưới.", [], {}),
    ("# II. Nhiệm vụ | tasks\n## 2. Giai đoạn 2026 - 2030: | timeline\n- Củng cố mạng lưới.", [span("Giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31")], {}),
]  # fmt: skip

# --- running text: what counts --------------------------------------------------------------------------------------

COUNTS: list[Row] = [
    ("Tiến hành sơ kết trong tháng 6 năm 2025 và tổng kết vào cuối tháng 12/2025.",
     [span("trong tháng 6 năm 2025", "2025-06-01", "2025-06-30"), span("vào cuối tháng 12/2025", "2025-12-21", "2025-12-31")], {}),
    ("- Tháng 3: Tổ chức lễ mít tinh hưởng ứng.", [span("Tháng 3", "2025-03-01", "2025-03-31")], {}),
    ("- Quý II/2025: Tổ chức tập huấn tại 05 cụm.", [span("Quý II/2025", "2025-04-01", "2025-06-30")], {}),
    ("Triển khai Tháng hành động vì an toàn thực phẩm (từ ngày 15/4 đến ngày 15/5).", [span("từ ngày 15/4 đến ngày 15/5", "2025-04-15", "2025-05-15")], {}),
    ("Uống bổ sung vitamin A đợt 1 (ngày 01 - 02/6/2025) tại các trạm y tế.", [span("ngày 01 - 02/6/2025", "2025-06-01", "2025-06-02")], {}),
    ("Kế hoạch được thực hiện từ ngày ban hành đến hết ngày 31/12/2025.", [span("từ ngày ban hành đến hết ngày 31/12/2025", "2025-01-15", "2025-12-31", anchor="issue_date")], {}),
    ("Thực hiện đợt cao điểm từ nay đến hết tháng 3/2025.", [span("từ nay đến hết tháng 3/2025", "2025-01-15", "2025-03-31", anchor="issue_date")], {}),
    ("Đến năm 2027, hoàn thành việc kết nối hồ sơ sức khỏe điện tử.", [due("Đến năm 2027", "2027-12-31", bound="by")], {}),
    ("Hoàn thành xây dựng cơ sở dữ liệu trước năm 2028.", [due("trước năm 2028", "2027-12-31")], {}),
    ("- Năm 2026: Xây dựng mô hình điểm tại 02 xã.", [span("Năm 2026", "2026-01-01", "2026-12-31")], {}),
    ("Nội dung được đưa vào chương trình đào tạo từ năm 2025 trở đi.", [span("từ năm 2025 trở đi", "2025-01-01", None)], {}),
    ("Các đơn vị gửi hồ sơ trước ngày 15/6 và 15/12/2025.", [due("trước ngày 15/6", "2025-06-15"), due("15/12/2025", "2025-12-15")], {}),
    ("Lấy mẫu vào tháng 4 và tháng 8 năm 2025.", [span("vào tháng 4", "2025-04-01", "2025-04-30"), span("tháng 8 năm 2025", "2025-08-01", "2025-08-31")], {}),
    ("Phòng Tổ chức cán bộ hoàn thành đề án vị trí việc làm trong năm 2025, báo cáo Sở Nội vụ.", [span("trong năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("Quý I và Quý III/2025 tổ chức 04 lớp tập huấn.", [span("Quý I", "2025-01-01", "2025-03-31"), span("Quý III/2025", "2025-07-01", "2025-09-30")], {"target": "04 lớp"}),
    ("Sơ kết vào năm 2026, tổng kết phong trào vào cuối năm 2028.", [span("vào năm 2026", "2026-01-01", "2026-12-31"), span("vào cuối năm 2028", "2028-10-01", "2028-12-31")], {}),
    ("Tổ chức trong các ngày 15, 16, 17/4/2025.", [span("trong các ngày 15", "2025-04-15", "2025-04-15"), span("16", "2025-04-16", "2025-04-16"), span("17/4/2025", "2025-04-17", "2025-04-17")], {}),
    ("Gửi báo cáo trước ngày 31/01 năm kế tiếp.", [due("trước ngày 31/01 năm kế tiếp", "2026-01-31")], {}),
    ("Hạn cuối nộp hồ sơ dự xét là ngày 11/11/2025.", [due("ngày 11/11/2025", "2025-11-11", bound="by")], {}),
    ("Thực hiện kể từ ngày ký ban hành đến hết năm 2026.", [span("kể từ ngày ký ban hành đến hết năm 2026", "2025-01-15", "2026-12-31", anchor="issue_date")], {}),
    ("4. Tổng kết năm 2025: trong tháng 01/2026.", [span("trong tháng 01/2026", "2026-01-01", "2026-01-31")], {}),
    ("- Trình Hội đồng nhân dân tỉnh nghị quyết hỗ trợ người cao tuổi trong năm 2027.", [span("trong năm 2027", "2027-01-01", "2027-12-31", to="Hội đồng nhân dân tỉnh")], {}),
    ("- Xây dựng cơ sở chăm sóc tại hai xã: giai đoạn 1 từ năm 2026 đến năm 2027, giai đoạn 2 từ năm 2028 đến hết năm 2030.",
     [span("từ năm 2026 đến năm 2027", "2026-01-01", "2027-12-31"), span("từ năm 2028 đến hết năm 2030", "2028-01-01", "2030-12-31")], {}),
    # rounds
    ("Các đơn vị báo cáo kết quả trước ngày 15/12 hằng năm.", [again("trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")], {}),
    ("Báo cáo UBND tỉnh kết quả thực hiện hằng năm theo quy định.", [again("hằng năm", "FREQ=YEARLY", to="UBND tỉnh")], {}),
    ("Hằng năm, tổ chức kiểm tra việc thực hiện tại các xã.", [again("Hằng năm", "FREQ=YEARLY")], {}),
    ("Tổ chức tập huấn, bồi dưỡng chuyên môn về dinh dưỡng cho trẻ em hàng năm.", [again("hàng năm", "FREQ=YEARLY")], {}),
    ("Thực hiện sơ kết hằng quý, tổng kết hằng năm.", [again("hằng quý", "FREQ=MONTHLY;INTERVAL=3"), again("hằng năm", "FREQ=YEARLY")], {}),
    ("Phòng Nghiệp vụ Y giao ban trực tuyến với tuyến dưới định kỳ hằng tháng.", [again("định kỳ hằng tháng", "FREQ=MONTHLY", who="Phòng Nghiệp vụ Y")], {}),
    ("Mỗi quý có ít nhất 02 bài viết trên trang tin.", [again("Mỗi quý", "FREQ=MONTHLY;INTERVAL=3")], {}),
    ("Kiểm tra chéo giữa các đơn vị ít nhất 01 lần/năm.", [again("01 lần/năm", "FREQ=YEARLY")], {}),
    ("Các đơn vị gửi báo cáo kết quả thực hiện 6 tháng, năm về Sở Y tế theo quy định.", [again("báo cáo kết quả thực hiện 6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("năm", "FREQ=YEARLY")], {}),
    ("Tiêm chủng định kỳ hàng tháng tại 100% trạm y tế, từ ngày 05 đến ngày 08 hằng tháng.", [again("từ ngày 05 đến ngày 08 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5,6,7,8", bound="between", who=None)], {}),
    ("Các đơn vị: hằng quý (trước ngày 05 của tháng cuối quý), 6 tháng (trước ngày 05/6), năm (trước ngày 05/12) báo cáo kết quả về Văn phòng Sở.",
     [again("hằng quý (trước ngày 05 của tháng cuối quý)", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=5"), again("6 tháng (trước ngày 05/6)", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
      again("năm (trước ngày 05/12)", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", who="Các đơn vị", to="Văn phòng Sở")], {}),
    ("Diệt loăng quăng từ ngày 15/4 đến ngày 15/6 hằng năm.", [again("từ ngày 15/4 đến ngày 15/6 hằng năm", "FREQ=YEARLY;BYMONTH=4,5,6", bound="between")], {}),
    ("Khám sức khỏe công chức hằng năm vào tháng 10.", [again("hằng năm vào tháng 10", "FREQ=YEARLY;BYMONTH=10")], {}),
    ("Sơ kết hằng năm, tổng kết vào cuối năm 2028.", [again("hằng năm", "FREQ=YEARLY"), span("vào cuối năm 2028", "2028-10-01", "2028-12-31")], {}),
    ("Văn phòng Sở tổng hợp báo cáo Sở Nội vụ định kỳ hằng quý; tham mưu khen thưởng.", [again("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3", who="Văn phòng Sở", to="Sở Nội vụ")], {}),
    ("Tổng hợp báo cáo Ủy ban nhân dân tỉnh hằng quý.", [again("hằng quý", "FREQ=MONTHLY;INTERVAL=3", to="Ủy ban nhân dân tỉnh")], {}),
    ("- Duy trì cập nhật dữ liệu hằng ngày lên hệ thống.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("Xây dựng 12 chuyên mục, mỗi tháng 01 chuyên mục.", [again("mỗi tháng", "FREQ=MONTHLY")], {}),
    ("Mỗi năm thanh tra tối thiểu 60 đơn vị.", [again("Mỗi năm", "FREQ=YEARLY")], {}),
    ("Báo cáo Sở Y tế 6 tháng trước ngày 15/6, năm trước ngày 15/12 hàng năm.",
     [again("trước ngày 15/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", to="Sở Y tế"), again("trước ngày 15/12 hàng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")], {}),
    ("Giao chỉ tiêu cho các xã trước ngày 15/02/2025 và trước 31/01 của các năm tiếp theo.",
     [due("trước ngày 15/02/2025", "2025-02-15"), again("trước 31/01 của các năm tiếp theo", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", bound="before")], {}),
    ("Báo cáo số liệu trước ngày 18 hằng tháng; báo cáo 6 tháng trước ngày 10/6/2025.", [again("trước ngày 18 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=18"), due("trước ngày 10/6/2025", "2025-06-10")], {}),
    # a round and its day stand apart in one sentence
    ("Hằng năm, các đơn vị tổng hợp số liệu, báo cáo Sở Y tế trước ngày 20/11.",
     [again("trước ngày 20/11", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20", bound="before", who="các đơn vị", to="Sở Y tế")], {}),
    ("Định kỳ, các đơn vị gửi báo cáo năm về Sở Y tế trước ngày 05/12.", [again("trước ngày 05/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5")], {}),
    ("Hằng tháng, các trạm y tế gửi số liệu về Trung tâm Y tế trước ngày 25.", [again("trước ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25", to="Trung tâm Y tế")], {}),
    ("Các đơn vị gửi báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12 về Sở Y tế.",
     [again("trước ngày 10/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10"), again("trước ngày 10/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10")],
     {"period": "2026-2030", "issued": "2025-11-20"}),
    ("Các đơn vị gửi báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12 về Sở Y tế.",
     [due("trước ngày 10/6", "2025-06-10", to="Sở Y tế"), due("trước ngày 10/12", "2025-12-10")], {}),
    # offsets
    ("Các đơn vị báo cáo trong vòng 05 ngày làm việc sau khi kết thúc chiến dịch.", [after("trong vòng 05 ngày làm việc sau khi kết thúc chiến dịch", "P5D", anchor="kết thúc chiến dịch")], {}),
    ("Cơ sở khám bệnh báo cáo chậm nhất 24 giờ kể từ khi phát hiện ca bệnh.", [after("chậm nhất 24 giờ kể từ khi phát hiện ca bệnh", "PT24H", anchor="phát hiện ca bệnh", bound="by")], {}),
    ("Gửi tài liệu trước 05 ngày tổ chức Hội nghị; đăng ký trước ít nhất 03 ngày làm việc.", [after("trước 05 ngày tổ chức Hội nghị", "P5D", bound="before", anchor="tổ chức Hội nghị"), after("trước ít nhất 03 ngày làm việc", "P3D")], {}),
    ("Trong thời gian 15 ngày, từ ngày 01/8/2025 đến ngày 15/8/2025, các xã ra quân.", [span("từ ngày 01/8/2025 đến ngày 15/8/2025", "2025-08-01", "2025-08-15")], {}),
    # a day beside a share that is reported stays a deadline
    ("Báo cáo kết quả tiêm đạt 95% về Sở Y tế trước ngày 10/7/2025.", [due("trước ngày 10/7/2025", "2025-07-10", to="Sở Y tế")], {}),
    # a deadline that had passed when the plan was signed still stands beside its label
    ("Thời gian hoàn thành: Trước ngày 10/01/2025.", [due("Trước ngày 10/01/2025", "2025-01-10")], {}),
    # the hour stays out of the value
    ("Gửi báo cáo nhanh trước 16h00 thứ Sáu hằng tuần về Trung tâm Kiểm soát bệnh tật.", [again("trước 16h00 thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR", bound="before", to="Trung tâm Kiểm soát bệnh tật")], {}),
    # a list in a labelled line
    ("Thời gian: Đợt 1: tháng 6/2025; đợt 2: tháng 12/2025.", [span("tháng 6/2025", "2025-06-01", "2025-06-30"), span("tháng 12/2025", "2025-12-01", "2025-12-31")], {}),
]  # fmt: skip

# --- running text: what does not count ------------------------------------------------------------------------------

NOT: list[Row] = [
    # cited papers
    ("Thực hiện Quyết định số 120/QĐ-TTg ngày 25/01/2025 của Thủ tướng Chính phủ.", [], {"reference": "Quyết định số 120/QĐ-TTg ngày 25/01/2025 của Thủ tướng Chính phủ"}),
    ("Tiếp tục thực hiện Luật Khám bệnh, chữa bệnh năm 2023.", [], {}),
    ("Theo nội dung cuộc họp ngày 03/02/2025 của lãnh đạo Sở.", [], {}),
    # names, titles, terms
    ("Hoàn thành vượt mức các chỉ tiêu năm 2025 được giao.", [], {}),
    ("Phát động phong trào thi đua giai đoạn 2021 - 2025 trong toàn ngành.", [], {}),
    ("Triển khai chương trình “Sức khỏe Việt Nam đến năm 2030” tại cộng đồng.", [], {}),
    ("Xây dựng dự toán năm 2026 trình cấp có thẩm quyền.", [], {}),
    ("Thực hiện Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2020 - 2025.", [], {}),
    ("Phối hợp với ngành giáo dục trong năm học 2025-2026.", [], {}),
    ("Chiến lược dinh dưỡng đến năm 2030, tầm nhìn đến năm 2045.", [], {}),
    ("Tổng kết công tác năm 2024, triển khai nhiệm vụ năm 2025.", [], {}),
    ("Gửi báo cáo 6 tháng đầu năm đúng thời hạn.", [], {}),
    ("Đánh giá kết quả 9 tháng đầu năm để điều chỉnh giải pháp.", [], {}),
    ("Tổng hợp báo cáo sơ kết 06 tháng đầu năm 2025.", [], {}),
    ("Tham mưu tổ chức hội nghị tổng kết năm 2025 của ngành.", [], {}),
    ("Bình xét thi đua cuối năm theo quy định.", [], {}),
    ("Báo cáo 6 tháng đầu năm gửi trước ngày 10/6/2025.", [due("trước ngày 10/6/2025", "2025-06-10")], {}),
    ("Chỉ số hài lòng quý I của bệnh viện được công khai.", [], {}),
    ("Kế hoạch tháng 3 của phòng được phê duyệt.", [], {}),
    # anniversaries, memorial days, births
    ("Chào mừng kỷ niệm 70 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2025).", [], {}),
    ("Hưởng ứng Ngày Thế giới phòng, chống bệnh lao (24/3).", [], {}),
    ("Tổ chức mít tinh nhân Ngày Quốc tế Người cao tuổi 01/10/2025.", [], {}),
    ("Áp dụng cho trẻ sinh từ ngày 01/01/2024 đến ngày 31/12/2024.", [], {}),
    ("Thi đua mừng 70 năm ngày thành lập ngành (27/02/1955 - 27/02/2025), các khoa trang trí.", [], {}),
    # the past
    ("Tính đến ngày 20/12/2024, toàn tỉnh ghi nhận 52 ca mắc.", [], {}),
    ("Trong năm 2024, ngành y tế đã hoàn thành các chỉ tiêu.", [], {}),
    ("Từ năm 2020 đến năm 2024 đã tổ chức 12 lớp tập huấn.", [], {}),
    ("6 tháng đầu năm 2025 thu dung 1.200 bệnh nhân, đạt 52% kế hoạch.", [], {}),
    ("So với năm 2024 giảm 12 ca.", [], {}),
    ("Với công suất 176 giường, lũy kế đến cuối năm có 16 khoa hoạt động.", [], {}),
    ("Hằng năm, toàn tỉnh ghi nhận 1.200 ca mắc sốt xuất huyết.", [], {}),
    ("Trong tháng 10 ghi nhận 12 ổ dịch mới.", [], {}),
    ("Bệnh tay chân miệng thường xuất hiện từ tháng 3 đến tháng 5 hằng năm.", [], {}),
    ("Dịch cúm thường gia tăng vào tháng 11 và tháng 12.", [], {}),
    # no interval, no date
    ("Báo cáo thường xuyên, kịp thời theo quy định.", [], {}),
    ("Định kỳ báo cáo Sở Y tế kết quả thực hiện.", [], {}),
    ("Thường xuyên rà soát, đột xuất kiểm tra khi có yêu cầu.", [], {}),
    # adjectives
    ("Kinh phí bố trí từ ngân sách hằng năm của đơn vị.", [], {}),
    ("Lồng ghép vào kế hoạch hằng năm để triển khai.", [], {}),
    ("Xây dựng dự toán kinh phí hàng năm trình cấp có thẩm quyền.", [], {}),
    ("Thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội hằng năm.", [], {}),
    ("Quỹ đất dành cho nông nghiệp mỗi năm một ít đi.", [], {}),
    ("Tỷ lệ mắc giảm hằng năm 5% trở lên.", [], {}),
    ("Vệ sinh khoa phòng hàng ngày, bảo đảm sạch sẽ.", [], {}),
    # conditions
    ("Hỗ trợ đối tượng có mặt trên địa bàn trước ngày 01/3/2025.", [], {}),
    ("Áp dụng với viên chức tuyển dụng trước ngày 01/7/2025.", [], {}),
    ("Các khoản đã giao nhưng đến ngày 30 tháng 6 hằng năm chưa phân bổ thì thu hồi.", [], {}),
    ("Đối với các nhiệm vụ phát sinh trong năm 2025, các đơn vị chủ động cân đối.", [], {}),
    # a time that only dates a target
    ("Đến năm 2030, 90% người dân được lập hồ sơ sức khỏe.", [], {}),
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt 95% vào năm 2025.", [], {}),
    ("Phấn đấu đến cuối năm 2025 có 12 bác sĩ trên một vạn dân.", [], {"target": "12 bác sĩ trên một vạn dân"}),
    ("Trong quý I hoàn thành 100% kế hoạch tiêm.", [], {}),
    # effect
    ("Quyết định này có hiệu lực kể từ ngày ký.", [], {}),
    ("Quy định này có hiệu lực thi hành từ ngày 01/7/2025.", [], {}),
    ("Kiểm kê tài sản tại thời điểm 0 giờ ngày 01/01/2026.", [], {}),
    # figures that are no dates
    ("Có 1/3 số trạm y tế và 8/8 huyện triển khai; trực 24/7.", [], {}),
    ("Trẻ từ 6-23 tháng tuổi, phụ nữ 15-49 tuổi, mũi 3-4.", [], {}),
    ("Lịch bổ sung theo âm lịch: ngày 15 tháng 7 âm lịch.", [], {}),
    ("Xếp loại 8 - 10/12 chỉ tiêu, vị trí 10 - 15/63 tỉnh.", [], {}),
    ("Liên hệ số điện thoại 0912.345.678 hoặc 02603.862.862.", [], {}),
]  # fmt: skip
