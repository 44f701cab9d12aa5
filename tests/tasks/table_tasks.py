"""Small plans and the tasks in them: (text, [(words that open the task, lead, support, words of its deadline)]).

The text is in the form of `tests.deadlines.build`; None as deadline means that none holds for the task.
"""

from __future__ import annotations

Expected = tuple[str, tuple[str, ...], tuple[str, ...], str | None]

ROWS: list[tuple[str, list[Expected]]] = [
    # a verb of work opens the item
    ("# II. NHIỆM VỤ | tasks\n- Củng cố mạng lưới y tế cơ sở.", [("Củng cố mạng lưới", (), (), None)]),
    ("# II. NỘI DUNG | content\n- Tiếp tục rà soát, bổ sung phác đồ điều trị.", [("Tiếp tục rà soát", (), (), None)]),
    ("# II. NỘI DUNG | content\n- Tinh thần trách nhiệm của đội ngũ.", []),
    ("# I. MỤC ĐÍCH | purpose\n- Nâng cao nhận thức của người dân.", []),
    ("# II. NHIỆM VỤ | tasks\nTrên đây là Kế hoạch của Sở Y tế.", []),
    # the subject leads
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Các bệnh viện tổ chức tập huấn cho nhân viên.",
     [("Các bệnh viện tổ chức", ("Các bệnh viện",), (), None)]),
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Giao Phòng Nghiệp vụ Y theo dõi, đôn đốc.",
     [("Giao Phòng Nghiệp vụ Y", ("Phòng Nghiệp vụ Y",), (), None)]),
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Thanh tra Sở, Chi cục Dân số kiểm tra cơ sở.",
     [("Thanh tra Sở", ("Thanh tra Sở", "Chi cục Dân số"), (), None)]),
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Sở Văn hóa, Thể thao và Du lịch chỉ đạo tuyên truyền.",
     [("Sở Văn hóa", ("Sở Văn hóa, Thể thao và Du lịch",), (), None)]),
    # chủ trì, phối hợp
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Sở Tài chính chủ trì, phối hợp với Sở Y tế bố trí kinh phí.",
     [("Sở Tài chính chủ trì", ("Sở Tài chính",), ("Sở Y tế",), None)]),
    ("# 2. Công an tỉnh | implementation\n- Chủ trì, phối hợp với các sở, ngành, UBND các xã tuần tra.",
     [("Chủ trì, phối hợp", ("Công an tỉnh",), ("các sở, ngành", "UBND các xã"), None)]),
    ("# 3. Hội Nông dân tỉnh | implementation\n- Phối hợp với Sở Y tế vận động hội viên.",
     [("Phối hợp với Sở Y tế", ("Hội Nông dân tỉnh",), ("Sở Y tế",), None)]),
    ("# 3. Sở Công Thương | implementation\n- Phối hợp huy động nguồn vốn xã hội hóa.",
     [("Phối hợp huy động", ("Sở Công Thương",), (), None)]),
    # the heading's unit, also where no verb opens the item
    ("# 4. Văn phòng Sở và các đơn vị trực thuộc | implementation\n- Là đầu mối tham mưu kế hoạch.",
     [("Là đầu mối", ("Văn phòng Sở", "các đơn vị trực thuộc"), (), None)]),
    ("# 4. Sở Nội vụ - Cơ quan thường trực | implementation\n- Trong phạm vi, lĩnh vực của mình, chủ động phối hợp với các cơ quan, đơn vị liên quan triển khai.",
     [("Trong phạm vi", ("Sở Nội vụ",), ("các cơ quan, đơn vị liên quan",), None)]),
    # the item above names who
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\n1. Các địa phương có trách nhiệm:\n- Ban hành kế hoạch trong tháng 02/2025.",
     [("Ban hành kế hoạch", ("Các địa phương",), (), "trong tháng 02/2025")]),
    # its own time
    ("# II. NHIỆM VỤ | tasks\n- Hoàn thành tập huấn trước ngày 30/6/2025.", [("Hoàn thành tập huấn", (), (), "trước ngày 30/6/2025")]),
    ("# II. NHIỆM VỤ | tasks\n- Kiểm tra chéo 02 lần/năm.", [("Kiểm tra chéo", (), (), "02 lần/năm")]),
    # labelled lines
    ("# 1. Truyền thông | tasks\n- Phát thanh bản tin sức khỏe.\nĐơn vị chủ trì: Trung tâm Y tế.\nĐơn vị phối hợp: Trạm Y tế; các trường học.\nThời gian thực hiện: Quý II.",
     [("Phát thanh bản tin", ("Trung tâm Y tế",), ("Trạm Y tế", "các trường học"), "Quý II")]),
    ("# 1. Truyền thông | tasks\n- Phát thanh bản tin.\n- Treo băng rôn.\nThời gian thực hiện: Tháng 5/2025.\n- Viết bài.\nThời gian thực hiện: Tháng 6/2025.",
     [("Phát thanh", (), (), "Tháng 5/2025"), ("Treo băng rôn", (), (), "Tháng 5/2025"), ("Viết bài", (), (), "Tháng 6/2025")]),
    ("# a) Hoạt động 1 | content\n- Nội dung: Triển khai mô hình phòng khám lưu động.\n- Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với các sở, ngành và UBND phường.",
     [("Triển khai mô hình", ("Sở Y tế",), ("các sở, ngành", "UBND phường"), None)]),
    ("# a) Hoạt động 2 | content\n- Nội dung: Tuyên truyền trực quan.\n- Cơ quan thực hiện:\n+ Sở Xây dựng chủ trì, phối hợp với Sở Y tế.",
     [("Tuyên truyền trực quan", ("Sở Xây dựng",), ("Sở Y tế",), None)]),
    # labels inside the task's own line
    ("# II. NHIỆM VỤ | tasks\n1. Tập huấn tuyến xã. Đơn vị thực hiện: Trung tâm Y tế. Đơn vị phối hợp: Trạm Y tế; các trường học. Thời gian: Quý II/2025.",
     [("Tập huấn tuyến xã", ("Trung tâm Y tế",), ("Trạm Y tế", "các trường học"), "Quý II/2025")]),
    ("# II. NHIỆM VỤ | tasks\n- Khảo sát nhu cầu; chủ trì: Chi cục Dân số phối hợp với Cục Thống kê; thời gian hoàn thành: Trước ngày 30/4.",
     [("Khảo sát nhu cầu", ("Chi cục Dân số",), ("Cục Thống kê",), "Trước ngày 30/4")]),
    ("# II. NHIỆM VỤ | tasks\n- Tổ chức kiểm tra. Nội dung gồm: hồ sơ, nhân lực.", [("Tổ chức kiểm tra", (), (), None)]),
    ("# II. NHIỆM VỤ | tasks\n- Các bệnh viện cùng với Trung tâm Y tế khu vực tổ chức khám lưu động trong quý III/2025.",
     [("Các bệnh viện cùng với", ("Các bệnh viện",), ("Trung tâm Y tế khu vực",), "trong quý III/2025")]),
    ("# IV. TỔ CHỨC THỰC HIỆN | implementation\nGiao Phòng Nghiệp vụ Dược phối hợp với Văn phòng Sở rà soát danh mục thuốc; hoàn thành trước ngày 15/5/2025.",
     [("Giao Phòng Nghiệp vụ Dược", ("Phòng Nghiệp vụ Dược",), ("Văn phòng Sở",), "hoàn thành trước ngày 15/5/2025")]),
    ("# PHỤ LỤC | appendix\n| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n| 1 | Ban hành kế hoạch truyền thông | Sở Y tế | Sở Nội vụ; UBND các xã | Tháng 3/2025 |",
     [("Ban hành kế hoạch", ("Sở Y tế",), ("Sở Nội vụ", "UBND các xã"), "Tháng 3/2025")]),
    # a heading that is the task itself
    ("# 3. Khám sàng lọc người cao tuổi | tasks\n- Thời gian: Từ tháng 4 đến tháng 10 năm 2025.\n- Địa điểm: Trạm y tế.\n- Đơn vị thực hiện: Trung tâm Y tế.",
     [("3. Khám sàng lọc", ("Trung tâm Y tế",), (), "Từ tháng 4 đến tháng 10 năm 2025")]),
    # a heading that is a time
    ("# 1. Quý I: | timeline\n- Xây dựng kế hoạch.\n- Kiện toàn tổ giúp việc.\n# 2. Quý II: | timeline\n- Tổ chức hội thi.",
     [("Xây dựng kế hoạch", (), (), "Quý I"), ("Kiện toàn", (), (), "Quý I"), ("Tổ chức hội thi", (), (), "Quý II")]),
    ("# 1. Tháng 3/2025 | timeline\n- Sơ kết trước ngày 15/3/2025.", [("Sơ kết", (), (), "trước ngày 15/3/2025")]),
    # an item that only opens those below it
    ("# II. NỘI DUNG | content\n- Quý III/2025:\n+ Tập huấn tuyến huyện.\n+ Giám sát tuyến xã.",
     [("Tập huấn tuyến huyện", (), (), "Quý III/2025"), ("Giám sát tuyến xã", (), (), "Quý III/2025")]),
    # rows
    ("# PHỤ LỤC | appendix\n| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |\n| 1 | Xây dựng phần mềm | Văn phòng Sở | Các phòng; Bệnh viện tỉnh | Quý III/2025 |\n| 2 | Duy trì trang tin | Văn phòng Sở | | Thường xuyên |",
     [("Xây dựng phần mềm", ("Văn phòng Sở",), ("Các phòng", "Bệnh viện tỉnh"), "Quý III/2025"), ("Duy trì trang tin", ("Văn phòng Sở",), (), None)]),
    ("# PHỤ LỤC | appendix\n| Thời gian | Nội dung | Chủ trì |\n| Tháng 1 | Giao chỉ tiêu | Chi cục Dân số |\n| | Ký hợp đồng | Trung tâm Y tế |\n| Tháng 2 | Ra quân chiến dịch | Chi cục Dân số |",
     [("Giao chỉ tiêu", ("Chi cục Dân số",), (), "Tháng 1"), ("Ký hợp đồng", ("Trung tâm Y tế",), (), "Tháng 1"), ("Ra quân", ("Chi cục Dân số",), (), "Tháng 2")]),
    ("# PHỤ LỤC | appendix\n| TT | Nội dung | Đơn vị chủ trì | Thời gian |\n| I | CÔNG TÁC CHỈ ĐẠO | | |\n| 1 | Họp Ban Chỉ đạo | Sở Y tế | Hằng quý |",
     [("Họp Ban Chỉ đạo", ("Sở Y tế",), (), "Hằng quý")]),
    ("# PHỤ LỤC | appendix\n| TT | Chỉ tiêu | Năm 2025 |\n| 1 | Số giường bệnh | 1.200 |", []),
]  # fmt: skip
