"""Annotated sentences of campaigns, school health and reporting tables: halves of months, what is sent out in each round,
events told before their days, reports handed on step by step, and columns that ask when something is sent.

The form of the rows is that of `table_sentences`.
"""

from __future__ import annotations

from tests.deadlines.table_sentences import Row, after, again, due, span

# --- halves of a month; rounds by what is made in them ---------------------------------------------------------------

ROUNDS: list[Row] = [
    ("Hội thi tổ chức vào nửa cuối tháng 10; tập huấn nửa đầu tháng 4/2025.",
     [span("vào nửa cuối tháng 10", "2025-10-16", "2025-10-31"), span("nửa đầu tháng 4/2025", "2025-04-01", "2025-04-15")], {}),
    ("Thời gian: Nửa sau tháng 2.", [span("Nửa sau tháng 2", "2025-02-16", "2025-02-28")], {}),
    ("- Duy trì bản tin sức khỏe 01 số/quý, đăng 02 tin, bài/tuần trên trang tin.",
     [again("01 số/quý", "FREQ=MONTHLY;INTERVAL=3"), again("02 tin, bài/tuần", "FREQ=WEEKLY")], {}),
    ("- Lấy 240 mẫu/năm tại 05 điểm quan trắc.", [], {}),
    ("- Kiểm tra vệ sinh lớp học 01 lần/năm học; mỗi năm học tổ chức hội thao.",
     [again("01 lần/năm học", "FREQ=YEARLY"), again("mỗi năm học", "FREQ=YEARLY")], {}),
    ("- Mỗi tháng vệ sinh khử khuẩn phòng học 01 lần.", [again("Mỗi tháng vệ sinh khử khuẩn phòng học 01 lần", "FREQ=MONTHLY")], {}),
    ("- Đối thoại với người bệnh ít nhất 01 lần trong năm 2025.", [span("trong năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("- Khám lưu động (tháng 4: các xã ven biển; tháng 5: các xã miền núi).",
     [span("tháng 4", "2025-04-01", "2025-04-30"), span("tháng 5", "2025-05-01", "2025-05-31")], {}),
    ("- Truyền thông, tư vấn, quý III/2025.", [span("quý III/2025", "2025-07-01", "2025-09-30")], {}),
    ("- Báo cáo quý I, 6 tháng, quý III.", [], {}),
    ("- Công bố đường dây nóng, báo cáo nhanh hằng ngày trong những ngày nghỉ Tết.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("- Công bố mẫu báo cáo nhanh hằng ngày trong tài liệu tập huấn.", [], {}),
    ("Thời gian: Tuần 1, 2, 3 tháng 5.", [span("Tuần 1, 2, 3 tháng 5", "2025-05-01", "2025-05-21")], {}),
    ("Thời gian: Tuần 1, 2 và 3 tháng 5.", [span("Tuần 1, 2 và 3 tháng 5", "2025-05-01", "2025-05-21")], {}),
    ("Các trạm y tế gửi báo cáo tháng (ngày 25), báo cáo quý (ngày 25 tháng cuối quý).",
     [again("ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25"), again("ngày 25 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25")], {}),
    ("Xét nghiệm lại vào lần khám sau (ngày 25).", [], {}),
]  # fmt: skip

# --- events told before their days ------------------------------------------------------------------------------------

EVENTS: list[Row] = [
    ("Các xã gửi danh sách trước khi khai giảng lớp đầu tiên 10 ngày.",
     [after("trước khi khai giảng lớp đầu tiên 10 ngày", "P10D", bound="before", anchor="khai giảng lớp đầu tiên", who="Các xã")], {}),
    ("Kiểm tra cơ sở làm bánh trước Tết Trung thu 15 ngày.", [after("trước Tết Trung thu 15 ngày", "P15D", anchor="Tết Trung thu")], {}),
    ("Hoàn thành dự trữ thuốc trước kỳ nghỉ lễ ít nhất 05 ngày làm việc.",
     [after("trước kỳ nghỉ lễ ít nhất 05 ngày làm việc", "P5D", anchor="kỳ nghỉ lễ")], {}),
    ("Rà soát bếp ăn trước ngày khai giảng năm học mới.",
     [due("trước ngày khai giảng năm học mới", None, bound="before", anchor="khai giảng năm học mới")], {}),
    ("Người bệnh ngừng thuốc trước khi mổ 05 ngày.", [], {}),
    # how long something is kept is no limit
    ("- Mẫu thức ăn lưu tại bếp tối thiểu 24 giờ kể từ khi chế biến xong.", [], {}),
    ("- Báo cáo trong vòng 24 giờ kể từ khi phát hiện ca bệnh.", [after("trong vòng 24 giờ kể từ khi phát hiện ca bệnh", "PT24H")], {}),
]  # fmt: skip

# --- reports that are handed on ---------------------------------------------------------------------------------------

HANDED: list[Row] = [
    ("Các xã gửi trước ngày 12, Trung tâm Y tế gửi Sở Y tế trước ngày 15 hằng tháng.",
     [again("trước ngày 12", "FREQ=MONTHLY;BYMONTHDAY=12", who="Các xã"),
      again("trước ngày 15 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15", who="Trung tâm Y tế", to="Sở Y tế")], {}),
    ("Các xã gửi trước ngày 10, Trung tâm Y tế gửi Sở Y tế trước ngày 15 của tháng cuối quý.",
     [again("trước ngày 10", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10"),
      again("trước ngày 15 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15")], {}),
    ("Các trường gửi báo cáo trước ngày 25/5; trạm y tế gửi Trung tâm Y tế trước ngày 31/5 hằng năm.",
     [again("trước ngày 25/5", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=25", who="Các trường"),
      again("trước ngày 31/5 hằng năm", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31", who="trạm y tế")], {}),
    # work of another kind is done once; a day that names its year is that year's
    ("Ban hành kế hoạch trước ngày 20/02; báo cáo kết quả trước ngày 15/12 hằng năm.",
     [due("trước ngày 20/02", "2025-02-20"), again("trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")], {}),
    ("Gửi danh sách trước ngày 20/02/2025; gửi báo cáo trước ngày 15/12 hằng năm.",
     [due("trước ngày 20/02/2025", "2025-02-20"), again("trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")], {}),
]  # fmt: skip

# --- columns and headings that ask for a time --------------------------------------------------------------------------

ASKED: list[Row] = [
    ("| Loại báo cáo | Thời hạn gửi |\n| Chuyên đề | 30/6 và 31/12 |\n| Báo cáo năm | 30/11 |",
     [due("30/6", "2025-06-30", bound="by"), due("31/12", "2025-12-31", bound="by"), due("30/11", "2025-11-30", bound="by")], {}),
    ("| Loại báo cáo | Kỳ số liệu |\n| Chuyên đề | 30/6 và 31/12 |", [], {}),
    ("Hạn gửi báo cáo: Quý I: 15/3; quý III: 15/9; năm: 30/11.",
     [due("15/3", "2025-03-15", bound="by"), due("15/9", "2025-09-15", bound="by"), due("30/11", "2025-11-30", bound="by")], {}),
    ("Hạn hoàn thành: Quý III/2025.", [span("Quý III/2025", "2025-07-01", "2025-09-30")], {}),
    ("| Hoạt động | Quý I | Quý II | Quý III |\n| Tập huấn | x |  | x |", [], {}),
    ("| Kiểm tra tuyến xã | Tháng 5: 03 xã; tháng 9: 04 xã | Trạm Y tế |\n| Họp | Trực tuyến | Sở Y tế |",
     [span("Tháng 5", "2025-05-01", "2025-05-31"), span("tháng 9", "2025-09-01", "2025-09-30")], {}),
    ("| Nội dung | Thời gian |\n| Kiểm tra bếp ăn | Đầu năm học 2025 - 2026 (tháng 8, 9/2025) |",
     [span("tháng 8, 9/2025", "2025-08-01", "2025-09-30")], {}),
    ("| Hoạt động | Tiến độ |\n| Tập huấn | Quý III |", [span("Quý III", "2025-07-01", "2025-09-30")], {}),
    ("# 2. Giai đoạn 2 (năm 2025) | tasks\n- Mua sắm thiết bị.", [span("năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("# 2. Chuẩn bị giai đoạn 2 (năm 2025) | tasks\n- Mua sắm thiết bị.", [], {}),
]  # fmt: skip

ROWS: list[Row] = [*ROUNDS, *EVENTS, *HANDED, *ASKED]
