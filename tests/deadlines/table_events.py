"""Annotated sentences on hours, days of the week and of the lunar year, events, spans that are reported of, and who does
what where several are named; each class with its counter-examples beside it.

The form of the rows is that of `table_sentences`.
"""

from __future__ import annotations

from tests.deadlines.table_sentences import Row, after, again, due, span

# --- hours and days of the week -------------------------------------------------------------------------------------

HOURS: list[Row] = [
    ("Ban Giám khảo nhận bài dự thi từ 7 giờ ngày 05/4 đến 16 giờ 30 ngày 28/4/2025.",
     [span("từ 7 giờ ngày 05/4 đến 16 giờ 30 ngày 28/4/2025", "2025-04-05", "2025-04-28", bound="between", who="Ban Giám khảo")], {}),
    ("Thời gian: từ 8h00 ngày 02/6 - 17h00 ngày 04/6.", [span("từ 8h00 ngày 02/6 - 17h00 ngày 04/6", "2025-06-02", "2025-06-04")], {}),
    ("Thời gian tập huấn: từ chiều thứ Hai ngày 14/7/2025 đến sáng ngày 16/7/2025.",
     [span("từ chiều thứ Hai ngày 14/7/2025 đến sáng ngày 16/7/2025", "2025-07-14", "2025-07-16")], {}),
    ("Hội trại diễn ra từ thứ Bảy ngày 12/7/2025 đến Chủ nhật ngày 13/7/2025.",
     [span("diễn ra từ thứ Bảy ngày 12/7/2025 đến Chủ nhật ngày 13/7/2025", "2025-07-12", "2025-07-13")], {}),
    ("Kể từ 00 giờ ngày 01/8/2025, các trạm y tế dừng cấp sổ giấy.",
     [span("Kể từ 00 giờ ngày 01/8/2025", "2025-08-01", None, bound="from")], {}),
    ("Các phòng gửi bản ký số về Văn phòng Sở chậm nhất 16h ngày 20 tháng 3 năm 2025.",
     [due("chậm nhất 16h ngày 20 tháng 3 năm 2025", "2025-03-20", bound="by", who="Các phòng", to="Văn phòng Sở")], {}),
    ("Phòng xét nghiệm trả kết quả chậm nhất 16 giờ.", [after("chậm nhất 16 giờ", "PT16H", who="Phòng xét nghiệm")], {}),
    # the hour at which one day begins is no start of a stretch
    ("Thời gian: từ 7h30 ngày 05/8/2025.", [span("ngày 05/8/2025", "2025-08-05", "2025-08-05", bound="within")], {}),
    # a day of the week beside its date is that day; alone it needs a round
    ("Văn phòng Sở tổ chức hội nghị sơ kết vào thứ Tư, ngày 20/8/2025.",
     [span("vào thứ Tư, ngày 20/8/2025", "2025-08-20", "2025-08-20", who="Văn phòng Sở")], {}),
    ("Các phòng gửi góp ý trước thứ Sáu ngày 22/8/2025.", [due("trước thứ Sáu ngày 22/8/2025", "2025-08-22", who="Các phòng")], {}),
    ("Các phòng gửi góp ý trước thứ Sáu.", [], {}),
    ("Đợt thứ hai vào ngày 12/6, các xã phun hóa chất.", [span("vào ngày 12/6", "2025-06-12", "2025-06-12")], {}),
    ("Tiêm mũi thứ ba, lần thứ tư theo lịch.", [], {}),
    # counted from the day of the plan
    ("Các đơn vị gửi báo cáo nhanh trước 10h ngày mai.", [due("trước 10h ngày mai", "2025-01-16", who="Các đơn vị")], {}),
    ("Các trạm y tế hoàn thành trong ngày hôm nay.", [due("hoàn thành trong ngày hôm nay", "2025-01-15", who="Các trạm y tế")], {}),
    ("Hôm nay, số ca mắc sởi tiếp tục tăng.", [], {}),
]  # fmt: skip

# --- days of the lunar year: their words stand as anchor -------------------------------------------------------------

LUNAR: list[Row] = [
    ("Các xã gửi danh sách tặng quà trước ngày 15/8 âm lịch.", [due("trước ngày 15/8 âm lịch", None, bound="before", anchor="ngày 15/8 âm lịch", who="Các xã")], {}),
    ("Các bệnh viện bố trí trực từ ngày 27 tháng Chạp đến mùng 6 Tết.",
     [span("từ ngày 27 tháng Chạp đến mùng 6 Tết", None, None, bound="between", anchor="ngày 27 tháng Chạp đến mùng 6 Tết", who="Các bệnh viện")], {}),
    ("Trực dịch từ ngày 20/01/2025 đến hết mùng 5 Tết.", [span("từ ngày 20/01/2025 đến hết mùng 5 Tết", "2025-01-20", None, anchor="mùng 5 Tết")], {}),
    ("Hoàn thành việc chi quà trước rằm tháng Giêng.", [due("trước rằm tháng Giêng", None, anchor="rằm tháng Giêng")], {}),
    ("Trực cấp cứu từ ngày 25/01/2025 đến ngày 02/02/2025 (từ 26 tháng Chạp đến mùng 5 tháng Giêng).",
     [span("từ ngày 25/01/2025 đến ngày 02/02/2025", "2025-01-25", "2025-02-02")], {}),
    ("Giỗ Tổ ngày 10/3 âm lịch là dịp nghỉ lễ dài.", [], {}),
    ("Tết trồng cây trước ngày 15/2.", [due("trước ngày 15/2", "2025-02-15")], {}),
]  # fmt: skip

# --- limits and events ------------------------------------------------------------------------------------------------

LIMITS: list[Row] = [
    ("Cơ sở vi phạm khắc phục tồn tại trong 05 ngày.", [after("trong 05 ngày", "P5D", bound="within", who="Cơ sở vi phạm")], {}),
    ("Các khoa gửi văn bản giải trình trong 02 tuần.", [after("trong 02 tuần", "P2W", who="Các khoa")], {}),
    ("Lớp tập huấn được tổ chức trong 05 ngày.", [], {}),
    ("Theo dõi người tiếp xúc trong 21 ngày.", [], {}),
    # an object between the work and its event
    ("Các xã hoàn thành việc nạo vét cống rãnh trước mùa mưa bão.",
     [due("trước mùa mưa bão", None, bound="before", anchor="mùa mưa bão", who="Các xã")], {}),
    ("Các trường hoàn thành khám mắt cho học sinh trước khi kết thúc năm học.",
     [due("trước khi kết thúc năm học", None, anchor="kết thúc năm học")], {}),
    ("Các xã phun khử khuẩn xong trước Tết.", [due("xong trước Tết", None, bound="before", anchor="Tết", who="Các xã")], {}),
    ("Người bệnh nhịn ăn trước khi lấy máu; rửa tay trước khi tiêm.", [], {}),
    # what a day is, told behind it
    ("Ngày 20/5/2025 là hạn cuối các trường gửi danh sách.", [due("Ngày 20/5/2025", "2025-05-20", bound="by")], {}),
    ("Ngày 20/5/2025: hạn chót nộp hồ sơ dự thi.", [due("Ngày 20/5/2025", "2025-05-20", bound="by")], {}),
    ("Ngày 20/5/2025, Sở Y tế khai mạc hội thi.", [span("Ngày 20/5/2025", "2025-05-20", "2025-05-20", who="Sở Y tế")], {}),
    ("Ngày 27/02 hằng năm là Ngày Thầy thuốc Việt Nam; tháng 11 được chọn làm tháng hành động.", [], {}),
    # from now on: no name ends so
    ("Các đơn vị tập trung nhiệm vụ trọng tâm từ nay đến cuối năm 2025.",
     [span("từ nay đến cuối năm 2025", "2025-01-15", "2025-12-31", anchor="issue_date", who="Các đơn vị")], {}),
    ("Số ca mắc giảm mạnh từ đầu tháng 3/2025 đến nay.", [], {}),
    # years that neither end names go along
    ("Tổng vệ sinh môi trường từ 20/12 đến 10/01.", [span("từ 20/12 đến 10/01", "2025-12-20", "2026-01-10")], {}),
    ("Ra quân từ ngày 1.1 đến ngày 6.7.", [span("từ ngày 1.1 đến ngày 6.7", "2020-01-01", "2020-07-06")], {"issued": "2020-07-07", "period": None}),
]  # fmt: skip

# --- rounds -----------------------------------------------------------------------------------------------------------

AGAIN: list[Row] = [
    ("- Nói chuyện chuyên đề 01 buổi/tháng tại trạm y tế.", [again("01 buổi/tháng", "FREQ=MONTHLY")], {}),
    ("- Họp giao ban chuyên môn 01 cuộc/quý.", [again("01 cuộc/quý", "FREQ=MONTHLY;INTERVAL=3")], {}),
    ("- Học thực hành 02 buổi/ngày.", [], {}),
    ("Các khoa nộp báo cáo vào tuần cuối cùng của tháng thứ 3 trong quý.",
     [again("vào tuần cuối cùng của tháng thứ 3 trong quý", "FREQ=YEARLY;BYMONTH=3,6,9,12", who="Các khoa")], {}),
    ("Họp hội đồng trong tháng thứ hai của mỗi quý.", [again("trong tháng thứ hai của mỗi quý", "FREQ=YEARLY;BYMONTH=2,5,8,11")], {}),
    ("Các trạm y tế tiêm chủng vào các ngày 10, 11, 12 hằng tháng.",
     [again("vào các ngày 10, 11, 12 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10,11,12", who="Các trạm y tế")], {}),
    ("Tổng hợp trong 05 ngày cuối của tháng.", [], {}),
    ("Họp hội đồng trong tháng 3 quý I.", [span("trong tháng 3", "2025-03-01", "2025-03-31")], {}),
    ("Các xã gửi số liệu chậm nhất là ngày 05 của tháng tiếp sau tháng báo cáo.",
     [again("chậm nhất là ngày 05 của tháng tiếp sau", "FREQ=MONTHLY;BYMONTHDAY=5", bound="by", who="Các xã")], {}),
    ("Các đơn vị nộp dự toán hằng năm chậm nhất ngày 15 tháng 7 của năm trước.",
     [again("hằng năm chậm nhất ngày 15 tháng 7 của năm trước", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=15", bound="by", who="Các đơn vị")], {}),
    # the last day of a month that an event counts is none of every month
    ("Nộp hồ sơ vào ngày cuối cùng của tháng thứ 3 kể từ ngày bàn giao.", [], {}),
]  # fmt: skip

# --- spans of figures, and what was done before the plan ---------------------------------------------------------------

FIGURES: list[Row] = [
    ("- Báo cáo quý I: Thời gian chốt số liệu tính từ ngày 15/12 của năm trước đến ngày 14/3.", [], {}),
    ("Thời điểm lấy số liệu để so sánh là ngày 31/5/2025.", [], {}),
    ("Các xã chốt số liệu và gửi về Trạm Y tế trước ngày 05/6/2025.", [due("trước ngày 05/6/2025", "2025-06-05", who="Các xã", to="Trạm Y tế")], {}),
    ("Các trạm y tế báo cáo kết quả phòng, chống sởi từ ngày 01/12/2024 đến ngày 20/01/2025 về Sở Y tế trước ngày 25/01/2025.",
     [due("trước ngày 25/01/2025", "2025-01-25", who="Các trạm y tế", to="Sở Y tế")], {}),
    ("Các xã rà soát đối tượng từ ngày 10/01/2025 đến ngày 20/01/2025.",
     [span("từ ngày 10/01/2025 đến ngày 20/01/2025", "2025-01-10", "2025-01-20", who="Các xã")], {}),
]  # fmt: skip

# --- who does what --------------------------------------------------------------------------------------------------------

NAMED: list[Row] = [
    # times part one sentence among several
    ("Khối trường học nộp hồ sơ trước ngày 10/4, khối doanh nghiệp trước ngày 20/4.",
     [due("trước ngày 10/4", "2025-04-10", who="Khối trường học"), due("trước ngày 20/4", "2025-04-20", who="khối doanh nghiệp")], {}),
    ("Các bệnh viện gửi dự trù về Sở Y tế trước ngày 10/3, các trạm y tế gửi trước ngày 15/3.",
     [due("trước ngày 10/3", "2025-03-10", who="Các bệnh viện", to="Sở Y tế"), due("trước ngày 15/3", "2025-03-15", who="các trạm y tế")], {}),
    ("Các xã tổng hợp xong trước ngày 05/9 và Trung tâm Y tế thẩm định trước ngày 15/9.",
     [due("xong trước ngày 05/9", "2025-09-05", who="Các xã"), due("trước ngày 15/9", "2025-09-15", who="Trung tâm Y tế")], {}),
    # a unit of another sort without a verb may be the one that gets it
    ("Các đơn vị báo cáo Sở Y tế trước ngày 15/6, Bộ Y tế trước ngày 20/6.",
     [due("trước ngày 15/6", "2025-06-15", who="Các đơn vị", to="Sở Y tế"), due("trước ngày 20/6", "2025-06-20", who="Các đơn vị")], {}),
    # names that hold a verb of work or a word of time
    ("Ban An toàn giao thông huyện gửi kế hoạch trước ngày 20/5.", [due("trước ngày 20/5", "2025-05-20", who="Ban An toàn giao thông huyện")], {}),
    ("Ban chỉ đạo công tác dân số xã báo cáo Trung tâm Y tế trước ngày 20/5.",
     [due("trước ngày 20/5", "2025-05-20", who="Ban chỉ đạo công tác dân số xã", to="Trung tâm Y tế")], {}),
    ("Phòng giao dịch Ngân hàng Chính sách xã hội gửi số liệu trước ngày 20/5.",
     [due("trước ngày 20/5", "2025-05-20", who="Phòng giao dịch Ngân hàng Chính sách xã hội")], {}),
    ("Các xã nộp hồ sơ vay về Phòng giao dịch Ngân hàng Chính sách trước ngày 20/5.",
     [due("trước ngày 20/5", "2025-05-20", who="Các xã", to="Phòng giao dịch Ngân hàng Chính sách")], {}),
    ("Trường Cao đẳng Y tế nhận hồ sơ từ ngày 01/4 đến hết ngày 30/4/2025.",
     [span("từ ngày 01/4 đến hết ngày 30/4/2025", "2025-04-01", "2025-04-30", who="Trường Cao đẳng Y tế")], {}),
    ("Các xã giao chỉ tiêu trước ngày 20/5.", [due("trước ngày 20/5", "2025-05-20", who="Các xã")], {}),
    ("Kết thúc năm, các trạm y tế gửi báo cáo về Trung tâm Y tế (gửi trước ngày 05/12).",
     [due("trước ngày 05/12", "2025-12-05", who="các trạm y tế", to="Trung tâm Y tế")], {}),
    ("Nếu có vướng mắc, các đơn vị gửi ý kiến về Phòng Nghiệp vụ Y trước ngày 05/9.",
     [due("trước ngày 05/9", "2025-09-05", who="các đơn vị", to="Phòng Nghiệp vụ Y")], {}),
    ("Khoa Ngoại tổng hợp nộp báo cáo trễ nhất là ngày 20/5.", [due("trễ nhất là ngày 20/5", "2025-05-20", bound="by", who="Khoa Ngoại tổng hợp")], {}),
    ("Phòng Kế hoạch tổng hợp số liệu trước ngày 20/5.", [due("trước ngày 20/5", "2025-05-20")], {}),
    ("Trạm Y tế chuẩn hoá dữ liệu trước hoặc trong ngày 20/5.", [due("trước hoặc trong ngày 20/5", "2025-05-20", bound="by", who="Trạm Y tế")], {}),
    # a label inside the line
    ("1. Tập huấn tuyến xã. Đơn vị thực hiện: Trung tâm Y tế. Đơn vị phối hợp: Trạm Y tế. Thời gian: Quý II/2025.",
     [span("Quý II/2025", "2025-04-01", "2025-06-30", who="Trung tâm Y tế")], {}),
    # somebody is asked, politely or for a reason
    ("Vì vậy, các trạm y tế nộp báo cáo về Sở Y tế trước ngày 15/4.", [due("trước ngày 15/4", "2025-04-15", who="các trạm y tế", to="Sở Y tế")], {}),
    ("Cục Y tế dự phòng trân trọng đề nghị Sở Y tế các tỉnh gửi góp ý trước ngày 15/4.",
     [due("trước ngày 15/4", "2025-04-15", who="Sở Y tế các tỉnh")], {}),
]  # fmt: skip

ROWS: list[Row] = [*HOURS, *LUNAR, *LIMITS, *AGAIN, *FIGURES, *NAMED]
