"""Which indicator a target's words mean, and where none is the answer."""

from __future__ import annotations

from typing import Any

import pytest

from models.plan import Span, Target
from pipeline.resolve.indicators import bare_share, indicator_of, unit_kind


@pytest.mark.parametrize(
    ("indicator", "subject", "unit", "found"),
    [
        ("đạt danh hiệu Lao động tiên tiến", "công chức, viên chức, người lao động", "%", "TD03"),
        ("được tặng Giấy khen các cấp", "tập thể", "%", "TD07"),
        ("được tặng Giấy khen các cấp", "cá nhân", "%", "TD08"),
        ("tặng Giấy khen", None, "tập thể", "TD10"),
        ("TỶ LỆ BAO PHỦ BHYT", None, "%", "BH01"),
        ("Tỷ suất tử vong trẻ em <5 tuổi", None, "‰", "BM03"),
        ("tỷ suất tử vong trẻ em dưới 05 tuổi", None, "/1.000 trẻ đẻ sống", "BM03"),
        ("trẻ sơ sinh nặng dưới 2.500 gam", None, "%", "DD05"),
        ("Số bác sỹ/vạn dân", None, "bác sĩ/vạn dân", "NL01"),
        ("tỷ lệ tiêm vaccine dại cho đàn chó, mèo", None, "%", "TN06"),
        ("hồ sơ sức khoẻ điện tử", "người dân", "%", "HC13"),
        # The unit is another one.
        ("tử vong mẹ", None, "ca", None),
        ("bác sĩ", None, "%", None),
        # A syllable of another word.
        ("người lao động mắc bệnh nghề nghiệp", None, "/100.000", None),
        ("tỷ lệ mắc lao", None, "/100.000 dân", "TN07"),
        ("văn bản có nhân viên y tế ký", None, "%", None),
        # Two indicators, or none.
        ("được tặng Giấy khen", "tập thể, cá nhân", "%", None),
        ("tăng huyết áp, đái tháo đường được quản lý", None, "%", None),
        ("xã đạt chuẩn nông thôn mới", None, "%", None),
        (None, None, "%", None),
        (None, None, None, None),
        # Words of two parts make no phrase together.
        ("mức độ hài", "lòng của người bệnh", "%", None),
    ],
)
def test_indicator(indicator: str | None, subject: str | None, unit: str | None, found: str | None) -> None:
    assert indicator_of(indicator, subject, unit) == found


@pytest.mark.parametrize(
    ("unit", "share", "found"),
    [
        ("%", False, "TC01"),
        (None, True, "TC01"),  # "đạt 0,95"
        ("/1.000 trẻ", False, "TC01"),  # "950/1.000 trẻ"
        ("ratio", False, "TC01"),  # "2/3 số trẻ"
        (None, False, None),  # "đạt 95"
        ("/100.000 dân", False, None),
        ("trẻ", False, None),
    ],
)
def test_shares_of_a_whole_mean_one_indicator(unit: str | None, share: bool, found: str | None) -> None:
    assert indicator_of("Tỷ lệ trẻ dưới 1 tuổi tiêm chủng đầy đủ", None, unit, share=share) == found


@pytest.mark.parametrize(
    ("fields", "share"),
    [
        ({"low": 0.95}, True),
        ({"high": 0.4, "comparator": "<"}, True),
        ({"low": 0.95, "unit": "%"}, False),
        ({"low": 1}, False),  # one, or all of them?
        ({"low": 95}, False),
        ({"low": 0.2, "change": "decrease"}, False),
        ({}, False),
    ],
)
def test_bare_share(fields: dict[str, Any], share: bool) -> None:
    values = {"text": "", "span": Span(0, 0), "comparator": "=", **fields}
    assert bare_share(Target(**values)) == share


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "%"),
        ("bác sĩ/10.000 dân", "/10.000"),
        ("/vạn dân", "/10.000"),
        ("ca/100.000 trẻ đẻ sống", "/100.000"),
        ("bé trai/100 bé gái", "/100"),
        ("ca/1.000 trẻ đẻ sống", "‰"),
        ("‰", "‰"),
        ("đồng", "đồng"),
        ("Tập thể", "tập thể"),
        ("gam/người/ngày", "gam/người/ngày"),
        (None, None),
        ("", None),
    ],
)
def test_unit_kind(unit: str | None, kind: str | None) -> None:
    assert unit_kind(unit) == kind
