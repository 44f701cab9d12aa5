"""How an address is called where everybody may read it."""

from __future__ import annotations

import re

import pytest

from data import load
from pipeline.sources.address import has_secret, is_address, public, quoted, suffix_of, without_secrets

PUBLIC = {
    "https://syt.gov.vn/kh/463.pdf": "https://syt.gov.vn/kh/463.pdf",
    "https://an:mat-khau@syt.gov.vn/463.pdf": "https://syt.gov.vn/463.pdf",
    "https://syt.gov.vn/tai?id=463&token=abc#trang-2": "https://syt.gov.vn/tai?id=463",
    "https://kho.vn/a.pdf?X-Amz-Credential=K&X-Amz-Signature=S&X-Amz-Expires=9": "https://kho.vn/a.pdf",
    "https://kho.vn/a.pdf#mk": "https://kho.vn/a.pdf",
    "s3://plans/2025/a#1.pdf": "s3://plans/2025/a#1.pdf",
    "sftp://an:mat-khau@kho.vn/kh": "sftp://kho.vn/kh",
}  # fmt: skip


@pytest.mark.parametrize(("address", "name"), PUBLIC.items())
def test_the_name_of_an_address(address: str, name: str) -> None:
    assert public(address) == name
    assert public(name) == name


def test_an_address_with_what_opens_it() -> None:
    found = [address for address in PUBLIC if has_secret(address)]
    assert found == [a for a in PUBLIC if "mat-khau" in a or "token" in a or "X-Amz" in a]


def test_parameters_that_open_a_door() -> None:
    known = load("sources")
    for name in known["secret_examples"]:
        assert re.fullmatch(known["secrets"], name, re.IGNORECASE), name
    for name in known["public_examples"]:
        assert not re.fullmatch(known["secrets"], name, re.IGNORECASE), name


def test_a_library_that_repeats_the_address() -> None:
    address = "sftp://an:m%40t@kho.vn/kh?key=K1"
    said = f"can't open {address}: an:m@t (m%40t) was refused with K1"
    words = without_secrets(said, address)
    assert words.startswith("can't open sftp://kho.vn/kh: ")
    assert not re.search("m@t|m%40t|K1", words)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("s3://a/b", True),
        ("https://a", True),
        ("a/b", False),
        ("C:\\plans", False),
        ("C:/plans", False),
        ("plans://", True),
    ],
)
def test_what_is_an_address(source: str, expected: bool) -> None:
    assert is_address(source) == expected


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("https://a.vn/kh.PDF?x=.exe", ".pdf"), ("https://a.vn/k%E1%BA%BF.docx", ".docx"), ("s3://a/b.tar.gz", ".tar.gz"),
        ("https://a.vn/tai", ""), ("../../etc/x.p/../d", ""), ("a.sh;rm", ""),
    ],
)  # fmt: skip
def test_the_suffix_of_a_name(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_letters_that_a_request_does_not_take() -> None:
    assert (
        quoted("https://kế.vn/kế hoạch.pdf?số=463")
        == "https://xn--k-rwm.vn/k%E1%BA%BF%20ho%E1%BA%A1ch.pdf?s%E1%BB%91=463"
    )
    assert quoted("https://a.vn/k%E1%BA%BF.pdf") == "https://a.vn/k%E1%BA%BF.pdf"
