"""Old encodings: every letter there and back, whole and mixed texts, Word files by font, PDF layers, sound texts."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.readers import read_bytes
from pipeline.readers.legacy import ENCODINGS, encoding_of, legacy_font, repaired, shown_in, signs_of, to_unicode
from pipeline.readers.syllables import is_syllable, sound

from .make_docx import body, p, r, tbl, tc, tr
from .make_pdf import paragraph, pdf

PLAN = (
    "KẾ HOẠCH\nTriển khai công tác phòng, chống dịch bệnh năm 2024\n"
    "Thực hiện Quyết định số 15/QĐ-UBND ngày 05/01/2024 của UBND tỉnh, Sở Y tế ban hành kế hoạch với các nội dung sau:\n"
    "- Đảm bảo 95% trẻ em dưới 01 tuổi được tiêm chủng đầy đủ; báo cáo về Sở trước ngày 15/12.\n"
)  # fmt: skip
LETTERS = [
    letter
    for base in "aăâeêioôơuưyđ"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for letter in (unicodedata.normalize("NFC", base + tone), unicodedata.normalize("NFC", base + tone).upper())
    if len(letter) == 1 and not letter.isascii()
]


def spelled(text: str, encoding: str) -> str:
    return "".join(shown_in(letter, encoding) for letter in text)


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_letter_there_and_back(encoding: str) -> None:
    seen = set()
    for letter in LETTERS:
        signs = shown_in(letter, encoding)
        assert (signs not in seen and signs != letter) or len(signs) == 1
        seen.add(signs)
        if (encoding, letter) != ("VISCII", "Õ"):  # at the place of the no-break space, which it is read as
            assert to_unicode(f"b{signs}b", encoding).text == f"b{letter}b", (letter, signs)


WORDS = [
    # Unicode, encoding, as it looks
    ("được", "TCVN3", "®\u00adîc"),
    ("hoạch", "TCVN3", "ho¹ch"),
    ("phòng", "TCVN3", "phßng"),
    ("người", "VNI", "ngöôøi"),
    ("Đảng", "VNI", "Ñaûng"),
    ("ỦY", "VNI", "UÛY"),
    ("quyết", "VNI", "quyeát"),
    ("kế", "VPS", "k‰"),
    ("người", "VPS", "ngÜ©i"),
    ("hiện", "VISCII", "hi®n"),
    ("người", "VISCII", "ngß¶i"),
    ("được", "VIQR", "ddu+o+.c"),
    ("Quyết", "VIQR", "Quye^'t"),
]


@pytest.mark.parametrize(("word", "encoding", "looks"), WORDS)
def test_words(word: str, encoding: str, looks: str) -> None:
    assert spelled(word, encoding) == looks
    assert to_unicode(looks, encoding).text == word


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_texts_are_found_and_converted(encoding: str) -> None:
    found = repaired(spelled(PLAN, encoding))
    assert found is not None and found.encoding == encoding
    assert found.text.upper() == PLAN.upper()
    if encoding != "TCVN3":  # which has one case of toned letters
        assert found.text == PLAN
    assert len(found.origins) == len(found.text) + 1
    assert list(found.origins) == sorted(set(found.origins))


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "VIQR"])
def test_bytes(encoding: str) -> None:
    data = bytes(ord(sign) if ord(sign) < 256 else sign.encode("cp1252")[0] for sign in spelled(PLAN, encoding))
    made = read_bytes(data, "a.txt")
    assert made.text.upper() == PLAN.upper()
    assert made.reader == f"text ({encoding})"
    assert made.notes == (("encoding_converted", encoding),)


CONVERTED = [
    # as it stands, in Unicode
    ("Uû ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ thùc hiÖn kÕ ho¹ch n¨m 2005", "Uỷ ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch năm 2005"),
    ("UÛy ban nhaân daân tænh giao Sôû Y teá chuû trì, phoái hôïp vôùi caùc ñôn vò thöïc hieän keá hoaïch naêm 2005", "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch năm 2005"),
    # signs that are no letters stay
    ("Tñ v¸c-xin tõ 2°C ®Õn 8°C cña c¸c tØnh, “kÕ ho¹ch” ngµy 5/1", "Tủ vác-xin từ 2°C đến 8°C của các tỉnh, “kế hoạch” ngày 5/1"),
    # the soft hyphen that is its ư, kept and made a hyphen
    ("C¸c ®Þa ph\u00ad¬ng, ng-êi d©n ®-îc t¨ng c-êng cña tØnh vµ c¸c viÖc", "Các địa phương, người dân được tăng cường của tỉnh và các việc"),
    # letters that stand where signs do, at a word's end
    ("Phßng chèng sèt rÐt t¹i ®« thÞ, c¸c m« h×nh cña tØnh vµ n¨m 2005", "Phòng chống sốt rét tại đô thị, các mô hình của tỉnh và năm 2005"),
    # capitals by the letters around
    ("KÕ HO¹CH CñA TØNH N¨M 2005 VÒ VIÖC C¸C §¥N VÞ", "KẾ HOẠCH CỦA TỈNH NĂM 2005 VỀ VIỆC CÁC ĐƠN VỊ"),
    ("Sè: 15/KH-SYT cña Së Y tÕ, QuyÕt ®Þnh 15/Q§-UBND cña tØnh vµ c¸c", "Số: 15/KH-SYT của Sở Y tế, Quyết định 15/QĐ-UBND của tỉnh và các"),
    # part of it in Unicode: line by line, and within a line
    ("Sở Y tế tỉnh có ý kiến; số lý.\nUû ban nh©n d©n tØnh cã c¸c viÖc kÕ ho¹ch\nỦy ban có số và công tác §2", "Sở Y tế tỉnh có ý kiến; số lý.\nUỷ ban nhân dân tỉnh có các việc kế hoạch\nỦy ban có số và công tác §2"),
    ("Kế hoạch của tỉnh: cña c¸c huyÖn vµ viÖc kÕ ho¹ch ho\u00e0n th\u00e0nh", "Kế hoạch của tỉnh: của các huyện và việc kế hoạch hoàn thành"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unicode"), CONVERTED)
def test_conversions(text: str, unicode: str) -> None:
    found = repaired(text)
    assert found is not None and found.text == unicode
    assert read_bytes(text.encode(), "a.md").text == unicode


SOUND = [
    PLAN,
    unicodedata.normalize("NFD", PLAN),
    "Bảo quản vắc xin ở 2-8°C ± 0,5; 15 µg, 10 m², § 5, «tư liệu», 3 × 4, ½ liều, © Sở Y tế, ®, ÷",
    "Café, déjà vu, São Tomé, Müller, naïve: des mots français ou étrangers où il y a des accents à gogo.",
    "Bé Hà có ý kiến là dân số và lý do; cô có quà, bà có cá, thì là má.",
    "Ke hoach phong chong dich nam 2024, ddos, haha, a+b, x^2, f(x)'s, o'clock, e.g. the u.s.",
    "100% 2024 15/12",
    "",
]


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_text_is_never_touched(text: str) -> None:
    assert encoding_of(text) is None and repaired(text) is None


@pytest.mark.shared
def test_real_plans_are_sound_and_there_and_back() -> None:
    files = sorted((Path(__file__).parents[3] / "shared" / "plans").rglob("*.*"))
    if not files:
        pytest.skip("no plans beside the checkout")
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert repaired(text) is None, file.name
        plain = unicodedata.normalize("NFC", text).translate(str.maketrans("–“”‘’…Ð", "-\"\"''.Đ"))
        for encoding in ("TCVN3", "VNI", "VPS", "VISCII"):
            found = repaired(spelled(plain, encoding))
            assert found is not None and found.encoding == encoding
            assert found.text.upper() == plain.upper(), (file.name, encoding)


FONTS = [
    (".VnTime", ("TCVN3", False)),
    (".VnTimeH", ("TCVN3", True)),
    (".VnArial NarrowH", ("TCVN3", True)),
    ('".vntime"', ("TCVN3", False)),
    ("VNI-Times", ("VNI", False)),
    ("VPS Times", ("VPS", False)),
    ("Times New Roman", None),
    ("Vni", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("name", "font"), FONTS)
def test_fonts(name: str | None, font: tuple[str, bool] | None) -> None:
    assert legacy_font(name) == font


def test_capital_fonts() -> None:
    assert to_unicode("kÕ ho¹ch phßng bÖnh", "TCVN3", capitals=True).text == "KẾ HOẠCH PHÒNG BỆNH"


# --- Word ---------------------------------------------------------------------------------------------------------


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def test_word_runs_by_font() -> None:
    style = (
        f'<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/><w:rPr>{font(".VnTime")}</w:rPr></w:style>'
    )
    made = read_bytes(
        body(
            p(inner=r("së y tÕ", font(".VnTimeH") + "<w:b/>")),
            p(inner=r("V¾c xin ", font(".VnTime")) + r("từ Bộ Y tế", font("Times New Roman"))),
            p("T¹i trạm", style="Old"),
            tbl(tr(tc(p(inner=r("Naêm", font("VNI-Times")))), tc(p("2024")))),
            styles=style,
        ),
        "a.docx",
    )
    assert made.text.splitlines()[:2] == ["SỞ Y TẾ", "Vắc xin từ Bộ Y tế"]
    assert made.text.splitlines()[3] == "Năm\t2024"
    assert ("encoding_converted", "TCVN3, VNI") in made.notes
    bold = next(run for run in made.styles if run.kind == "bold")
    assert made.text[bold.start : bold.end] == "SỞ Y TẾ"
    assert [made.text[cell.start : cell.end] for cell in made.cells] == ["Năm", "2024"]


def test_unicode_in_a_font_of_old_stays() -> None:
    """A text that was converted long ago, its font's name left as it was."""
    text = "Uỷ ban có ý kiến là công tác dân số ở xã"
    made = read_bytes(body(p(inner=r(text, font(".VnTime")))), "a.docx")
    assert made.text == text + "\n" and made.notes == ()


def test_word_by_content() -> None:
    made = read_bytes(
        body(
            p("Uû ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ", style="Heading1"),
            tbl(tr(tc(p("Caùc ñôn vò")), tc(p("Naêm"))), tr(tc(p("Cña")), tc(p("§¬n vÞ")))),
        ),
        "a.docx",
    )
    assert made.text.splitlines()[0].startswith("Uỷ ban nhân dân tỉnh giao Sở Y tế")
    assert list(made.notes) == [("encoding_converted", "TCVN3")]
    assert made.text[made.cells[3].start : made.cells[3].end] == "Đơn vị"
    heading = next(run for run in made.styles if run.kind == "heading")
    assert made.text[heading.start : heading.end].endswith("các đơn vị")


# --- PDF ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_a_pdf_layer_is_converted_and_its_boxes_stay(encoding: str) -> None:
    words = "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch năm 2005. "

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 90, spelled(words.replace("Ủ", "U"), encoding) * 4)

    made = read_bytes(pdf(page), "a.pdf")
    assert " ".join(made.text.split()) == " ".join((words.replace("Ủ", "U") * 4).split())
    assert ("encoding_converted", encoding) in made.notes
    for box in made.line_boxes:
        assert len(box.edges) == box.end - box.start + 1
        assert list(box.edges) == sorted(box.edges)
        assert "\n" not in made.text[box.start : box.end]
    assert made.pages[0].end == len(made.text)


# --- syllables ----------------------------------------------------------------------------------------------------

SYLLABLES = [
    ("quyết", True), ("Nghiêm", True), ("khuỷu", True), ("hoà", True), ("hòa", True), ("thuỷ", True), ("thủy", True),
    ("giờ", True), ("gìn", True), ("yêu", True), ("ươm", True), ("quý", True), ("khoẻ", True), ("huế", True),
    ("caùc", False), ("vaø", False), ("xaõ", False), ("toâi", False), ("làa", False), ("àb", False), ("hóá", False),
    ("zờ", False), ("hoaù", False), ("tốh", False),
]  # fmt: skip


@pytest.mark.parametrize(("word", "right"), SYLLABLES)
def test_syllables(word: str, right: bool) -> None:
    assert is_syllable(word) is right


def test_words_of_several_parts() -> None:
    assert sound("Quảng-Ngãi") and sound("12/tỉnh") and sound("KH-SYT")
    assert not sound("37°C") and not sound("®Þnh")
    assert signs_of(b"\x93a\x81\xe0") == "“a\x81à"
