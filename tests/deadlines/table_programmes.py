"""Annotated sentences of yearly health programmes: rounds of a campaign, daily reports, spans of figures, limits that come
in pairs, and times that belong to what an indicator measures.

The form of the rows is that of `table_sentences`.
"""

from __future__ import annotations

from tests.deadlines.table_sentences import Row, after, again, due, span

# --- rounds of a campaign: the number is the round's, not a day's ----------------------------------------------------

CAMPAIGNS: list[Row] = [
    ("- Cho trẻ uống Vitamin A: đợt 1 tháng 6/2025, đợt 2 tháng 12/2025.",
     [span("tháng 6/2025", "2025-06-01", "2025-06-30"), span("tháng 12/2025", "2025-12-01", "2025-12-31")], {}),
    ("- Tiêm vét vắc xin sởi 02 vòng, vòng 1 tháng 3 năm 2025, vòng 2 tháng 4 năm 2025.",
     [span("tháng 3 năm 2025", "2025-03-01", "2025-03-31"), span("tháng 4 năm 2025", "2025-04-01", "2025-04-30")], {}),
    ("- Tẩy giun cho học sinh tiểu học, lần 1 tháng 5, lần 2 tháng 11.",
     [span("tháng 5", "2025-05-01", "2025-05-31"), span("tháng 11", "2025-11-01", "2025-11-30")], {}),
    ("- Phun hóa chất diệt muỗi đợt I tháng 4, đợt II tháng 9 năm 2025.",
     [span("tháng 4", "2025-04-01", "2025-04-30"), span("tháng 9 năm 2025", "2025-09-01", "2025-09-30")], {}),
    ("- Kiểm tra liên ngành đợt 1 quý II, đợt 2 quý IV năm 2025.",
     [span("quý II", "2025-04-01", "2025-06-30"), span("quý IV năm 2025", "2025-10-01", "2025-12-31")], {}),
    ("- Giám sát véc tơ vào đợt 2 (tháng 8).", [span("tháng 8", "2025-08-01", "2025-08-31")], {}),
    # a day is one where no round is counted
    ("- Ra quân diệt lăng quăng ngày 2 tháng 4 năm 2025.", [span("ngày 2 tháng 4 năm 2025", "2025-04-02", "2025-04-02")], {}),
    ("- Ra quân diệt lăng quăng đợt 1 vào ngày 15 tháng 6.", [span("vào ngày 15 tháng 6", "2025-06-15", "2025-06-15")], {}),
    # what was reached in a round
    ("Kết quả uống Vitamin A đợt 1 tháng 6 được niêm yết tại trạm y tế.", [], {}),
    ("Báo cáo kết quả tẩy giun đợt 1 tháng 6 trước ngày 05/7/2025.", [due("trước ngày 05/7/2025", "2025-07-05")], {}),
]  # fmt: skip

# --- each day by an hour, and names that end in a word of time ----------------------------------------------------------------------------------------------

DAILY: list[Row] = [
    ("- Thực hiện báo cáo tháng, quý, 6 tháng, năm theo mẫu của Bộ Y tế.",
     [again("báo cáo tháng", "FREQ=MONTHLY"), again("quý", "FREQ=MONTHLY;INTERVAL=3"), again("6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("năm", "FREQ=YEARLY")], {}),
    ("- Mẫu báo cáo tháng, quý và năm được in sẵn.", [], {}),
    ("Các trạm y tế tổng hợp, báo cáo hàng tháng, quý, 6 tháng và năm về Trung tâm Y tế.",
     [again("hàng tháng", "FREQ=MONTHLY"), again("quý", "FREQ=MONTHLY;INTERVAL=3"), again("6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("năm", "FREQ=YEARLY")], {}),
    ("- Giao ban hàng tháng, quý.", [again("hàng tháng", "FREQ=MONTHLY"), again("quý", "FREQ=MONTHLY;INTERVAL=3")], {}),
    ("- Giao ban hàng tháng, quý III tổ chức hội thi.", [again("hàng tháng", "FREQ=MONTHLY")], {}),
    ("- Giao ban hàng tháng, năm 2025 tổ chức hội thi.", [again("hàng tháng", "FREQ=MONTHLY")], {}),
    ("- Giao ban vào tuần 4 hàng tháng.", [again("hàng tháng", "FREQ=MONTHLY")], {}),
    ("Thời điểm: Trước, trong và sau Tết Nguyên đán Ất Tỵ 2025 (từ 01/02 đến 28/02/2025).", [span("từ 01/02 đến 28/02/2025", "2025-02-01", "2025-02-28")], {}),
    ("- Mở điểm tiêm tại huyện Ngọc Hồi trước ngày 01/7/2025.", [due("trước ngày 01/7/2025", "2025-07-01")], {}),
    ("Các bệnh viện báo cáo nhanh ca bệnh trước 15h00 hàng ngày về Sở Y tế.",
     [again("trước 15h00 hàng ngày", "FREQ=DAILY", bound="before", who="Các bệnh viện", to="Sở Y tế")], {}),
    ("- Thực hiện báo cáo dịch hằng ngày trước 16 giờ 30 phút.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("- Gửi báo cáo hàng ngày (trước 14h) về Trung tâm Kiểm soát bệnh tật.", [again("hàng ngày", "FREQ=DAILY", to="Trung tâm Kiểm soát bệnh tật")], {}),
    ("Chuẩn hóa biểu mẫu báo cáo nhanh hằng ngày của bệnh viện.", [], {}),
]  # fmt: skip

# --- for which span figures are taken -----------------------------------------------------------------------------------

FIGURES: list[Row] = [
    ("- Báo cáo tháng gửi trước ngày 20 hàng tháng (số liệu tính từ ngày 18 tháng trước đến ngày 17 tháng báo cáo).",
     [again("trước ngày 20 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=20")], {}),
    ("- Báo cáo quý trước ngày 18 tháng cuối quý (số liệu lấy từ ngày 15 của tháng cuối quý trước đến ngày 14 của tháng cuối quý báo cáo).",
     [again("trước ngày 18 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=18")], {}),
    ("- Số liệu báo cáo tháng tính từ ngày 01 đến ngày cuối cùng của tháng.", [], {}),
    ("Các trạm y tế tổng hợp số liệu từ sổ tiêm chủng gửi Trung tâm Y tế trước ngày 05/7/2025.",
     [due("trước ngày 05/7/2025", "2025-07-05", who="Các trạm y tế", to="Trung tâm Y tế")], {}),
    ("Các trạm y tế chốt số liệu đến ngày 14/6, gửi Trung tâm Y tế trước ngày 16/6.", [due("trước ngày 16/6", "2025-06-16", who="Các trạm y tế", to="Trung tâm Y tế")], {}),
]  # fmt: skip

# --- limits that come in pairs ------------------------------------------------------------------------------------------

PAIRS: list[Row] = [
    ("Cơ sở y tế khai báo ca bệnh trong vòng 24 giờ đối với bệnh nhóm A và 48 giờ đối với bệnh nhóm B.",
     [after("trong vòng 24 giờ", "PT24H", who="Cơ sở y tế"), after("48 giờ", "PT48H")], {}),
    ("- Thông tin về ca bệnh được nhập lên phần mềm trong vòng 24 giờ (bệnh nhóm A), 48 giờ (đối với bệnh nhóm B, C) kể từ khi có chẩn đoán.",
     [after("trong vòng 24 giờ", "PT24H"), after("48 giờ", "PT48H", anchor="có chẩn đoán")], {}),
    ("- Trả kết quả chậm nhất 03 ngày làm việc đối với mẫu nước, 05 ngày làm việc đối với mẫu thực phẩm.",
     [after("chậm nhất 03 ngày làm việc", "P3D"), after("05 ngày làm việc", "P5D")], {}),
    # how long something takes is no limit
    ("- Tập huấn 02 ngày đối với tuyến huyện, 01 ngày đối với tuyến xã.", [], {}),
    ("- Xử lý ổ dịch trong vòng 24 giờ; trực 12 giờ đối với điều dưỡng.", [after("trong vòng 24 giờ", "PT24H")], {}),
]  # fmt: skip

# --- what an indicator measures -------------------------------------------------------------------------------------------

MEASURED: list[Row] = [
    ("- Tỷ lệ trẻ dưới 5 tuổi uống Vitamin A 2 lần/năm đạt > 99%.", [], {}),
    ("- Cho trẻ dưới 5 tuổi uống Vitamin A 2 lần/năm.", [again("2 lần/năm", "FREQ=MONTHLY;INTERVAL=6")], {}),
    ("| TT | Chỉ tiêu | ĐVT | Năm 2025 |\n| 1 | Tỷ lệ trẻ được tiêm vắc xin viêm gan B trong vòng 24 giờ sau sinh | % | 80 |", [], {"target": "80"}),
    ("| TT | Nội dung | Đơn vị |\n| 1 | Điều tra ổ dịch trong vòng 24 giờ sau khi nhận tin báo | Trạm Y tế |",
     [after("trong vòng 24 giờ sau khi nhận tin báo", "PT24H")], {}),
]  # fmt: skip

# --- short forms in a column of times -----------------------------------------------------------------------------------

CELL = "| TT | Nội dung | Chủ trì | Thời gian |\n| 1 | Tập huấn | Trạm Y tế | {} |"
CELLS: list[Row] = [
    (CELL.format("T3/2025"), [span("T3/2025", "2025-03-01", "2025-03-31")], {}),
    ("| TT | Nội dung | Chủ trì | Bắt đầu | Kết thúc |\n| 1 | Tập huấn | Trạm Y tế | 10/3/2025 | 28/4/2025 |", [span("10/3/2025", "2025-03-10", None), due("28/4/2025", "2025-04-28")], {}),
    (CELL.format("T3-T5/2025"), [span("T3-T5/2025", "2025-03-01", "2025-05-31")], {}),
    (CELL.format("T4-5/2025"), [span("T4-5/2025", "2025-04-01", "2025-05-31")], {}),
    (CELL.format("Từ T2 đến T12"), [span("Từ T2 đến T12", "2025-02-01", "2025-12-31")], {}),
    (CELL.format("Đợt 1 (T4), đợt 2 (T9)"), [span("T4", "2025-04-01", "2025-04-30"), span("T9", "2025-09-01", "2025-09-30")], {}),
    (CELL.format("Q1/2025"), [span("Q1/2025", "2025-01-01", "2025-03-31")], {}),
    (CELL.format("Q.III/2025"), [span("Q.III/2025", "2025-07-01", "2025-09-30")], {}),
    (CELL.format("3-12/2025"), [span("3-12/2025", "2025-03-01", "2025-12-31")], {}),
    (CELL.format("05 ngày sau khi kết thúc đợt"), [after("05 ngày sau khi kết thúc đợt", "P5D")], {}),
    (CELL.format("Tuần 2, 3 tháng 4"), [span("Tuần 2, 3 tháng 4", "2025-04-08", "2025-04-21")], {}),
    (CELL.format("Tuần 3, tháng 8/2025"), [span("Tuần 3, tháng 8/2025", "2025-08-15", "2025-08-21")], {}),
    (CELL.format("Tuần IV/tháng 11"), [span("Tuần IV/tháng 11", "2025-11-22", "2025-11-30")], {}),
    (CELL.format("Tuần 1 - 2 tháng 4/2025"), [span("Tuần 1 - 2 tháng 4/2025", "2025-04-01", "2025-04-14")], {}),
    (CELL.format("Trung tuần tháng 9"), [span("Trung tuần tháng 9", "2025-09-11", "2025-09-20")], {}),
    # days of the week, and names outside a column of times
    (CELL.format("T2-T6 hàng tuần"), [again("hàng tuần", "FREQ=WEEKLY")], {}),
    ("Xét nghiệm T3, T4 cho bệnh nhân tuyến giáp.", [], {}),
    ("Tập huấn cho tuyến T2 tại phòng Q1.", [], {}),
]  # fmt: skip

# --- a table whose cells became lines ---------------------------------------------------------------------------------------

LINES: list[Row] = [
    ("# 3. Lộ trình thực hiện | timeline\nChỉ tiêu\n2025\n2026\nSố trạm y tế quản lý hen\n20\n45", [], {"period": "2025-2026"}),
    ("# 3. Thời gian thực hiện | timeline\nNăm 2025", [span("Năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("# 3. Thời gian thực hiện | timeline\nQuý I năm 2025", [span("Quý I năm 2025", "2025-01-01", "2025-03-31")], {}),
]  # fmt: skip

ROWS: list[Row] = [*CAMPAIGNS, *DAILY, *FIGURES, *PAIRS, *MEASURED, *CELLS, *LINES]
