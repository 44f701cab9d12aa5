"""More annotated sentences, one class of wordings after another, each with its counter-examples beside it.

The form of the rows is that of `table_sentences`.
"""

from __future__ import annotations

from tests.deadlines.table_sentences import Row, after, again, due, span

# --- several months or quarters in one time -------------------------------------------------------------------------

LISTS: list[Row] = [
    ("Các xã tổng vệ sinh trong tháng 7 và tháng 8/2025.", [span("trong tháng 7 và tháng 8/2025", "2025-07-01", "2025-08-31")], {}),
    ("Thời gian thực hiện: Tháng 3, 4/2025.", [span("Tháng 3, 4/2025", "2025-03-01", "2025-04-30")], {}),
    ("Tiến độ: Quý I, II năm 2025.", [span("Quý I, II năm 2025", "2025-01-01", "2025-06-30")], {}),
    ("Hoàn thành trong quý III và quý IV năm 2025.", [span("Hoàn thành trong quý III và quý IV năm 2025", "2025-07-01", "2025-12-31")], {}),
    ("Thời gian: tháng 10, 11, 12 năm 2025.", [span("tháng 10, 11, 12 năm 2025", "2025-10-01", "2025-12-31")], {}),
    ("Thời gian: Tháng 12/2025 và tháng 01/2026.", [span("Tháng 12/2025 và tháng 01/2026", "2025-12-01", "2026-01-31")], {}),
    ("| Nội dung | Thời gian |\n| Giám sát | Từ 02/2025 - 10/2025 |\n| Tập huấn | Quý II+III/2025 |\n| Khảo sát | Từ 03/2025-05/2025 |",
     [span("Từ 02/2025 - 10/2025", "2025-02-01", "2025-10-31"), span("Quý II+III/2025", "2025-04-01", "2025-09-30"),
      span("Từ 03/2025-05/2025", "2025-03-01", "2025-05-31")], {}),
    ("Thời gian: Quý II, quý III/2025.", [span("Quý II", "2025-04-01", "2025-06-30"), span("quý III/2025", "2025-07-01", "2025-09-30")], {}),
    # those that do not follow one another, that rounds repeat, that a sign parts, or that bind each for itself
    ("Lấy mẫu vào tháng 3 và tháng 9 năm 2025.", [span("vào tháng 3", "2025-03-01", "2025-03-31"), span("tháng 9 năm 2025", "2025-09-01", "2025-09-30")], {}),
    ("Thời gian: Tháng 5, 6 hằng năm.", [again("Tháng 5, 6 hằng năm", "FREQ=YEARLY;BYMONTH=5,6")], {}),
    ("Thời gian: Quý I; Quý II.", [span("Quý I", "2025-01-01", "2025-03-31"), span("Quý II", "2025-04-01", "2025-06-30")], {}),
    ("Nộp hồ sơ trước tháng 5 và tháng 6 năm 2025.", [due("trước tháng 5", "2025-04-30"), due("tháng 6 năm 2025", "2025-05-31")], {}),
    ("Thông tư số 12/2025-BYT được phổ biến trong tháng 7/2025.", [span("trong tháng 7/2025", "2025-07-01", "2025-07-31")], {"reference": "Thông tư số 12/2025-BYT"}),
]  # fmt: skip

# --- reports with their days, the next year, rounds ----------------------------------------------------------------

REPORTS: list[Row] = [
    ("Các đơn vị báo cáo kết quả hằng quý, năm về Sở Y tế.",
     [again("hằng quý", "FREQ=MONTHLY;INTERVAL=3", to="Sở Y tế"), again("năm", "FREQ=YEARLY", to="Sở Y tế")], {}),
    ("Tổng hợp báo cáo hàng tháng, quý và năm.",
     [again("hàng tháng", "FREQ=MONTHLY"), again("quý", "FREQ=MONTHLY;INTERVAL=3"), again("năm", "FREQ=YEARLY")], {}),
    ("Sơ kết hằng quý, năm 2026 xây dựng kế hoạch mới.", [again("hằng quý", "FREQ=MONTHLY;INTERVAL=3")], {}),
    ("Trạm Y tế gửi báo cáo trước ngày 12/6 (đợt 1) và 12/12 (đợt 2).",
     [due("trước ngày 12/6", "2025-06-12"), due("12/12", "2025-12-12")], {}),
    ("Trạm Y tế gửi báo cáo trước ngày 12/6 (báo cáo 6 tháng) và ngày 12/12 (báo cáo năm) hằng năm.",
     [again("trước ngày 12/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"), again("ngày 12/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12")], {}),
    ("Tổ chức chiến dịch vào ngày 02/6/2025 (đợt 1) và ngày 02/12/2025 (đợt 2).",
     [span("vào ngày 02/6/2025", "2025-06-02", "2025-06-02"), span("ngày 02/12/2025", "2025-12-02", "2025-12-02")], {}),
    # in a plan of one year they are that year's
    ("Các xã báo cáo số liệu trước ngày 03 hằng tháng; báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 12/12 về Trạm Y tế.",
     [again("trước ngày 03 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=3"), due("trước ngày 12/6", "2025-06-12"), due("trước ngày 12/12", "2025-12-12")], {}),
    ("4.2. Báo cáo định kỳ trước ngày 03 hằng tháng; báo cáo 6 tháng trước ngày 12/6 về Chi cục Dân số.",
     [again("trước ngày 03 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=3", to="Chi cục Dân số"), due("trước ngày 12/6", "2025-06-12", to="Chi cục Dân số")], {}),
    ("Thực hiện chế độ báo cáo định kỳ hằng quý, 6 tháng và năm gửi về Sở Y tế; thời gian gửi: quý I trước ngày 12/3, 6 tháng trước ngày 12/6, quý III trước ngày 12/9 và báo cáo năm trước ngày 20/11/2025.",
     [again("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3"), again("6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("năm", "FREQ=YEARLY"),
      due("trước ngày 12/3", "2025-03-12"), due("trước ngày 12/6", "2025-06-12"), due("trước ngày 12/9", "2025-09-12"), due("trước ngày 20/11/2025", "2025-11-20")], {}),
    # unless they come each year
    ("Hằng năm, các xã gửi báo cáo 6 tháng trước ngày 12/6, báo cáo năm trước ngày 12/12.",
     [again("trước ngày 12/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"), again("trước ngày 12/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12")], {}),
    ("Thời gian gửi báo cáo: 6 tháng trước ngày 12/6, năm trước ngày 12/12.",
     [again("trước ngày 12/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"), again("trước ngày 12/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12")],
     {"period": "2026-2030", "issued": "2025-11-20"}),
    # the next year comes again in a plan of several years, and behind "hằng năm"
    ("Tổng hợp kết quả, báo cáo Bộ Y tế trước ngày 20 tháng 01 năm sau.",
     [again("trước ngày 20 tháng 01 năm sau", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20")], {"period": "2026-2030", "issued": "2025-11-20"}),
    ("Hằng năm tổng hợp kết quả, báo cáo Bộ Y tế trước ngày 20/01 năm sau.",
     [again("trước ngày 20/01 năm sau", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20")], {}),
    ("Tổng hợp kết quả, báo cáo Bộ Y tế trước ngày 20 tháng 01 năm sau.", [due("trước ngày 20 tháng 01 năm sau", "2026-01-20")], {}),
    ("Kế hoạch được ban hành trước ngày 20/01 của năm kế hoạch.", [again("trước ngày 20/01 của năm kế hoạch", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20")],
     {"period": "2026-2030", "issued": "2025-11-20"}),
    # a round beside a time that is none of its own
    ("Tổng kiểm tra trước ngày 30/4; định kỳ 02 tháng/lần phúc tra tại các chợ.", [due("trước ngày 30/4", "2025-04-30"), again("định kỳ 02 tháng/lần", "FREQ=MONTHLY;INTERVAL=2")], {}),
    ("Các xã nguy cơ cao phun hóa chất định kỳ hằng tháng từ tháng 5 đến tháng 10 năm 2025.",
     [again("định kỳ hằng tháng", "FREQ=MONTHLY"), span("từ tháng 5 đến tháng 10 năm 2025", "2025-05-01", "2025-10-31")], {}),
    ("Giám sát véc tơ hằng tuần từ ngày 15/4 đến ngày 15/6.", [again("hằng tuần", "FREQ=WEEKLY"), span("từ ngày 15/4 đến ngày 15/6", "2025-04-15", "2025-06-15")], {}),
    ("Từ tháng 5 đến tháng 10, hằng tháng tổ chức diệt bọ gậy.", [span("Từ tháng 5 đến tháng 10", "2025-05-01", "2025-10-31"), again("hằng tháng", "FREQ=MONTHLY")], {}),
    ("Diệt bọ gậy từ tháng 5 đến tháng 10 hằng năm.", [again("từ tháng 5 đến tháng 10 hằng năm", "FREQ=YEARLY;BYMONTH=5,6,7,8,9,10")], {}),
    # days of the week
    ("Các trạm y tế báo cáo nhanh hằng tuần (vào ngày thứ Năm) về Trung tâm Y tế.", [again("hằng tuần (vào ngày thứ Năm)", "FREQ=WEEKLY;BYDAY=TH", to="Trung tâm Y tế")], {}),
    ("Báo cáo tuần trước 15 giờ 00 ngày thứ Tư, báo cáo tháng trước ngày 05 của tháng kế tiếp về Sở Y tế.",
     [again("trước 15 giờ 00 ngày thứ Tư", "FREQ=WEEKLY;BYDAY=WE", bound="before", to="Sở Y tế"), again("trước ngày 05 của tháng kế tiếp", "FREQ=MONTHLY;BYMONTHDAY=5")], {}),
    ("Họp giao ban vào thứ Hai.", [], {}),
    ("Gửi số liệu trước ngày 25 tháng cuối quý và báo cáo năm trước ngày 10/12/2025.",
     [again("trước ngày 25 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"), due("trước ngày 10/12/2025", "2025-12-10")], {}),
    # so many in each round
    ("- Đăng tải ít nhất 03 tin, bài mỗi tháng trên trang tin.", [again("mỗi tháng", "FREQ=MONTHLY")], {}),
    ("- Duy trì chuyên mục sức khỏe, phát sóng 02 kỳ mỗi tháng.", [again("mỗi tháng", "FREQ=MONTHLY")], {}),
    ("Bệnh viện hiện tiếp nhận 300 người bệnh mỗi tháng.", [], {}),
    ("- Cập nhật số liệu lưu trú hằng ngày.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("- Rà soát số liệu báo cáo hằng ngày của các trạm.", [], {}),
    # how often a target counts is no time
    ("Tỷ lệ người cao tuổi được khám sức khỏe định kỳ ít nhất 01 lần/năm đạt từ 70% trở lên.", [], {}),
]  # fmt: skip

# --- limits told by an event ----------------------------------------------------------------------------------------

EVENTS: list[Row] = [
    ("Trung tâm Y tế tiêm bù cho trẻ, hoàn thành trước khi bắt đầu năm học 2025 - 2026.",
     [due("hoàn thành trước khi bắt đầu năm học 2025 - 2026", None, bound="before", anchor="bắt đầu năm học 2025 - 2026")], {}),
    ("Kiểm tra các bãi tắm, hoàn thành trước mùa du lịch.", [due("hoàn thành trước mùa du lịch", None, bound="before", anchor="mùa du lịch")], {}),
    ("Sửa chữa trạm y tế xong trước Tết Nguyên đán.", [due("xong trước Tết Nguyên đán", None, bound="before", anchor="Tết Nguyên đán")], {}),
    ("Kiểm tra cơ sở lưu trú, hoàn thành trước kỳ nghỉ lễ 30/4.", [due("hoàn thành trước kỳ nghỉ lễ 30/4", "2025-04-30", bound="before")], {}),
    ("Rửa tay trước khi ăn; kiểm tra sức khỏe trước khi tiêm.", [], {}),
    # work on all cases within hours of what happened
    ("- Điều tra 100% ổ dịch trong vòng 48 giờ kể từ khi nhận được báo cáo.", [after("trong vòng 48 giờ kể từ khi nhận được báo cáo", "PT48H")], {}),
    ("Tỷ lệ ổ dịch được xử lý trong vòng 48 giờ kể từ khi phát hiện đạt 100%.", [], {}),
    # work on a share within a season
    ("b) Kiểm tra ít nhất 15% số cơ sở, từ tháng 5 đến tháng 9 năm 2025.", [span("từ tháng 5 đến tháng 9 năm 2025", "2025-05-01", "2025-09-30")], {}),
    ("- Diệt loăng quăng từ tháng 5 đến tháng 9 năm 2025 tại 100% xã, phường.", [span("từ tháng 5 đến tháng 9 năm 2025", "2025-05-01", "2025-09-30")], {}),
    ("Vận động hội viên giảm giá dịch vụ 20% trong tháng 5 và tháng 6/2025.", [span("trong tháng 5 và tháng 6/2025", "2025-05-01", "2025-06-30")], {}),
    ("Tỷ lệ tiêm chủng đạt 95% từ tháng 5 đến tháng 9 năm 2025.", [], {}),
]  # fmt: skip

# --- slips of scans -------------------------------------------------------------------------------------------------

SLIPS: list[Row] = [
    ("Các xã gửi kế hoạch về Sở Y tế trước ngày l6/3/2025.", [due("trước ngày l6/3/2025", "2025-03-16", to="Sở Y tế")], {}),
    ("Các xã gửi kế hoạch chậm nhất ngày 3l/3/2025.", [due("chậm nhất ngày 3l/3/2025", "2025-03-31")], {}),
    ("Các xã gửi số liệu trước ngày O6 hàng tháng.", [again("trước ngày O6 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=6")], {}),
    ("Các xã hoàn thành truớc ngày 20/4.", [due("hoàn thành truớc ngày 20/4", "2025-04-20")], {}),
    ("Giám sát dịch tễ từ tháng 02 đên hết tháng 5 năm 2025.", [span("từ tháng 02 đên hết tháng 5 năm 2025", "2025-02-01", "2025-05-31")], {}),
    ("Phúc tra các cơ sở trong 6 tháng cuôi năm.", [span("trong 6 tháng cuôi năm", "2025-07-01", "2025-12-31")], {}),
    ("Gửi báo cáo trước ngày 2O/11/2O25.", [due("trước ngày 2O/11/2O25", "2025-11-20")], {}),
    # words and letters that are what they are
    ("Thời gian: Quý II/2025.", [span("Quý II/2025", "2025-04-01", "2025-06-30")], {}),
    ("Ngay 03 ngày đầu, các trạm rà soát; năm vừa qua dùng 2l/1 giường.", [], {}),
    ("Công ty ODA-15 và lô l5 hàng hóa.", [], {}),
]  # fmt: skip

# --- what only looks like a time of work ----------------------------------------------------------------------------

DESCRIBED: list[Row] = [
    ("Bệnh đậu mùa khỉ là sự kiện y tế công cộng khẩn cấp từ ngày 14/8/2024; các chủng cúm tiếp tục lưu hành.", [], {}),
    ("# I. TÌNH HÌNH, DỰ BÁO | other\nTrong năm 2025, giao lưu đi lại giữa các địa phương gia tăng.", [], {}),
    ("# I. NHIỆM VỤ | tasks\n- Trong năm 2025, tổ chức rà soát mạng lưới.", [span("Trong năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("Từ ngày 01/4/2025, các trạm từ chối hồ sơ giấy.", [span("Từ ngày 01/4/2025", "2025-04-01", None)], {}),
    ("Kinh phí được bố trí từ dự toán chi thường xuyên hằng năm của các cơ quan.", [], {}),
]  # fmt: skip

# --- people ---------------------------------------------------------------------------------------------------------

WHO: list[Row] = [
    ("# 1. Sở Y tế | implementation\n- Cơ quan đầu mối, chủ trì, phối hợp với các sở, ban, ngành triển khai; sơ kết trước ngày 20/12/2025.",
     [due("trước ngày 20/12/2025", "2025-12-20", who="Sở Y tế")], {}),
    ("Thủ trưởng đơn vị có hồ sơ quá hạn phải giải trình chậm nhất ngày 20/12/2025.", [due("chậm nhất ngày 20/12/2025", "2025-12-20", who="Thủ trưởng đơn vị có hồ sơ quá hạn")], {}),
    ("Các đơn vị có trách nhiệm báo cáo trước ngày 20/12/2025.", [due("trước ngày 20/12/2025", "2025-12-20", who="Các đơn vị")], {}),
    ("- Rà soát văn bản.\n- Cơ quan chủ trì: Sở Y tế.\n- Thời hạn hoàn thành: Các huyện gửi kết quả về Sở Y tế trước ngày 20/9/2025; Sở Y tế tổng hợp, báo cáo UBND tỉnh, Bộ Y tế trước ngày 10/10/2025.",
     [due("trước ngày 20/9/2025", "2025-09-20", who="Các huyện", to="Sở Y tế"), due("trước ngày 10/10/2025", "2025-10-10", who="Sở Y tế", to="UBND tỉnh, Bộ Y tế")], {}),
    ("- Bồi dưỡng kiến thức pháp luật.\n- Cơ quan chủ trì: Sở Nội vụ.\n- Thời gian thực hiện: Theo Kế hoạch bồi dưỡng công chức, viên chức hằng năm.",
     [again("hằng năm", "FREQ=YEARLY", who="Sở Nội vụ")], {}),
    ("| TT | Nội dung lớp | Đơn vị tổ chức | Thời gian |\n| 1 | Kỹ năng truyền thông | Trung tâm Kiểm soát bệnh tật tỉnh | Tháng 4/2025 |\n| 2 | Quản lý điều dưỡng | Trường Cao đẳng Y tế | Tháng 5/2025 |",
     [span("Tháng 4/2025", "2025-04-01", "2025-04-30", who="Trung tâm Kiểm soát bệnh tật tỉnh"), span("Tháng 5/2025", "2025-05-01", "2025-05-31", who="Trường Cao đẳng Y tế")], {}),
    ("# 1. Tháng 4 | timeline\n- Trung tâm Kiểm soát bệnh tật tỉnh: Tập huấn cho tuyến xã trước ngày 20/4.",
     [span("Tháng 4", "2025-04-01", "2025-04-30", who=None), due("trước ngày 20/4", "2025-04-20", who="Trung tâm Kiểm soát bệnh tật tỉnh")], {}),
]  # fmt: skip

# --- wordings of all kinds ------------------------------------------------------------------------------------------

MORE: list[Row] = [
    # weeks and thirds of a month
    ("Tập huấn được tổ chức vào tuần 2, tuần 3 tháng 4/2025.", [span("vào tuần 2, tuần 3 tháng 4/2025", "2025-04-08", "2025-04-21")], {}),
    ("Hội nghị tổng kết tổ chức vào trung tuần tháng 12/2025.", [span("vào trung tuần tháng 12/2025", "2025-12-11", "2025-12-20")], {}),
    ("- Kiểm tra các chốt vào hạ tuần tháng 6/2025.", [span("vào hạ tuần tháng 6/2025", "2025-06-21", "2025-06-30")], {}),
    # the hour of a day of the week, in a list of rounds
    ("Báo cáo hằng tuần (trước 15h00 thứ Năm), hằng tháng (trước ngày 05) về Sở Y tế.",
     [again("hằng tuần (trước 15h00 thứ Năm)", "FREQ=WEEKLY;BYDAY=TH"), again("hằng tháng (trước ngày 05)", "FREQ=MONTHLY;BYMONTHDAY=5")], {}),
    ("Giao ban hằng tuần (chiều thứ Sáu), hằng tháng (ngày 05).",
     [again("hằng tuần (chiều thứ Sáu)", "FREQ=WEEKLY;BYDAY=FR"), again("hằng tháng (ngày 05)", "FREQ=MONTHLY;BYMONTHDAY=5")], {}),
    # a round and where it begins
    ("Thời gian thực hiện: Hằng tháng, từ tháng 3.", [again("Hằng tháng", "FREQ=MONTHLY"), span("từ tháng 3", "2025-03-01", None)], {}),
    ("Các xã báo cáo hằng tháng, từ ngày 15 đến ngày 20.", [again("hằng tháng, từ ngày 15 đến ngày 20", "FREQ=MONTHLY;BYMONTHDAY=15,16,17,18,19,20")], {}),
    # days behind an event whose "kể từ" is left out
    ("Sau 05 ngày kết thúc đợt kiểm tra, các đoàn gửi báo cáo về Sở Y tế.", [after("Sau 05 ngày kết thúc đợt kiểm tra", "P5D", anchor="kết thúc đợt kiểm tra")], {}),
    ("Các xã báo cáo Trung tâm Y tế sau khi kết thúc chiến dịch 03 ngày.", [after("sau khi kết thúc chiến dịch 03 ngày", "P3D", anchor="kết thúc chiến dịch")], {}),
    ("Sau 5 ngày điều trị, người bệnh được đánh giá lại.", [], {}),
    ("Thời gian thực hiện: Sau khi Kế hoạch được ban hành đến 31/12/2025.", [span("Sau khi Kế hoạch được ban hành đến 31/12/2025", "2025-01-15", "2025-12-31")], {}),
    # the years in which a plan is reviewed
    ("- Sơ kết: năm 2028; tổng kết: năm 2030.", [span("năm 2028", "2028-01-01", "2028-12-31"), span("năm 2030", "2030-01-01", "2030-12-31")], {"period": "2026-2030"}),
    ("- Tổ chức sơ kết (năm 2028) và tổng kết (năm 2030) việc thực hiện.", [span("năm 2028", "2028-01-01", "2028-12-31"), span("năm 2030", "2030-01-01", "2030-12-31")], {"period": "2026-2030"}),
    ("- Tham mưu sơ kết vào quý IV/2028, tổng kết năm 2030.", [span("vào quý IV/2028", "2028-10-01", "2028-12-31"), span("năm 2030", "2030-01-01", "2030-12-31")], {"period": "2026-2030"}),
    ("- Tổ chức hội nghị tổng kết năm 2026.", [], {"issued": "2025-12-20", "period": "2026"}),
    ("- Báo cáo tổng kết năm 2025 của các đơn vị được gửi về Sở.", [], {}),
    # what is held for a day that has a name, on a day of its own
    ("- Truyền thông Ngày Thế giới không thuốc lá 31/5, tổ chức mít tinh cấp tỉnh (ngày 28/5/2025).", [span("ngày 28/5/2025", "2025-05-28", "2025-05-28")], {}),
    ("- Lễ phát động Ngày Dân số Thế giới 11/7, thời gian: ngày 10/7/2025.", [span("ngày 10/7/2025", "2025-07-10", "2025-07-10")], {}),
    ("- Mít tinh hưởng ứng Ngày Thế giới phòng, chống Lao (24/3) vào ngày 22/3/2025.", [span("vào ngày 22/3/2025", "2025-03-22", "2025-03-22")], {}),
    ("- Truyền thông Ngày Dân số Thế giới 11/7, tổ chức các hoạt động Ngày Dân số Việt Nam 26/12.", [], {}),
    ("- Tổ chức mít tinh Ngày Vi chất dinh dưỡng 01/6 và Ngày Vệ sinh yêu nước 02/7.", [], {}),
    ("Các phòng nộp hồ sơ trước 30 ngày khi hết hạn hợp đồng.", [after("trước 30 ngày khi hết hạn hợp đồng", "P30D", bound="before", anchor="hết hạn hợp đồng")], {}),
    ("Chậm nhất 03 ngày làm việc kể từ khi nhận hồ sơ, Văn phòng Sở trả kết quả.",
     [after("Chậm nhất 03 ngày làm việc kể từ khi nhận hồ sơ", "P3D", bound="by", who="Văn phòng Sở")], {}),
    ("Phòng xét nghiệm trả lời trong vòng 24h kể từ khi có mẫu.", [after("trong vòng 24h kể từ khi có mẫu", "PT24H", anchor="có mẫu")], {}),
    ("Thực hiện chế độ báo cáo tháng, quý, 6 tháng và năm về Sở Y tế theo quy định.",
     [again("báo cáo tháng", "FREQ=MONTHLY"), again("quý", "FREQ=MONTHLY;INTERVAL=3"), again("6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("năm", "FREQ=YEARLY", to="Sở Y tế")], {}),
    ("Đánh giá kết quả báo cáo quý, năm của đơn vị.", [], {}),
    ("Định kỳ 6 tháng, 9 tháng và 1 năm báo cáo Sở Y tế.", [again("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"), again("9 tháng", "FREQ=YEARLY"), again("1 năm", "FREQ=YEARLY")], {}),
    ("Sơ kết 6 tháng đầu năm trong tháng 7/2025.", [span("trong tháng 7/2025", "2025-07-01", "2025-07-31")], {}),
    ("Các năm sau lập dự toán trước ngày 15/7 hằng năm.", [again("trước ngày 15/7 hằng năm", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=15")], {}),
    ("Kế hoạch được ban hành trước ngày 25/12 của năm trước liền kề.", [again("trước ngày 25/12 của năm trước liền kề", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25")], {}),
    ("Số liệu báo cáo tính từ ngày 15/12 năm trước đến ngày 14/12 của kỳ báo cáo.", [], {}),
    ("Ngày 05 hằng tháng và ngày 20 tháng cuối quý, các đơn vị báo cáo số liệu.",
     [again("Ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5", who="các đơn vị"), again("ngày 20 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", who="các đơn vị")], {}),
    ("Ngày 15/4/2025, Sở Y tế tổ chức lễ phát động.", [span("Ngày 15/4/2025", "2025-04-15", "2025-04-15", who="Sở Y tế")], {}),
    ("Thời gian thực hiện: Hằng năm, bắt đầu từ năm 2025.", [again("Hằng năm", "FREQ=YEARLY"), span("bắt đầu từ năm 2025", "2025-01-01", None)], {}),
    ("Thời gian thực hiện: quý I (đối với tuyến tỉnh), quý II (đối với tuyến xã).", [span("quý I", "2025-01-01", "2025-03-31"), span("quý II", "2025-04-01", "2025-06-30")], {}),
    ("Tiến hành kiểm tra từ giữa quý II đến hết quý III/2025.", [span("từ giữa quý II đến hết quý III/2025", "2025-05-01", "2025-09-30")], {}),
    ("Tẩy giun đợt 1 vào tháng 4, đợt 2 vào tháng 10 năm 2025.", [span("vào tháng 4", "2025-04-01", "2025-04-30"), span("vào tháng 10 năm 2025", "2025-10-01", "2025-10-31")], {}),
    ("Các xã gửi báo cáo định kỳ hằng tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý) và năm (trước ngày 05/12).",
     [again("định kỳ hằng tháng (trước ngày 20)", "FREQ=MONTHLY;BYMONTHDAY=20"), again("quý (trước ngày 20 tháng cuối quý)", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
      again("năm (trước ngày 05/12)", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5")], {}),
    ("- Định kỳ 6 tháng (trước ngày 12/6) báo cáo Ủy ban nhân dân tỉnh (qua Chi cục Dân số, Sở Y tế).", [again("Định kỳ 6 tháng (trước ngày 12/6)", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12", who=None)], {}),
]  # fmt: skip

ROWS: list[Row] = [*LISTS, *REPORTS, *EVENTS, *SLIPS, *DESCRIBED, *WHO, *MORE]
