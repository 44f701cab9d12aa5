"""Annotated sentences: times that hold by where they stand, whoever gets what, and where a unit's name ends.

The form of the rows is that of `table_sentences`.
"""

from __future__ import annotations

from tests.deadlines.table_sentences import Row, after, again, due, span

# --- in brackets, behind a label, at the end of what is to be done ---------------------------------------------------

ENDS: list[Row] = [
    ("Lau khử khuẩn buồng bệnh (thực hiện quý III).", [span("quý III", "2025-07-01", "2025-09-30")], {}),
    ("Sơn lại biển báo (thời gian thực hiện: quý 4 năm 2025).", [span("quý 4 năm 2025", "2025-10-01", "2025-12-31")], {}),
    ("Trạm Y tế lau dọn kho vắc xin cuối tháng 8/2025.", [span("cuối tháng 8/2025", "2025-08-21", "2025-08-31", who="Trạm Y tế")], {}),
    ("- Chủ trì, phối hợp với các xã khoanh vùng nơi có lăng quăng Quý II/2025; phúc tra sau đó.", [span("Quý II/2025", "2025-04-01", "2025-06-30")], {}),
    ("- Đưa hệ thống hội chẩn từ xa vào vận hành Quý IV/2025.", [span("Quý IV/2025", "2025-10-01", "2025-12-31")], {}),
    ("Rà soát quy trình; bản góp ý gửi về Phòng Nghiệp vụ Y cuối tháng 5/2025.", [span("cuối tháng 5/2025", "2025-05-21", "2025-05-31", to="Phòng Nghiệp vụ Y")], {}),
    ("Khoa Dược kiểm kê tủ trực trong cả năm 2025.", [span("trong cả năm 2025", "2025-01-01", "2025-12-31", who="Khoa Dược")], {}),
    ("Trung tâm Pháp y nhập số liệu lên phần mềm trong năm 2025.", [span("trong năm 2025", "2025-01-01", "2025-12-31", who="Trung tâm Pháp y")], {}),
    ("Nạo vét cống nước thải: trong 9 tháng đầu năm 2025.", [span("trong 9 tháng đầu năm 2025", "2025-01-01", "2025-09-30")], {}),
    ("Trong quý III năm 2025, lập phương án thu dung bệnh nhân.", [span("Trong quý III năm 2025", "2025-07-01", "2025-09-30")], {}),
    # members of one list stand or fall together
    ("- Tổ chức tập huấn quý II/2025 và quý IV/2025.", [span("quý II/2025", "2025-04-01", "2025-06-30"), span("quý IV/2025", "2025-10-01", "2025-12-31")], {}),
    ("- Mở lớp bồi dưỡng (tháng 3 và tháng 9 năm 2025).", [span("tháng 3", "2025-03-01", "2025-03-31"), span("tháng 9 năm 2025", "2025-09-01", "2025-09-30")], {}),
    ("- Tổ chức phúc tra tại các xã, tháng 5/2025 và tháng 11/2025.", [span("tháng 5/2025", "2025-05-01", "2025-05-31"), span("tháng 11/2025", "2025-11-01", "2025-11-30")], {}),
    ("- Tổng hợp số liệu thu phí quý II và quý IV/2025.", [], {}),
    ("- Tổng hợp số liệu quý I, quý II/2025 của các đơn vị.", [], {}),
    ("- Liên thông dữ liệu giấy chứng sinh, giấy báo tử hằng ngày.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("Đối chiếu số liệu giữa các tuyến hằng quý.", [again("hằng quý", "FREQ=MONTHLY;INTERVAL=3")], {}),
    # as cells abbreviate months and quarters; not what only looks alike
    ("| TT | Nội dung | Thời hạn |\n| 1 | Rà soát hạ tầng | QIII/2025 |\n| 2 | Kết nối dữ liệu | Q.IV/2025 |\n| 3 | Đào tạo | T3/2025 |",
     [span("QIII/2025", "2025-07-01", "2025-09-30"), span("Q.IV/2025", "2025-10-01", "2025-12-31"), span("T3/2025", "2025-03-01", "2025-03-31")], {}),
    ("- Sửa chữa phòng mổ T3, khu Q2.", [], {}),
    ("| TT | Đơn vị | Bắt đầu | Kết thúc |\n| 1 | Bệnh viện Mắt | 10/02/2025 | 30/9/2025 |",
     [span("10/02/2025", "2025-02-10", None), due("30/9/2025", "2025-09-30", bound="by")], {}),
    # a year that heads its clause, no sign behind it
    ("- Năm 2025 thí điểm tại 02 xã; giai đoạn 2026 - 2027 nhân rộng toàn tỉnh.", [span("Năm 2025", "2025-01-01", "2025-12-31"), span("giai đoạn 2026 - 2027", "2026-01-01", "2027-12-31")], {}),
    ("- Năm 2025 tập trung hoàn thiện thể chế.", [span("Năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("- Năm 2025 giảm 10% số vụ ngộ độc.", [], {}),
    ("- Năm 2025 là năm bản lề của nhiệm kỳ.", [], {}),
    ("Ngân sách huyện cấp theo phân cấp; năm 2025 bố trí 450 triệu đồng.", [], {}),
    # rows of a table that lost its cells
    ("1 Khảo sát nguồn nước Trạm Y tế Tháng 3/2025 2 Tập huấn lấy mẫu Trung tâm Y tế Từ tháng 4 đến tháng 5/2025",
     [span("Tháng 3/2025", "2025-03-01", "2025-03-31"), span("Từ tháng 4 đến tháng 5/2025", "2025-04-01", "2025-05-31")], {}),
    # names, figures and hopes that end in a time
    ("Tổng hợp số liệu thu phí quý II/2025.", [], {}),
    ("Thanh toán phụ cấp trực tháng 3/2025.", [], {}),
    ("Tham mưu giao nhiệm vụ trong năm 2025.", [], {}),
    ("Góp phần kéo giảm bệnh lao trong năm 2025.", [], {}),
    ("Trong quý III năm 2025, thu dung 320 bệnh nhân.", [], {}),
    ("Kết quả khám sức khỏe (so với quý III).", [], {}),
]  # fmt: skip

# --- what a time only describes --------------------------------------------------------------------------------------

DESCRIBES: list[Row] = [
    ("Đến hết năm 2025, bảo đảm 80% số hộ có hố xí hợp vệ sinh.", [], {}),
    ("Năm 2025, duy trì 90% ấp có cộng tác viên.", [], {}),
    ("Năm 2025, duy trì hoạt động của các câu lạc bộ.", [span("Năm 2025", "2025-01-01", "2025-12-31")], {}),
    ("Hỗ trợ người đăng ký thường trú tại địa bàn xã trước ngày 01/7/2025.", [], {}),
    ("Ưu tiên phúc tra quầy thuốc có giấy phép hết hạn trước ngày 01/7/2025.", [], {}),
    ("Nhắc người có giấy phép sắp hết hạn trước ngày 01/7/2025.", [due("trước ngày 01/7/2025", "2025-07-01")], {}),
    ("Vận động bà mẹ cho con bú trong 6 tháng đầu.", [], {}),
    ("Tổ chức hội thi trong 6 tháng đầu năm.", [span("trong 6 tháng đầu năm", "2025-01-01", "2025-06-30")], {}),
    ("Chi cho dự phòng bình quân mỗi năm tăng 6,5%.", [], {}),
    ("Giám sát bữa ăn và tuyên truyền rửa tay hằng ngày.", [again("hằng ngày", "FREQ=DAILY")], {}),
    ("Tuyên truyền trẻ em rửa tay hằng ngày.", [], {}),
    ("- Khử khuẩn khu cách ly hằng ngày; giặt đồ vải riêng.", [again("hằng ngày", "FREQ=DAILY")], {}),
]  # fmt: skip

# --- rounds and offsets ----------------------------------------------------------------------------------------------

ROUNDS: list[Row] = [
    ("Hằng tháng trước ngày 12 công khai giá thuốc.", [again("Hằng tháng trước ngày 12", "FREQ=MONTHLY;BYMONTHDAY=12", bound="before")], {}),
    ("Cập nhật tin về thuốc lá mới hằng tuần trên trang web.", [again("hằng tuần", "FREQ=WEEKLY")], {}),
    ("Môi tháng có ít nhất 01 buổi nói chuyện.", [again("Môi tháng", "FREQ=MONTHLY")], {}),
    ("Các trạm nộp bản tự chấm điểm về Phòng Kế hoạch - Tài chính hàng năm.", [again("hàng năm", "FREQ=YEARLY", who="Các trạm", to="Phòng Kế hoạch - Tài chính")], {}),
    ("Báo cáo kết quả về Giám đốc Bệnh viện (qua Phòng Kế hoạch tổng hợp) hằng năm.",
     [again("hằng năm", "FREQ=YEARLY", to="Giám đốc Bệnh viện (qua Phòng Kế hoạch tổng hợp)")], {}),
    ("Gửi Sở Tài chính dự toán kinh phí hằng năm.", [], {}),
    # what somebody is judged by each year; the judging itself
    ("Kết quả thực hiện là một trong các tiêu chí để đánh giá, xếp loại đơn vị hằng năm.", [], {}),
    ("Gắn việc thực hiện Kế hoạch với đánh giá, xếp loại viên chức và thi đua, khen thưởng hằng năm.", [], {}),
    ("Lấy kết quả chuyển đổi số làm căn cứ phân loại người đứng đầu, xét thi đua, khen thưởng hằng năm của các phòng.", [], {}),
    # what is to be finished by a day, whatever share of it; a day that only dates the share
    ("- Hoàn thành bệnh án điện tử tại 100% bệnh viện trước ngày 30/6/2025.", [due("trước ngày 30/6/2025", "2025-06-30")], {}),
    ("- 100% bệnh viện dùng chữ ký số, hoàn thành chậm nhất ngày 30/9/2025.", [due("hoàn thành chậm nhất ngày 30/9/2025", "2025-09-30", bound="by")], {}),
    ("- Phấn đấu 90% trạm y tế có camera trước ngày 30/6/2025.", [], {}),
    # how often at most
    ("Không kiểm tra quá 01 lần/năm đối với một doanh nghiệp.", [], {}),
    ("Kiểm tra mỗi cơ sở không quá 01 lần/năm.", [], {}),
    ("Kiểm tra mỗi cơ sở tối thiểu 01 lần/năm.", [again("01 lần/năm", "FREQ=YEARLY")], {}),
    # the plan for the long run and the one for each year
    ("Xây dựng kế hoạch 05 năm và hằng năm để triển khai.", [], {}),
    ("Ban hành Kế hoạch thực hiện giai đoạn 2026 - 2030 và hằng năm về công tác dân số.", [], {}),
    ("Sơ kết 05 năm và hằng năm báo cáo Bộ Y tế.", [again("hằng năm", "FREQ=YEARLY", to="Bộ Y tế")], {}),
    ("Báo cáo kết quả thực hiện 06 tháng (trước ngày 08/6), năm (trước ngày 08/12) về Sở Y tế.",
     [again("trước ngày 08/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=8", to="Sở Y tế"), again("trước ngày 08/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8", to="Sở Y tế")],
     {"period": "2026-2030"}),
    ("Báo cáo kết quả thực hiện 06 tháng (trước ngày 08/6), năm (trước ngày 08/12) về Sở Y tế.",
     [due("trước ngày 08/6", "2025-06-08", to="Sở Y tế"), due("trước ngày 08/12", "2025-12-08", to="Sở Y tế")], {}),
    ("Báo cáo số ca bệnh hằng tuần (trước 15 giờ thứ Năm).", [again("hằng tuần (trước 15 giờ thứ Năm)", "FREQ=WEEKLY;BYDAY=TH")], {}),
    ("Tổ chức đánh giá, xếp loại viên chức hằng năm theo quy định.", [again("hằng năm", "FREQ=YEARLY")], {}),
    ("Theo tiêu chí đánh giá, hằng năm Sở Nội vụ thẩm định kết quả.", [again("hằng năm", "FREQ=YEARLY")], {}),
    ("Xây dựng tiêu chí thi đua; báo cáo kết quả hằng năm về Sở Y tế.", [again("hằng năm", "FREQ=YEARLY", to="Sở Y tế")], {}),
    ("Khai báo ca bệnh trong vòng 48 giờ kể từ khi có kết quả theo Thông tư số 12/2025/TT-BYT.",
     [after("trong vòng 48 giờ kể từ khi có kết quả", "PT48H")], {"reference": "Thông tư số 12/2025/TT-BYT"}),
]  # fmt: skip

# --- who gets it, who does it ----------------------------------------------------------------------------------------

WHOSE: list[Row] = [
    ("Cấp phát cloramin, bình phun cho các xã, phường trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", to="các xã, phường")], {}),
    ("Trạm y tế thông báo lịch tiêm cho người dân trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Trạm y tế", to="người dân")], {}),
    ("Phản hồi danh sách ca bệnh cho tuyến xã trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", to="tuyến xã")], {}),
    ("Tập huấn cho các xã, phường trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", to=None)], {}),
    ("Giao Ban Quản lý các khu công nghiệp khám cho người lao động trước ngày 10/4/2025.",
     [due("trước ngày 10/4/2025", "2025-04-10", who="Ban Quản lý các khu công nghiệp", to=None)], {}),
    # the unit, and not its own people; not the unit of another item
    ("Phòng Nghiệp vụ Y phân công cán bộ đầu mối trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Phòng Nghiệp vụ Y")], {}),
    ("- Hội Người cao tuổi: Thăm hỏi hội viên. Thời gian thực hiện: tháng 10/2025.\n- Sở Nội vụ: Trình danh sách trước ngày 10/4/2025.",
     [span("tháng 10/2025", "2025-10-01", "2025-10-31", who="Hội Người cao tuổi"), due("trước ngày 10/4/2025", "2025-04-10", who="Sở Nội vụ")], {}),
    ("# 1. Văn phòng Sở | implementation\n- Gửi báo cáo trước ngày 10/4/2025.\n- Triển khai Chỉ thị số: 15/CT-UBND của UBND tỉnh.",
     [due("trước ngày 10/4/2025", "2025-04-10", who="Văn phòng Sở")], {}),
    ("Kiểm tra quầy thuốc do Phòng Quản lý hành nghề thực hiện trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Phòng Quản lý hành nghề")], {}),
    # behind a time
    ("Trễ nhất là ngày 10/4/2025, Bảo hiểm xã hội tỉnh thẩm định và trình duyệt.", [due("Trễ nhất là ngày 10/4/2025", "2025-04-10", who="Bảo hiểm xã hội tỉnh")], {}),
    ("Không muộn hơn ngày 10/4/2025, Sở Nội vụ bàn giao hồ sơ.", [due("Không muộn hơn ngày 10/4/2025", "2025-04-10", who="Sở Nội vụ")], {}),
    # where the name ends: at its seat, whatever follows; which of the units are meant belongs to it
    ("Trung tâm Kiểm soát bệnh tật tỉnh lau dọn kho trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Trung tâm Kiểm soát bệnh tật tỉnh")], {}),
    ("Bảo hiểm xã hội tỉnh nhắc nợ trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Bảo hiểm xã hội tỉnh")], {}),
    ("UBND các xã đảo nộp hồ sơ trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="UBND các xã đảo")], {}),
    ("Các trạm y tế chuyển hồ sơ trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Các trạm y tế")], {}),
    ("Tổ chuyển đổi số cộng đồng nhập liệu trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Tổ chuyển đổi số cộng đồng")], {}),
    ("Trạm chưa đạt chuẩn phải gửi giải trình trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Trạm chưa đạt chuẩn")], {}),
    ("Đơn vị có ý kiến khác gửi văn bản về Sở Y tế trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Đơn vị có ý kiến khác", to="Sở Y tế")], {}),
    ("Sở Y tế không tổ chức hội nghị, báo cáo bằng văn bản trước ngày 10/4/2025.", [due("trước ngày 10/4/2025", "2025-04-10", who="Sở Y tế")], {}),
]  # fmt: skip

ROWS: list[Row] = [*ENDS, *DESCRIBES, *ROUNDS, *WHOSE]
