"""Tables of targets: which columns are read, and what a row says."""

from __future__ import annotations

from models.plan import Target
from tests.targets.build import table, targets


def values(found: tuple[Target, ...]) -> list[tuple[str | None, str, float | None, str | None, str | None]]:
    return [
        (t.indicator, t.comparator, t.low if t.low is not None else t.high, t.unit, t.period_end and t.period_end[:4])
        for t in found
    ]


def test_one_target_per_row_and_year() -> None:
    found = targets(
        table(
            [
                "STT | Chỉ tiêu | ĐVT | Thực hiện 2024 | Kế hoạch 2025 | Kế hoạch 2026",
                "1 | Tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ | % | 93,1 | ≥ 95 | 96",
                "2 | Số giường bệnh trên 10.000 dân | Giường | 30,2 | 31,5 | 32",
            ],
            caption="Biểu 1: Các chỉ tiêu chuyên môn",
        )
    )
    assert values(found) == [
        ("Tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ", ">=", 95, "%", "2025"),
        ("Tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ", "=", 96, "%", "2026"),
        ("Số giường bệnh trên 10.000 dân", "=", 31.5, "/10.000 dân", "2025"),
        ("Số giường bệnh trên 10.000 dân", "=", 32, "/10.000 dân", "2026"),
    ]
    first = found[0].baseline
    assert first is not None and (first.value, first.year) == (93.1, 2024)


def test_section_rows_carry_none_and_a_blank_unit_is_the_one_above() -> None:
    found = targets(
        table(
            [
                "TT | Nội dung | Đơn vị tính | Chỉ tiêu năm 2025",
                "I | Y tế dự phòng | | ",
                "1 | Tỷ lệ hộ gia đình dùng muối i-ốt | % | 92",
                "2 | Tỷ lệ thôn có nhân viên y tế | ″ | 98",
                "II | Dân số | | ",
                "1 | Mức giảm tỷ suất sinh | ‰ | 0,1",
            ],
            heading="Chỉ tiêu kế hoạch",
            roles=("targets",),
        )
    )
    assert values(found) == [
        ("Tỷ lệ hộ gia đình dùng muối i-ốt", "=", 92, "%", "2025"),
        ("Tỷ lệ thôn có nhân viên y tế", "=", 98, "%", "2025"),
        ("Mức giảm tỷ suất sinh", "=", 0.1, "‰", "2025"),
    ]
    assert found[2].change == "decrease"


def test_child_rows_take_the_name_above() -> None:
    found = targets(
        table(
            [
                "STT | Chỉ tiêu | ĐVT | Năm 2025",
                "1 | Bao phủ tiêm vắc xin | | ",
                " | - Trẻ em | % | 95",
                " | - Phụ nữ có thai | % | 90",
                "2 | Tỷ lệ khỏi bệnh | % | 91",
            ]
        )
    )
    assert [t.indicator for t in found] == [
        "Bao phủ tiêm vắc xin: Trẻ em",
        "Bao phủ tiêm vắc xin: Phụ nữ có thai",
        "Tỷ lệ khỏi bệnh",
    ]


def test_years_as_bare_numbers_and_ranges_in_cells() -> None:
    found = targets(table(["TT | Mục tiêu | Đơn vị | 2025 | 2030", "1 | Tỷ lệ hộ nghèo giảm | % | 1-1,5 | dưới 1"]))
    assert [(t.comparator, t.low, t.high, t.period_end) for t in found] == [
        ("range", 1, 1.5, "2025-12-31"),
        ("<", None, 1, "2030-12-31"),
    ]


def test_scale_words_of_the_unit_column() -> None:
    (found,) = targets(
        table(
            ["STT | Chỉ tiêu | ĐVT | Năm 2024 | Kế hoạch năm 2025", "1 | Dân số trung bình | Nghìn người | 801 | 812,5"]
        )
    )
    assert (found.low, found.unit) == (812_500, "người")


def test_headers_that_lost_their_widths_are_put_right() -> None:
    found = targets(
        table(
            [
                "STT | Chỉ tiêu | ĐVT | Năm 2025 | Năm 2026 | Năm 2027 |",
                "Kế hoạch | Ước thực hiện | | | | | ",
                "1 | Tỷ lệ bao phủ | % | 92 | 91 | 93 | 94",
            ],
            header=2,
        )
    )
    assert [(t.low, t.period_end) for t in found] == [(92, "2025-12-31"), (93, "2026-12-31"), (94, "2027-12-31")]
    assert found[0].baseline is not None and found[0].baseline.value == 91


def test_columns_of_units_are_subjects() -> None:
    found = targets(
        table(
            [
                "STT | Chỉ tiêu | ĐVT | Chỉ tiêu giao | Chỉ tiêu giao",
                " | | | Trung tâm Y tế A | Trung tâm Y tế B",
                "1 | Số lượt khám bệnh | Lượt | 52.000 | 47.500",
            ],
            heading="Chỉ tiêu kế hoạch năm 2025",
            roles=("targets",),
            header=2,
        )
    )
    assert [(t.subject, t.low, t.unit, t.period_end) for t in found] == [
        ("Trung tâm Y tế A", 52_000, "lượt", "2025-12-31"),
        ("Trung tâm Y tế B", 47_500, "lượt", "2025-12-31"),
    ]


def test_a_row_for_each_unit_that_is_given_a_target() -> None:
    found = targets(
        table(
            [
                "STT | Đơn vị | Tỷ lệ bao phủ bảo hiểm y tế năm 2025 (%) | Số người tham gia (người) | Ghi chú",
                "1 | Huyện B | 94,5 | 52.300 | ",
                "2 | Thành phố C | ≥ 96 | 121.000 | ",
                " | Tổng cộng | 95,2 | 173.300 | ",
            ],
            heading="Chỉ tiêu giao các huyện",
            roles=("targets",),
        )
    )
    assert [(t.subject, t.indicator, t.comparator, t.low, t.unit) for t in found[:4]] == [
        ("Huyện B", "Tỷ lệ bao phủ bảo hiểm y tế", "=", 94.5, "%"),
        ("Huyện B", "Số người tham gia", "=", 52_300, "người"),
        ("Thành phố C", "Tỷ lệ bao phủ bảo hiểm y tế", ">=", 96, "%"),
        ("Thành phố C", "Số người tham gia", "=", 121_000, "người"),
    ]
    assert [t.subject for t in found[4:]] == [None, None]


def test_signs_for_permille_and_a_unit_above_the_table() -> None:
    (found,) = targets(table(["STT | Chỉ tiêu | ĐVT | KH 2025", "1 | Tỷ suất sinh thô | %o | 14,2"]))
    assert (found.low, found.unit) == (14.2, "‰")
    (found,) = targets(
        table(["Nội dung | Năm 2025", "Trẻ em được tiêm chủng | 95"], caption="Chỉ tiêu (Đơn vị tính: %)")
    )
    assert (found.low, found.unit) == (95, "%")


def test_years_before_the_plan_are_no_targets() -> None:
    found = targets(table(["STT | Chỉ tiêu | ĐVT | Năm 2023 | Năm 2025", "1 | Tỷ lệ khỏi bệnh | % | 90 | 92"]))
    assert [t.low for t in found] == [92]


def test_money_scores_and_other_tables_hold_none() -> None:
    budget = ["STT | Nội dung | Kinh phí năm 2025", "1 | Tập huấn | 120.000", "2 | Truyền thông | 85.000"]
    assert targets(table(budget, caption="Dự toán kinh phí (ĐVT: 1.000 đồng)")) == ()
    revenue = ["STT | Nội dung | Năm 2025 | Năm 2026", "1 | Thu nội địa | 10.052.700 | 11.132.000"]
    assert targets(table(revenue, caption="Dự toán thu ngân sách. Đơn vị: Triệu đồng.")) == ()
    marks = ["STT | Tiêu chí | Điểm tối đa", "1 | Chấp hành giờ giấc | 10", "2 | Đạt từ 90% chỉ tiêu trở lên | 20"]
    assert targets(table(marks, caption="Bảng điểm thi đua")) == ()
    tasks = ["STT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Rà soát 05 nhóm văn bản | Phòng Nghiệp vụ Y | Quý II/2025"]
    assert targets(table(tasks, caption="Phân công nhiệm vụ")) == ()


def test_forecasts_are_no_targets() -> None:
    rows = ["STT | Nội dung | ĐVT | Năm 2025 | Năm 2026", "1 | Số giường bệnh | Giường | 5.100 | 5.300"]
    assert targets(table(rows, caption="DỰ BÁO MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2026")) == ()
    assert len(targets(table(rows, caption="DỰ BÁO VÀ MỤC TIÊU MỘT SỐ CHỈ TIÊU NĂM 2026"))) == 2
    assert len(targets(table(rows, caption="MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2026"))) == 2


def test_blocs_and_bodies_are_given_targets_too() -> None:
    rows = ["TT | Đơn vị | Chỉ tiêu (túi máu) | Ghi chú", "1 | Khối trường học | 1.200 | ", "2 | Các xã | 950 | "]
    found = targets(table(rows, caption="CHỈ TIÊU HIẾN MÁU NĂM 2025"))
    assert [(t.subject, t.indicator, t.low, t.unit) for t in found] == [
        ("Khối trường học", "HIẾN MÁU", 1200, "túi máu"),
        ("Các xã", "HIẾN MÁU", 950, "túi máu"),
    ]


def test_a_target_in_words_inside_a_table_of_tasks() -> None:
    rows = [
        "STT | Nhiệm vụ | Chủ trì | Kết quả cần đạt",
        "1 | Truyền thông giáo dục sức khỏe | Trung tâm Kiểm soát bệnh tật | 90% hộ gia đình được tuyên truyền",
    ]
    (found,) = targets(table(rows))
    assert (found.comparator, found.low, found.indicator) == ("=", 90, "hộ gia đình được tuyên truyền")


def test_rows_number_themselves_name_their_share_and_say_whose_part_they_are() -> None:
    found = targets(
        table(
            [
                "Tên chỉ tiêu | Mục tiêu năm 2025",
                "1. Tỷ lệ % trẻ em được tiêm chủng | 95",
                "2.1) Tỷ suất tử vong trẻ dưới 1 tuổi (%0) | 12",
                "3. Số giường bệnh | 500",
                "Trong đó: giường bệnh tư nhân | 40",
            ],
            caption="Chỉ tiêu y tế",
        )
    )
    assert values(found) == [
        ("Tỷ lệ % trẻ em được tiêm chủng", "=", 95, "%", "2025"),
        ("Tỷ suất tử vong trẻ dưới 1 tuổi (%0)", "=", 12, "‰", "2025"),
        ("Số giường bệnh", "=", 500, "giường bệnh", "2025"),
        ("Số giường bệnh: giường bệnh tư nhân", "=", 40, "giường bệnh", "2025"),
    ]


def by_row(found: tuple[Target, ...]) -> list[tuple[str | None, str | None, float | None, str | None]]:
    return [(t.subject, t.indicator, t.low, t.unit) for t in found]


def test_areas_told_by_their_names_alone_and_columns_that_only_describe_them() -> None:
    rows = [
        "Khu vực | Số trẻ hiện có | Chỉ tiêu tiêm (trẻ) | Chỉ tiêu cân đo (%)",
        "Bờ Bắc | 18.300 | 17.500 | 96",
        "Bờ Nam | 25.640 | 24.900 | 94,5",
    ]
    found = targets(table(rows, heading="Chỉ tiêu giao theo khu vực năm 2026", roles=("targets",)))
    assert by_row(found) == [
        ("Bờ Bắc", "Chỉ tiêu tiêm", 17_500, "trẻ"),
        ("Bờ Bắc", "Chỉ tiêu cân đo", 96, "%"),
        ("Bờ Nam", "Chỉ tiêu tiêm", 24_900, "trẻ"),
        ("Bờ Nam", "Chỉ tiêu cân đo", 94.5, "%"),
    ]
    assert {t.period_end for t in found} == {"2026-12-31"}


def test_an_indicator_tells_its_unit_and_a_heading_for_units_none() -> None:
    rows = [
        "Đơn vị | Số mẫu xét nghiệm lao | Kiểm tra cơ sở | Tập huấn (lớp)",
        "Trạm Y tế xã Suối Đá | 210 | 35 | 2",
        "Cộng | 210 | 35 | 2",
    ]
    found = targets(table(rows, heading="Chỉ tiêu giao cho các đơn vị năm 2025", roles=("targets",)))
    assert by_row(found) == [
        ("Trạm Y tế xã Suối Đá", "Số mẫu xét nghiệm lao", 210, "mẫu"),
        ("Trạm Y tế xã Suối Đá", "Kiểm tra cơ sở", 35, "cơ sở"),
        ("Trạm Y tế xã Suối Đá", "Tập huấn", 2, "lớp"),
        (None, "Số mẫu xét nghiệm lao", 210, "mẫu"),
        (None, "Kiểm tra cơ sở", 35, "cơ sở"),
        (None, "Tập huấn", 2, "lớp"),
    ]


def test_a_row_for_each_year() -> None:
    rows = ["Năm | Tỷ lệ bao phủ (%) | Số giường bệnh/10.000 dân", "2025 | 94 | 31", "Đến năm 2030 | trên 96 | 35"]
    assert values(targets(table(rows, heading="Mục tiêu", roles=("targets",)))) == [
        ("Tỷ lệ bao phủ", "=", 94, "%", "2025"),
        ("Số giường bệnh/10.000 dân", "=", 31, "/10.000 dân", "2025"),
        ("Tỷ lệ bao phủ", ">", 96, "%", "2030"),
        ("Số giường bệnh/10.000 dân", "=", 35, "/10.000 dân", "2030"),
    ]


def test_a_column_for_each_area() -> None:
    rows = [
        "TT | Chỉ tiêu | ĐVT | Huyện Đông | Huyện Tây | Toàn tỉnh | Ghi chú",
        "1 | Tỷ lệ trẻ được tiêm đủ | % | 94 | 96 | 95 | ",
    ]
    found = targets(table(rows, heading="Chỉ tiêu năm 2025", roles=("targets",)))
    assert [(t.subject, t.low) for t in found] == [("Huyện Đông", 94), ("Huyện Tây", 96), (None, 95)]
    rows = ["TT | Chỉ tiêu | ĐVT | Bờ Bắc | Bờ Nam", "1 | Tỷ lệ trẻ được tiêm đủ | % | 94 | 96"]
    found = targets(table(rows, heading="Chỉ tiêu năm 2025", roles=("targets",)))
    assert [(t.subject, t.low) for t in found] == [("Bờ Bắc", 94), ("Bờ Nam", 96)]


def test_units_in_the_names_of_columns_and_rows() -> None:
    rows = ["Chỉ tiêu | Năm 2025 (%) | Năm 2026 (%)", "Tỷ lệ người bệnh hài lòng | 91 | 92"]
    assert [(t.low, t.unit) for t in targets(table(rows))] == [(91, "%"), (92, "%")]
    rows = ["STT | Chỉ tiêu | Kế hoạch 2025", "1 | Khám sức khỏe định kỳ (lượt) | 8.200", "2 | Số bác sĩ | 96"]
    assert [(t.low, t.unit) for t in targets(table(rows))] == [(8200, "lượt"), (96, "bác sĩ")]


def test_columns_of_two_heights_under_units_that_are_given_targets() -> None:
    rows = [
        "TT | Đơn vị | Tiêm đủ | Tiêm đủ | Dân số",
        " | | Số trẻ | Tỷ lệ (%) | ",
        "1 | Xã Suối Đá | 320 | 95 | 8.100",
        "Tổng cộng | | 320 | 95 | 8.100",
    ]
    found = targets(table(rows, caption="Chỉ tiêu tiêm chủng năm 2025", header=2))
    assert by_row(found) == [
        ("Xã Suối Đá", "Tiêm đủ: Số trẻ", 320, "trẻ"),
        ("Xã Suối Đá", "Tiêm đủ", 95, "%"),
        (None, "Tiêm đủ: Số trẻ", 320, "trẻ"),
        (None, "Tiêm đủ", 95, "%"),
    ]


def test_lists_of_places_without_targets_hold_none() -> None:
    rows = ["TT | Xã, phường | Dân số | Số trạm", "1 | Xã Suối Đá | 8.100 | 1", "2 | Phường Bến Cát | 12.400 | 2"]
    assert targets(table(rows, caption="Danh sách các xã, phường")) == ()
    rows = ["Khu vực | Số giường hiện có | Số bác sĩ hiện tại", "Bờ Bắc | 210 | 35", "Bờ Nam | 180 | 22"]
    assert targets(table(rows, heading="Chỉ tiêu", roles=("targets",))) == ()


def test_a_duration_counts_where_the_row_measures_one() -> None:
    found = targets(
        table(
            [
                "STT | Chỉ tiêu | Kế hoạch 2025",
                "1 | Thời gian chờ khám trung bình không làm cận lâm sàng | ≤ 60 phút",
                "2 | Số ngày nằm viện bình quân | dưới 7 ngày",
                "3 | Lớp tập huấn | 3 ngày",
            ],
            caption="Biểu 1: Các chỉ tiêu chuyên môn",
        )
    )
    assert values(found)[:2] == [
        ("Thời gian chờ khám trung bình không làm cận lâm sàng", "<=", 60, "phút", "2025"),
        ("Số ngày nằm viện bình quân", "<", 7, "ngày", "2025"),
    ]
    assert not [t for t in found[2:] if t.unit == "ngày"]


def test_header_cells_that_span_others_and_are_blank_behind_the_first() -> None:
    rows = [
        "TT | Nội dung | Chỉ tiêu mắc (/100.000 dân) | | Chỉ tiêu tử vong (ca)",
        " | | Thực hiện 2024 | Năm 2025 | ",
        "1 | Sốt xuất huyết | 20 | ≤ 18 | 0",
    ]
    found = targets(table(rows, heading="Chỉ tiêu năm 2025", roles=("targets",), header=2))
    assert [(t.comparator, t.high, t.unit) for t in found] == [("<=", 18, "/100.000 dân"), ("=", 0, "ca")]
    assert found[0].baseline is not None and found[0].baseline.value == 20


def test_the_lowest_name_of_a_column_tells_its_year() -> None:
    rows = ["TT | Nội dung | Giai đoạn 2025 - 2026 | ", " | | 2025 | 2026", "1 | Số trạm y tế đạt chuẩn | 80 | 85"]
    found = targets(table(rows, heading="Chỉ tiêu", roles=("targets",), header=2))
    assert [(t.low, t.period_end) for t in found] == [(80, "2025-12-31"), (85, "2026-12-31")]


def test_columns_without_a_name_hold_none() -> None:
    rows = ["TT | Huyện | Tiêm đủ (%) | ", "1 | Huyện Đông | 95 | 2.100", "2 | Huyện Tây | 94 | 3.300"]
    found = targets(table(rows, heading="Chỉ tiêu giao các huyện năm 2025", roles=("targets",)))
    assert [(t.subject, t.low) for t in found] == [("Huyện Đông", 95), ("Huyện Tây", 94)]


def test_rows_of_diseases_and_vaccines() -> None:
    rows = ["TT | Tên bệnh | Chỉ tiêu năm 2025", "1 | Sốt xuất huyết | ≤ 18/100.000 dân", "2 | Dại | ≤ 3 ca"]
    found = targets(table(rows, heading="Chỉ tiêu", roles=("targets",)))
    assert [(t.indicator, t.high, t.unit) for t in found] == [("Sốt xuất huyết", 18, "/100.000 dân"), ("Dại", 3, "ca")]
    rows = ["TT | Loại vắc xin | Đối tượng | Chỉ tiêu (%)", "1 | BCG | Trẻ dưới 1 tuổi | ≥ 95"]
    found = targets(table(rows, heading="Chỉ tiêu", roles=("targets",)))
    assert [(t.indicator, t.comparator, t.low, t.unit) for t in found] == [("BCG", ">=", 95, "%")]
    rows = ["TT | Bệnh viện | Chỉ tiêu khám (lượt)", "1 | Bệnh viện Phổi | 52.000"]
    found = targets(table(rows, heading="Chỉ tiêu", roles=("targets",)))
    assert [(t.subject, t.low, t.unit) for t in found] == [("Bệnh viện Phổi", 52_000, "lượt")]


def test_columns_of_bounds_are_set_whatever_their_name() -> None:
    rows = ["TT | Đơn vị | Dân số | Mắc sốt xuất huyết | Mắc dại", "1 | Huyện Đông | 52.000 | ≤ 20 | 0"]
    rows += ["2 | Huyện Tây | 61.000 | ≤ 35 | ≤ 1"]
    found = targets(table(rows, heading="Chỉ tiêu giao các huyện năm 2025", roles=("targets",)))
    assert [(t.subject, t.indicator, t.comparator, t.high) for t in found] == [
        ("Huyện Đông", "Mắc sốt xuất huyết", "<=", 20),
        ("Huyện Đông", "Mắc dại", "=", 0),
        ("Huyện Tây", "Mắc sốt xuất huyết", "<=", 35),
        ("Huyện Tây", "Mắc dại", "<=", 1),
    ]


def test_areas_named_by_several_kinds_of_place_and_counts_of_those_who_are_meant() -> None:
    rows = ["TT | Huyện/TX/TP | Số trẻ < 1 tuổi | Tiêm đủ (%) | UV2+ (%)", "1 | Sông Mã | 1.240 | ≥ 95 | ≥ 84"]
    found = targets(table(rows, heading="Chỉ tiêu tiêm chủng năm 2025", roles=("targets",)))
    assert [(t.subject, t.indicator, t.low) for t in found] == [("Sông Mã", "Tiêm đủ", 95), ("Sông Mã", "UV2+", 84)]
    rows = ["TT | Huyện, TX, TP | Số trẻ được tiêm | Tiêm đủ (%)", "1 | Sông Mã | 1.180 | ≥ 95"]
    found = targets(table(rows, heading="Chỉ tiêu tiêm chủng năm 2025", roles=("targets",)))
    assert [t.low for t in found] == [1180, 95]


def test_columns_named_by_short_words_for_plan_and_result() -> None:
    rows = [
        "Stt | Lĩnh vực/Chỉ tiêu | Đvt | TH2023 | TH2024 | CT 2025 | Tăng/giảm",
        "1 | Tỷ lệ tiêm đủ | % | 90 | 91 | 95 | 4",
    ]
    assert [(t.low, t.period_end) for t in targets(table(rows))] == [(95, "2025-12-31")]
    rows = ["Stt | Nhiệm vụ, chỉ tiêu | Đvt | TH 2024 | Đề xuất 2025", "1 | Tỷ lệ tiêm đủ | % | 94 | 95"]
    assert [t.low for t in targets(table(rows))] == [95]


def test_a_sign_of_share_at_the_head_of_a_name() -> None:
    rows = ["Chỉ tiêu | 2025", "% bà mẹ được chăm sóc sau sinh | 84", "Bà mẹ được chăm sóc sau sinh | 84"]
    found = targets(table(rows, heading="Chỉ tiêu", roles=("targets",)))
    assert [t.unit for t in found] == ["%", None]
