"""Codes as printed and as they are kept."""

from __future__ import annotations

import pytest

from data import load
from extractors.references.codes import Code, canonical_code, organisation_of_code, split_code


def read(text: str, type_hint: str | None = None) -> Code:
    parts = split_code(text)
    assert parts is not None, text
    return canonical_code(*parts, type_hint=type_hint)


# printed, canonical, type, repaired
STATE = [
    ("57/KH-SYT", "57/KH-SYT", "KH", False),
    ("57 /KH -SYT", "57/KH-SYT", "KH", False),
    ("318/QĐ –UBND", "318/QĐ-UBND", "QĐ", False),
    ("0124/KH-UBND", "124/KH-UBND", "KH", False),
    ("7/KH-UBND", "07/KH-UBND", "KH", False),
    ("15a/KH-UBND", "15a/KH-UBND", "KH", False),
    ("38/2021/NĐ - CP", "38/2021/NĐ-CP", "NĐ", False),
    ("38/2021-NĐ-CP", "38/2021/NĐ-CP", "NĐ", False),
    ("38/2021/NĐ/CP", "38/2021/NĐ-CP", "NĐ", False),
    ("24/2015/TTLT/BYT-BTC", "24/2015/TTLT-BYT-BTC", "TTLT", False),
    ("4/QĐ-TTG", "04/QĐ-TTg", "QĐ", False),
    ("12/nq-cp", "12/NQ-CP", "NQ", False),
    ("11/ctr-ubnd", "11/CTr-UBND", "CTr", False),
    ("03/QĐ-BNN-KHCN", "03/QĐ-BNN-KHCN", "QĐ", False),
    ("6/2022/QH15", "06/2022/QH15", None, False),
    ("326/2016/ubtvqh14", "326/2016/UBTVQH14", None, False),
    ("1318/NQ-UBTVQH15", "1318/NQ-UBTVQH15", "NQ", False),
    ("216/CP", "216/CP", None, False),
    ("130/KH-BCĐCĐS", "130/KH-BCĐCĐS", "KH", False),
    # Lost or mistaken letters and signs, put back by the dictionary.
    ("38/2021/NĐCP", "38/2021/NĐ-CP", "NĐ", True),
    ("21/2025/TTBYT", "21/2025/TT-BYT", "TT", True),
    ("3996/QĐUBND", "3996/QĐ-UBND", "QĐ", True),
    ("13/CTTTg", "13/CT-TTg", "CT", True),
    ("927/QĐ TTg", "927/QĐ-TTg", "QĐ", True),
    ("64/QD-UBND", "64/QĐ-UBND", "QĐ", True),
    ("96/2023/ND-CP", "96/2023/NĐ-CP", "NĐ", True),
    ("72/2024/NÐ-CP", "72/2024/NĐ-CP", "NĐ", False),  # the Icelandic letter is another way of typing Đ
    ("346/OD-BYT", "346/QĐ-BYT", "QĐ", True),
    ("5/NQ-HDND", "05/NQ-HĐND", "NQ", True),
    ("16/TTTr-UBND", "16/TTr-UBND", "TTr", True),
    ("197/TT-UBND", "197/TTr-UBND", "TTr", True),
    ("24/2019/TT-BYT", "24/2019/TT-BYT", "TT", False),
    # What no entry fits stays.
    ("775/QĐ-XYZK", "775/QĐ-XYZK", "QĐ", False),
    ("19/XYZ-ABC", "19/XYZ-ABC", None, False),
]
PARTY = [
    ("34-CT/TW", "34-CT/TW", "CT", False),
    ("27/NQ- TW", "27-NQ/TW", "NQ", False),
    ("28/TT/TU", "28-TT/TU", "TT", False),
    ("20NQ/TW", "20-NQ/TW", "NQ", False),
    ("68-NQ-TW", "68-NQ/TW", "NQ", False),
    ("60/NQ/TW", "60-NQ/TW", "NQ", False),
    ("02 – NQ/TW", "02-NQ/TW", "NQ", False),
    ("78 – CT/TƯ", "78-CT/TW", "CT", False),
    ("21-NQQ/TW", "21-NQ/TW", "NQ", True),
    ("336- QD/BCSCLTW", "336-QĐ/BCSCLTW", "QĐ", True),
    ("1-CTr/TU", "01-CTr/TU", "CTr", False),
    ("5-HD/VPTW", "05-HD/VPTW", "HD", False),
    ("9-NQ/ĐU", "09-NQ/ĐU", "NQ", False),
    ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", "QĐ", False),
    ("4290/QĐ-TLĐ", "4290/QĐ-TLĐ", "QĐ", False),
    ("08/HD-MTTW-BTT", "08/HD-MTTW-BTT", "HD", False),
]
LETTERS = [
    ("525/SYT-TCCB", "525/SYT-TCCB", "CV", False),
    ("8935/BNV-CTTN&BĐG", "8935/BNV-CTTN&BĐG", "CV", False),
    ("1232/BTĐKT-VI", "1232/BTĐKT-VI", "CV", False),
    ("957/SYT-KH", "957/SYT-KH", "CV", False),  # KH is the planning office here
    ("1907/BYT–DP", "1907/BYT-DP", "CV", False),
    ("35/CV–BCĐTKNQ18", "35/CV-BCĐTKNQ18", "CV", False),
]


@pytest.mark.parametrize(("printed", "value", "kind", "repaired"), STATE + PARTY + LETTERS)
def test_canonical(printed: str, value: str, kind: str | None, repaired: bool) -> None:
    code = read(printed)
    assert (code.value, code.type, code.repaired) == (value, kind, repaired)
    assert read(code.value).value == value, "canonical codes stay as they are"


def test_type_word_decides_between_thong_tu_and_to_trinh() -> None:
    assert read("45/TT-XYZ").type == "TT"
    assert read("45/TT-XYZ", type_hint="TTr") == Code("45/TTr-XYZ", "TTr", "XYZ", None, False, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("98/2023/NĐ-CP", ("98", 2023, "NĐ-CP")),
        ("34-CT/TW", ("34", None, "CT/TW")),
        ("20NQ/TW", ("20", None, "NQ/TW")),
        ("15a/KH-UBND", ("15a", None, "KH-UBND")),
        ("98", None),
        ("KH-SYT", None),
    ],
)
def test_split(text: str, parts: tuple[str, int | None, str] | None) -> None:
    assert split_code(text) == parts


@pytest.mark.parametrize("row", load("document_types")["types"], ids=lambda row: row["id"])
def test_every_type_code_is_read(row: dict[str, object]) -> None:
    codes = row["codes"]
    assert isinstance(codes, list)
    agency = "TU" if row.get("party_only") else "BYT"
    for code in codes:
        assert read(f"12/{code}-{agency}").type is not None
    for misprint in row.get("misprints", []):  # type: ignore[attr-defined]
        found = read(f"12/{misprint}-{agency}")
        assert found.value == f"12/{codes[0]}-{agency}"
        assert found.repaired


@pytest.mark.parametrize("row", load("organisations")["organisations"], ids=lambda row: row["id"])
def test_every_agency_code_is_known(row: dict[str, list[str]]) -> None:
    for code in row["codes"]:
        assert organisation_of_code(code) == row
        assert read(f"12/QĐ-{code}").repaired is False
        if code not in ("TƯ", "CCDS-KHHGĐ") and "-" not in code:
            assert read(f"12/QĐ-{code.upper()}").agency == code
