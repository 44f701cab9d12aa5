"""What a plan says became of documents, as real plans say it: sentence in, "document relation by whom" out.

The plan is 57/KH-UBND of the province of Cà Mau, of 10 June 2025.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from data import load
from models.plan import Reference, Span
from models.text import Source
from pipeline.extract import extract
from pipeline.store.amendments import changes
from store.plans import metadata, plan, sha256

HEAD = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 57/KH-UBND
Cà Mau, ngày 10 tháng 6 năm 2025

KẾ HOẠCH
{title}

I. NỘI DUNG

{body}

Trên đây là Kế hoạch của Ủy ban nhân dân tỉnh./.
"""


def told(body: str, title: str = "Phòng, chống dịch bệnh năm 2025") -> list[str]:
    text = HEAD.format(title=title, body=body)
    found = extract(Source(text=text, path="/a", sha256=sha256(text), media_type="text/plain", reader="plain"))
    return [
        f"{c.document.split(' | ')[0]} {c.relation} {(c.by or 'itself').split(' | ')[0]}" for c in changes(found, text)
    ]


OLD = "Kế hoạch số 31/KH-UBND ngày 04/3/2023 của UBND tỉnh"
BY_ITSELF = ["31/KH-UBND replaces itself"]
DECIDED = "Quyết định số 22/2021/QĐ-UBND ngày 05/7/2021 của UBND tỉnh"
ROWS: list[tuple[str, list[str]]] = [
    # It was done.
    (f"Kế hoạch này thay thế {OLD}.", BY_ITSELF),
    (f"Kế hoạch này có hiệu lực kể từ ngày ký và thay thế {OLD}.", BY_ITSELF),
    (f"Các sở, ngành nghiêm túc triển khai thực hiện; thay thế {OLD}.", BY_ITSELF),
    (f"Đề nghị các sở, ngành triển khai thực hiện. Kế hoạch này thay thế {OLD}.", BY_ITSELF),
    (f"Sau khi rà soát, UBND tỉnh thay thế {OLD}.", BY_ITSELF),
    (f"Theo đề nghị của Sở Y tế, UBND tỉnh thay thế {OLD}.", BY_ITSELF),
    (f"Căn cứ Nghị quyết số 9/NQ-HĐND ngày 02/02/2024, Kế hoạch này thay thế {OLD}.", BY_ITSELF),
    (f"Thực hiện Nghị quyết số 9/NQ-HĐND ngày 02/02/2024, {OLD} được thay thế bằng Kế hoạch này.", BY_ITSELF),
    # It is asked for.
    (f"Sở Nội vụ tham mưu UBND tỉnh sửa đổi, bổ sung hoặc thay thế {DECIDED}.", []),
    (f"Tham mưu UBND tỉnh thay thế {DECIDED} về quy chế phối hợp; Quyết định số 23/2022/QĐ-UBND ngày 12/9/2022.", []),
    (f"Nghiên cứu, đề xuất bãi bỏ {DECIDED}.", []),
    (f"Tham mưu UBND tỉnh điều chỉnh {OLD}.", []),
    (f"Rà soát, kiến nghị sửa đổi {OLD}.", []),
    (f"Trình HĐND tỉnh ban hành Nghị quyết thay thế {OLD}.", []),
    (f"Xây dựng dự thảo Kế hoạch thay thế {OLD}.", []),
    (f"Tham mưu UBND tỉnh bãi bỏ {OLD} và thay thế Kế hoạch số 32/KH-UBND ngày 05/3/2023.", []),
    (f"Thực hiện Nghị định số 50/2025/NĐ-CP, tham mưu UBND tỉnh sửa đổi {DECIDED}.", []),
    (f"Thực hiện Kế hoạch này, tham mưu UBND tỉnh thay thế {OLD}.", []),
    (f"Tham mưu UBND tỉnh:\n- Sửa đổi {OLD};\n- Bãi bỏ Kế hoạch số 32/KH-UBND ngày 05/3/2023.", []),
    (f"Tham mưu bãi bỏ các kế hoạch sau:\n1. {OLD};\n2. Kế hoạch số 32/KH-UBND ngày 05/3/2023.", []),
    (f"Bãi bỏ các kế hoạch sau:\n1. {OLD};\n2. Kế hoạch số 32/KH-UBND ngày 05/3/2023.", ["31/KH-UBND repeals itself", "32/KH-UBND repeals itself"]),
    ("UBND tỉnh xây dựng Kế hoạch điều chỉnh Kế hoạch số 31/KH-UBND ngày 04/3/2023 như sau:", ["31/KH-UBND amends itself"]),
    # It is waited for.
    ("Triển khai thực hiện khi có Thông tư mới thay thế Thông tư số 15/2019/TT-BYT ngày 11/7/2019 và Thông tư số 5/2020/TT-BYT.", []),
    (f"Triển khai khi có sửa đổi hoặc ban hành mới Quyết định thay thế {DECIDED}.", []),
    (f"Nếu có văn bản sửa đổi, bổ sung, thay thế {OLD} thì thực hiện theo văn bản mới.", []),
    (f"Sau khi {OLD} được thay thế bằng kế hoạch mới.", []),
    (f"Khi {OLD} hết hiệu lực thì báo cáo.", []),
    (f"{OLD} hết hiệu lực.", ["31/KH-UBND repeals itself"]),
    ("Kế hoạch số 40/KH-UBND ngày 09/5/2024 và Kế hoạch số 31/KH-UBND ngày 04/3/2023 hết hiệu lực.", ["31/KH-UBND repeals itself"]),
    # What was done by a paper that is named was done, whatever is asked for.
    (
        "Tham mưu UBND tỉnh triển khai Nghị định số 50/2025/NĐ-CP thay thế Nghị định số 40/2015/NĐ-CP.",
        ["40/2015/NĐ-CP replaces 50/2025/NĐ-CP"],
    ),
    ("Góp ý dự thảo Nghị định số 50/2025/NĐ-CP thay thế Nghị định số 40/2015/NĐ-CP.", []),
    # What is itself changed is not who changes the next.
    (
        "Nghị định số 50/2025/NĐ-CP thay thế Nghị định số 40/2015/NĐ-CP và Nghị định số 41/2016/NĐ-CP.",
        ["40/2015/NĐ-CP replaces 50/2025/NĐ-CP", "41/2016/NĐ-CP replaces 50/2025/NĐ-CP"],
    ),
    (
        "Nghị định số 50/2025/NĐ-CP thay thế Nghị định số 40/2015/NĐ-CP, sửa đổi Nghị định số 41/2016/NĐ-CP.",
        ["40/2015/NĐ-CP replaces 50/2025/NĐ-CP", "41/2016/NĐ-CP amends 50/2025/NĐ-CP"],
    ),
    (
        "Kế hoạch này bãi bỏ Kế hoạch số 41/KH-UBND ngày 05/3/2024 về tiêm chủng và thay thế Kế hoạch số 30/KH-UBND ngày 04/3/2023.",
        ["41/KH-UBND repeals itself", "30/KH-UBND replaces itself"],
    ),
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Dược và Luật Đầu tư ngày 22/11/2024;",
        [f"{law} amends luật sửa đổi bổ sung một số điều của luật dược và luật đầu tư" for law in ("luật dược", "luật đầu tư")],
    ),
    (
        "Căn cứ Luật Dược số 105/2016/QH13 được sửa đổi, bổ sung bởi Luật số 44/2024/QH15;",
        ["luật dược amends 44/2024/QH15"],
    ),
    # Nothing is changed by what is older.
    ("Nghị định số 40/2015/NĐ-CP thay thế Nghị định số 50/2025/NĐ-CP.", []),
    ("Kế hoạch này thay thế Kế hoạch số 31/KH-UBND ngày 04/9/2025 của UBND tỉnh.", []),
    # The plan itself changes plans of its own kind of office, or what it says so of itself.
    (f"Bãi bỏ {OLD}.", ["31/KH-UBND repeals itself"]),
    ("Bãi bỏ Kế hoạch số 31/KH-BYT ngày 04/3/2023 của Bộ Y tế.", []),
    ("Thay thế Thông tư số 15/2019/TT-BYT ngày 11/7/2019 của Bộ Y tế.", []),
    (f"Sửa đổi {DECIDED}.", []),
    (f"Kế hoạch này thay thế {DECIDED}.", ["22/2021/QĐ-UBND replaces itself"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ROWS)
def test_what_a_plan_says_became_of_documents(body: str, expected: list[str]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"Điều chỉnh, bổ sung {OLD} về tiêm chủng", ["31/KH-UBND amends itself"]),
        ("Sửa đổi Chương trình số 22/CTr-UBND ngày 05/7/2021 của UBND tỉnh", ["22/CTr-UBND amends itself"]),
    ],
)
def test_what_its_title_says(title: str, expected: list[str]) -> None:
    assert told("Tổ chức thực hiện.", title) == expected


CHECKS = {check["list"]: check for check in load("amendments")["checks"]}


def words_of(name: str) -> list[str]:
    found: Any = load("amendments")
    for part in name.split("."):
        found = found[part]
    return list(found)


def test_every_list_is_checked() -> None:
    lists = {f"{name}.{part}" for name, table in load("amendments").items() if name != "checks" for part in table}
    assert set(CHECKS) == lists


@pytest.mark.parametrize("name", CHECKS)
def test_each_word_is_for_something(name: str) -> None:
    check = CHECKS[name]
    wrong = []
    for word in words_of(name):
        found = told(check["example"].replace("{}", word))
        if len(found) != check["changes"] or not all(one.endswith(check.get("by", "")) for one in found):
            wrong.append((word, found))
    assert wrong == []
    assert [text for text in check["counter_examples"] if len(told(text)) != 1] == []


def test_long_lists_of_changed_documents_take_linear_time() -> None:
    """10,000 documents in one sentence, each with its own verb."""
    text = "Kế hoạch này "
    pieces, mentions = [], []
    end = len(text)
    for n in range(10_000):
        code = f"{n:05}/KH-UBND"
        pieces.append(f"sửa đổi, bổ sung, thay thế, bãi bỏ Kế hoạch số {code}, ")
        end += len(pieces[-1])
        span = Span(end - 2 - len(code), end - 2)
        known: dict[str, Any] = {"code": code, "object": code, "document_key": code}
        mentions.append(Reference(text=code, span=span, id=f"r{n}", type="KH", relation="repeals", **known))
    text += "".join(pieces)
    made = plan(references=tuple(mentions), meta=metadata("1/KH-UBND"))
    started = time.perf_counter()
    assert len(list(changes(made, text))) == 10_000
    assert time.perf_counter() - started < 5
