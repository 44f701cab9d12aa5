"""Which indicator a target is like whose words no record of the catalogue fits, and where it is like none enough."""

from __future__ import annotations

import pytest

from data import load
from pipeline.resolve.indicators import Meaning, indicator_of, kinds_of, most_like, record_kinds
from pipeline.resolve.likeness import Wordings, rule, telling_words, wordings

LIKE = [
    ("Tỷ lệ ổ dịch được xử lý", None, "%", "TN14"),
    ("tỷ lệ người bị ngộ độc thực phẩm cấp tính", None, "/100.000 dân", "TP01"),
    ("hộ gia đình dùng muối có i-ốt", None, "%", "DD09"),
    ("Tỷ lệ hộ GĐ dùng muối i-ốt đủ tiêu chuẩn", None, "%", "DD09"),
    # The unit is another one.
    ("tỷ lệ người bị ngộ độc thực phẩm cấp tính", None, "người", None),
    # A record says that it does not mean this.
    ("tỷ lệ tử vong do lao phổi", None, "/100.000 dân", None),
    ("thụ động với khói thuốc lá", "tại nhà hàng", "%", None),
    # A word that a record rules out.
    ("Tỷ lệ suy dinh dưỡng thể nhẹ cân học sinh dưới 5 tuổi", None, "%", None),
    # Too little in common.
    ("cán bộ quản lý có kiến thức, thực hành đúng về ATTP", None, "%", None),
    ("tỷ lệ mắc", None, "/100.000 dân", None),
    ("", "tập thể", "%", None),
]


@pytest.mark.parametrize(("indicator", "subject", "unit", "found"), LIKE)
def test_what_is_like_an_indicator(indicator: str, subject: str | None, unit: str, found: str | None) -> None:
    assert indicator_of(indicator, subject, unit) == found


def test_no_wording_of_the_catalogue_is_like_another_indicator() -> None:
    """Each is asked about while it is left out, as if a plan had said it first: what is found has to be its own."""
    rows = load("indicators")["indicators"]
    asked = [(row, text, unit) for row in rows for text, unit in wordings(row, "name", "synonyms", "examples")]
    found = 0
    for row, asked_text, unit in asked[::3]:
        known: Wordings[Meaning] = Wordings()
        own = telling_words(asked_text)
        for other in rows:
            for text, _ in wordings(other, "name", "synonyms", "examples"):
                if other is not row or telling_words(text) != own:
                    known.add(telling_words(text), Meaning(other["id"], record_kinds(other)))
            for text, _ in wordings(other, "counter_examples"):
                known.add(telling_words(text), Meaning(other["id"], frozenset(), means=False))
        meant = most_like(known, own, kinds_of(asked_text, unit))
        assert meant in (row["id"], None), asked_text
        found += meant is not None
    assert found > 10


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Tỷ lệ hộ gia đình có nhà tiêu hợp vệ sinh", "hộ gia đình có nhà tiêu hợp vệ sinh", True),
        ("số BS được đào tạo", "bác sỹ được đào tạo", True),
        ("hộ gia đình ở xã có nhà tiêu hợp vệ sinh", "hộ gia đình có nhà tiêu hợp vệ sinh", True),
        ("hộ gia đình có nước sạch", "hộ gia đình có nhà tiêu hợp vệ sinh", False),
        # Other numbers.
        ("trẻ em từ 6 đến 11 tuổi biết bơi an toàn", "trẻ em từ 6 đến 15 tuổi biết bơi an toàn", False),
        ("trẻ em 06 tuổi biết bơi an toàn", "trẻ em 6 tuổi biết bơi an toàn", True),
        ("bệnh viện không có hiện tượng hút thuốc lá", "trạm y tế không có hiện tượng hút thuốc lá", False),
        # Of others, or of something else.
        ("nam giới được khám sức khỏe sinh sản", "nữ giới được khám sức khỏe sinh sản", False),
        ("hộ gia đình nông thôn có nhà tiêu hợp vệ sinh", "hộ gia đình có nhà tiêu hợp vệ sinh", False),
        ("số ca mắc bệnh bạch hầu", "số ca tử vong do bệnh bạch hầu", False),
        # Nothing but words that name nothing.
        ("tỷ lệ đạt", "tỷ lệ đạt", False),
    ],
)
def test_wordings_that_are_alike(one: str, other: str, alike: bool) -> None:
    known: Wordings[str] = Wordings()
    known.add(telling_words(one), one)
    assert [thing for _, thing in known.near(telling_words(other), rule().alike, nested=True)] == (
        [one] if alike else []
    )


@pytest.mark.parametrize("nested", [False, True])
def test_nothing_near_is_passed_over(nested: bool) -> None:
    """The look at a few candidates finds what a look at all of them finds."""
    rows = load("indicators")["indicators"]
    texts = [text for row in rows for text, _ in wordings(row, "name", "examples", "counter_examples")]
    texts += [" ".join(text.split()[1:]) for text in texts]
    known: Wordings[str] = Wordings()
    alone: dict[str, Wordings[str]] = {}
    for text in texts:
        known.add(telling_words(text), text)
        alone[text] = Wordings()
        alone[text].add(telling_words(text), text)
    found = 0
    for text in texts[::7]:
        telling = telling_words(text)
        wanted = [near for one in texts for near in alone[one].near(telling, 0.5, nested=nested)]
        assert list(known.near(telling, 0.5, nested=nested)) == wanted
        found += len(wanted)
    assert found > len(texts) / 7
