"""Web pages: white space, styles, lists, tables, footnotes, what stands around the paper, encodings, archives."""

from __future__ import annotations

import base64
import email.message

import pytest

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers import Limits, read_bytes

FILLER = "Các đơn vị trực thuộc tổ chức thực hiện và báo cáo kết quả về Sở Y tế theo quy định hiện hành của Nhà nước."


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def source(body: str, head: str = "", name: str = "a.html") -> Source:
    return read_bytes(page(body, head), name)


TEXTS = [
    # what, body, text
    ("lines broken inside a paragraph", "<p>Kế hoạch\n  phòng,\r\n\tchống dịch</p>", "Kế hoạch phòng, chống dịch\n"),
    ("paragraphs", "<p>Một</p><p>Hai</p>\n<div>Ba</div>Bốn", "Một\nHai\nBa\nBốn\n"),
    ("text around blocks", "Một<div>Hai<p>Ba</p>Bốn</div>Năm", "Một\nHai\nBa\nBốn\nNăm\n"),
    ("line ends", "<p>Một<br>Hai<br/>Ba</p>", "Một\nHai\nBa\n"),
    ("empty lines", "<p>Một<br><br><br>Hai</p><p>&nbsp;</p><p></p><p>Ba</p>", "Một\n\nHai\n\nBa\n"),
    ("words across elements", "<p>Sở<b> Y tế</b> <i>tỉnh </i> An<u>Bình</u></p>", "Sở Y tế tỉnh AnBình\n"),
    ("entities", "<p>S&#7903; Y t&#x1EBF; &lt;15 &amp; 5&nbsp;% &ndash; &Agrave;</p>", "Sở Y tế <15 & 5\u00a0% – À\n"),
    ("no text", "<p>Một<script>var a = 'hai';</script><style>p {}</style><noscript>ba</noscript></p>", "Một\n"),
    ("comments", "<!-- bí mật --><p>Một<!--[if mso]>hai<![endif]--></p>", "Một\n"),
    ("conditions that Word writes", "<p><![if !supportLists]><span>-<span>&nbsp; </span></span><![endif]>Một</p>", "-\u00a0 Một\n"),
    ("hidden", '<p style="display: none">ẩn</p><p hidden>ẩn</p><p>Một<span style="visibility:hidden">ẩn</span></p>', "Một\n"),
    ("kept white space", "<pre>Một   hai\n\n  ba\tbốn</pre>", "Một   hai\n\nba    bốn\n"),
    ("capitals", '<p style="text-transform:uppercase">kế hoạch số 1</p>', "KẾ HOẠCH SỐ 1\n"),
    ("deleted text", "<p>Một <del>hai</del><s>ba</s></p>", "Một ba\n"),
    ("powers", "<p>10 m<sup>2</sup>, H<sub>2</sub>O</p>", "10 m2, H2O\n"),
    # lists
    ("numbers", "<ol><li>Một<li>Hai</ol>", "1. Một\n2. Hai\n"),
    ("letters from c", '<ol type="a" start="3"><li>Một</li><li>Hai</li></ol>', "c. Một\nd. Hai\n"),
    ("Roman numbers", '<ol type="I"><li>Một</li><li value="4">Hai</li><li>Ba</li></ol>', "I. Một\nIV. Hai\nV. Ba\n"),
    ("by style", '<ol style="list-style-type: lower-roman"><li>Một</li></ol>', "i. Một\n"),
    ("backwards", "<ol reversed><li>Một</li><li>Hai</li></ol>", "2. Một\n1. Hai\n"),
    ("no sign", '<ul style="list-style: none"><li>Một</li></ul>', "Một\n"),
    ("bullets", "<ul><li><p>Một</p><p>thêm</p></li><li>- Hai</li><li>+ Ba</li></ul>", "- Một\nthêm\n- Hai\n+ Ba\n"),
    ("lists in lists", "<ol><li>Một<ul><li>x</li></ul></li><li>Hai<ol type=a><li>y</li></ol></li><li>Ba</li></ol>", "1. Một\n- x\n2. Hai\na. y\n3. Ba\n"),
    ("a number that is typed too", "<ol><li>1. Một</li><li>Hai</li></ol>", "1. Một\n2. Hai\n"),
    ("an empty item", "<ol><li></li><li>Hai</li></ol>", "2. Hai\n"),
    # tables
    ("a frame is no table", "<table><tr><td><p>Một</p><p>Hai</p></td></tr></table>", "Một\nHai\n"),
    ("a column is no table", "<table><tr><td>Một</td></tr><tr><td>Hai</td></tr></table>", "Một\nHai\n"),
    ("cells", "<table><tr><td>Một<br>thêm</td><td>Hai</td></tr>\n<tr><td></td><td>Ba</td></tr></table>", "Một\nthêm\tHai\n\tBa\n"),
    ("a table in a cell", "<table><tr><td>Một<table><tr><td>a</td><td>b</td></tr></table></td><td>Hai</td></tr></table>", "Một\na\nb\tHai\n"),
    # footnotes
    ("footnotes", '<p>Một<sup><a href="#n1">1</a></sup> hai<a href="#_ftn2" name="_ftnref2">[2]</a>.</p><div id="n1"><a href="#r">1</a> Chú thích.</div><div id="ftn2"><p><a name="_ftn2" href="#_ftnref2">[2]</a> Thêm<br>nữa</p></div><p>Ba</p>', "Một hai.\nBa\n\n[1] 1 Chú thích.\n[2] Thêm nữa\n"),
    ("a link to a heading is none", '<p><a href="#x">1</a> Một</p><h2 id="x">Hai</h2>', "1 Một\nHai\n"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_text(body: str, text: str) -> None:
    assert source(body).text == text


def styled(made: Source, kind: str) -> list[tuple[str, int]]:
    return [(made.text[run.start : run.end], run.level) for run in made.styles if run.kind == kind]


BOLD = [
    ("<p><b>Một</b> hai <strong>ba</strong></p>", "", ["Một", "ba"]),
    ('<p style="font-weight:bold">Một <span style="font-weight:normal">hai</span></p>', "", ["Một"]),
    ('<p><span style="font-weight: 700">Một</span> <font style="font:bold 12pt Arial">hai</font></p>', "", ["Một hai"]),
    ('<p class="x y">Một</p><p class="z">hai</p><div id="i">ba</div>', "<style>/* p.z {font-weight:bold} */ p.y, #i { font-weight : bold } </style>", ["Một", "ba"]),
    ("<p><b>Một</b><b> </b><b>hai</b></p>", "", ["Một hai"]),
    ("<table><tr><th>Một</th><td>hai</td></tr></table>", "", ["Một"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "head", "bold"), BOLD)
def test_bold(body: str, head: str, bold: list[str]) -> None:
    assert styled(source(body, head), "bold") == [(words, 0) for words in bold]


def test_headings() -> None:
    made = source(f"<h1>KẾ HOẠCH</h1><h3>I. Mục\n đích</h3><h2>{FILLER * 5}</h2>")
    assert styled(made, "heading") == [("KẾ HOẠCH", 1), ("I. Mục đích", 3)]


def cells(made: Source) -> list[tuple[str, int, int, int, int, int]]:
    return [(made.text[c.start : c.end], c.table, c.row, c.column, c.width, c.height) for c in made.cells]


def test_merged_cells() -> None:
    made = source(
        "<table><thead><tr><th rowspan=2>TT<th colspan=2>Chỉ tiêu<th rowspan=99>Ghi chú</tr><tr><td>Năm 2024<td>Năm 2025</tr>"
        "</thead><tbody><tr><td>1<td>90%<td>95%</tr></table>"
    )
    assert cells(made) == [
        ("TT", 0, 0, 0, 1, 2), ("Chỉ tiêu", 0, 0, 1, 2, 1), ("Ghi chú", 0, 0, 3, 1, 3),
        ("Năm 2024", 0, 1, 1, 1, 1), ("Năm 2025", 0, 1, 2, 1, 1),
        ("1", 0, 2, 0, 1, 1), ("90%", 0, 2, 1, 1, 1), ("95%", 0, 2, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_that_lays_out_the_page_is_none() -> None:
    paragraphs = "".join(f"<p>{number}. {FILLER}</p>" for number in range(1, 30))
    inner = "<table border=1><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>Tập huấn</td></tr></table>"
    made = source(f"<table><tr><td width=20%>Cột trái</td><td>{paragraphs}{inner}</td></tr></table>")
    assert [cell[0] for cell in cells(made)] == ["TT", "Việc", "1", "Tập huấn"]
    assert f"\n29. {FILLER}\n" in made.text


# --- the paper on the page ----------------------------------------------------------------------------------------

LETTERHEAD = """<table><tr><td><b>UBND TỈNH AN BÌNH<br>SỞ Y TẾ</b></td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA
VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr><tr><td>Số: 12/KH-SYT</td><td>An Bình, ngày 5 tháng 3 năm 2024</td></tr></table>"""
PAPER = f"""<p><b>KẾ HOẠCH</b></p><p>Phòng, chống dịch năm 2024</p><p>Căn cứ <a href="/1">Quyết định số 15/QĐ-UBND</a>;</p>
<p>I. MỤC TIÊU</p><p>{FILLER}</p><p>II. NỘI DUNG</p><p>1. Tập huấn</p><p>{FILLER}</p>"""
TAIL = "<table><tr><td>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</td><td>GIÁM ĐỐC<br>Nguyễn Văn An</td></tr></table>"
APPENDIX = "<p>PHỤ LỤC</p><table><tr><td>TT</td><td>Chỉ tiêu</td></tr><tr><td>1</td><td>95%</td></tr></table>"
MENU = (
    '<ul><li><a href="/">Trang chủ</a></li><li><a href="/a">Giới thiệu</a></li><li><a href="/b">Văn bản</a></li></ul>'
)
NEWS = "".join(f'<li><a href="/{n}">Kế hoạch {n}/KH-UBND về việc số {n}</a></li>' for n in range(9))
WHOLE = (
    "UBND TỈNH AN BÌNH\nSỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/KH-SYT\tAn Bình, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nPhòng, chống dịch năm 2024\n"
    f"Căn cứ Quyết định số 15/QĐ-UBND;\nI. MỤC TIÊU\n{FILLER}\nII. NỘI DUNG\n1. Tập huấn\n{FILLER}\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\tGIÁM ĐỐC\nNguyễn Văn An\n"
)
AROUND = [
    # what, the page's body; the paper is the same on all
    ("nothing around", LETTERHEAD + PAPER + TAIL),
    ("a menu and a footer", f"{MENU}<div>{LETTERHEAD}{PAPER}{TAIL}</div><p>Bản quyền thuộc Sở Y tế tỉnh An Bình</p>"),
    ("each part in a box", f"<div>{MENU}</div><main><div>{LETTERHEAD}</div><div>{PAPER}</div><div>{TAIL}</div></main>"),
    ("boxes that name themselves", f'<div class="top-menu">Thứ hai, ngày 4/3/2024</div>{LETTERHEAD}{PAPER}{TAIL}<div id="binhLuan">Ý kiến của tôi</div>'),
    ("a title and a date above", f"<div><h1>Kế hoạch 12/KH-SYT năm 2024</h1><p>Đăng ngày 6/3/2024</p>{LETTERHEAD}{PAPER}{TAIL}</div>"),
    ("news below", f"<div>{LETTERHEAD}{PAPER}{TAIL}<h3>Văn bản liên quan</h3><ul>{NEWS}</ul></div>"),
    ("a notice in the middle", f"<div>{LETTERHEAD}{PAPER.replace('<p>II.', '<p>Vui lòng đăng nhập để xem tiếp.</p><p>II.')}{TAIL}</div>"),
    ("laid out by tables", f"<table><tr><td>{MENU}</td><td><table><tr><td>{LETTERHEAD}{PAPER}{TAIL}</td></tr></table></td></tr></table>"),
    ("the text twice, for telephones too", f"<div>{LETTERHEAD}{PAPER}{TAIL}</div><div class=m>{LETTERHEAD}{PAPER}{TAIL}</div>"),
    ("in a tab that a script opens", f'<div>{MENU}<p>Tóm tắt</p></div><div style="display:none">{LETTERHEAD}{PAPER}{TAIL}</div>'),
    ("no closing tags", f"<div class=menu>{MENU}</div><div>{LETTERHEAD}{PAPER.replace('</p>', '')}{TAIL}"),
]  # fmt: skip


@pytest.mark.parametrize("body", [row[1] for row in AROUND], ids=[row[0] for row in AROUND])
def test_the_paper_alone_is_read(body: str) -> None:
    made = source(body)
    assert made.text == WHOLE
    assert ("page_around_left_out" in dict(made.notes)) == (body != AROUND[0][1])
    assert "page_unsure" not in dict(made.notes)


def test_an_appendix_behind_the_signature_stays() -> None:
    for body in (
        f"<div>{LETTERHEAD}{PAPER}{TAIL}{APPENDIX}</div>",
        f"<div>{LETTERHEAD}{PAPER}{TAIL}</div><div>{APPENDIX}</div>",
    ):
        assert source(MENU + body).text == WHOLE + "PHỤ LỤC\nTT\tChỉ tiêu\n1\t95%\n"


def test_a_paper_without_headings_is_whole() -> None:
    made = source(f"{MENU}<div><div>{LETTERHEAD}</div><div>{f'<p>{FILLER}</p>' * 9}</div></div>")
    assert made.text.startswith("UBND TỈNH AN BÌNH") and made.text.count(FILLER) == 9 and "Trang chủ" not in made.text


def test_lines_of_a_paper_in_boxes_with_odd_names_stay() -> None:
    made = source(f'<div class="print">{LETTERHEAD}<div class="comment">{PAPER}</div>{TAIL}</div>')
    assert made.text == WHOLE


def test_without_the_lines_of_a_paper_the_page_is_kept() -> None:
    made = source(f"<div><p>{FILLER}</p><p>{FILLER}</p></div><div>Liên hệ: 0123</div>")
    assert made.text.count(FILLER) == 2
    assert "page_unsure" in dict(made.notes)


# --- encodings ----------------------------------------------------------------------------------------------------

ENCODED = [
    ("UTF-8 without a word of it", "<p>Kế hoạch của Sở Y tế</p>".encode(), "utf-8"),
    ("UTF-16 with a mark, as Word saves", "<html><p>Kế hoạch của Sở Y tế</p></html>".encode("utf-16"), "utf-16"),
    ("windows-1258", '<meta charset="windows-1258"><p>Kêì hoaòch cuÒa SõÒ Y têì</p>'.encode("latin-1").replace(b"\xec", b"\xec"), "windows-1258"),
    ("declared wrongly", '<meta charset="iso-8859-1"><p>Kế hoạch của Sở Y tế</p>'.encode(), "utf-8"),
    ("TCVN3", '<meta charset="iso-8859-1"><p>KÕ ho¹ch cña Së Y tÕ vµ c¸c tØnh</p>'.encode("latin-1"), "windows-1252"),
    ("TCVN3 in entities", "<p>K&Otilde; ho&sup1;ch c&ntilde;a S&euml; Y t&Otilde; v&micro; c&cedil;c t&Oslash;nh</p>".replace("&cedil;c", "&#184;c").encode(), "utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "encoding"), [row[1:] for row in ENCODED], ids=[row[0] for row in ENCODED])
def test_encodings(data: bytes, encoding: str) -> None:
    import unicodedata

    made = read_bytes(data, "a.htm")
    assert unicodedata.normalize("NFC", made.text).startswith("Kế hoạch của Sở Y tế")
    assert made.reader == f"html ({encoding})"


def test_fonts_of_old_encodings() -> None:
    made = source(
        '<p><font face=".VnTimeH">së y tÕ</font> <span style="font-family: \'VNI-Times\', serif">tænh</span> An Bình</p>'
    )
    assert made.text == "SỞ Y TẾ tỉnh An Bình\n"
    assert dict(made.notes)["encoding_converted"] == "TCVN3, VNI"


# --- names, archives, refusals ------------------------------------------------------------------------------------


def archive_of(body: str, **parts: str) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Subject"] = "Kế hoạch"
    message.set_content(page(body).decode(), subtype="html", charset="utf-8", cte="base64")
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.doc", "a"])
def test_an_archive_of_a_page(name: str) -> None:
    made = read_bytes(archive_of(LETTERHEAD + PAPER + TAIL), name)
    assert made.text == WHOLE and made.media_type == "multipart/related"


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "a.docx", "a.aspx", "a"])
def test_a_page_is_one_whatever_its_name(name: str) -> None:
    made = source("<p>Kế hoạch</p>", name=name)
    assert (made.text, made.media_type, made.markup) == ("Kế hoạch\n", "text/html", "styled")


def test_a_text_that_speaks_of_html_is_text() -> None:
    assert read_bytes("Dùng thẻ <html> và <body>".encode(), "a.md").media_type == "text/markdown"
    assert read_bytes(page("<p>Kế hoạch</p>"), "a.txt").media_type == "text/html"
    letterhead = "<html><body><table><tr><td>SỞ Y TẾ</td></tr></table></body></html>\n\n# KẾ HOẠCH\n"
    assert read_bytes(letterhead.encode(), "a.md").media_type == "text/markdown"


MARKUP = [
    ("an empty page", page(""), "empty"),
    ("nothing to print", page("<script>a</script><p> &nbsp; </p>"), "empty"),
    ("nested without end", page("<div>" * 5000 + "Kế hoạch"), "nested_too_deep"),
    ("an archive without a page", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nabc", "damaged_html"),
    ("an archive of nothing", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "damaged_html"),
    ("archives in archives", b"MIME-Version: 1.0\r\n" + b"".join(b"Content-Type: multipart/related; boundary=%d\r\n\r\n--%d\r\n" % (i, i) for i in range(3000)), "damaged_html"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in MARKUP], ids=[row[0] for row in MARKUP])
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(data, "a.mht" if data.startswith(b"MIME") else "a.html")
    assert error.value.code == code
    assert error.value.message("vi") and error.value.message("en")


LIMITED = [
    ("cells", page("<table>" + "<tr><td>a<td>b</tr>" * 300 + "</table>"), Limits(cells=500), "too_many_cells"),
    ("elements", page("<p>a" * 300), Limits(elements=200), "too_many_elements"),
    ("markup", page("a" * 3000), Limits(xml=2000), "too_large"),
    ("text", page("a" * 3000), Limits(characters=2000), "too_much_text"),
]


@pytest.mark.parametrize(("data", "limits", "code"), [row[1:] for row in LIMITED], ids=[row[0] for row in LIMITED])
def test_limits(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(data, "a.html", limits=limits)
    assert error.value.code == code


def test_depth_and_spans_that_real_pages_have_are_read() -> None:
    assert source("<div>" * 600 + "Kế hoạch").text == "Kế hoạch\n"
    made = source("<table><tr><td rowspan=999999999 colspan=999999999>a<td>b</tr><tr><td>c<td rowspan=x>d</tr></table>")
    assert [cell[0] for cell in cells(made)] == ["a", "b", "c", "d"]
    assert max(cell.height for cell in made.cells) == 2


def test_entities_of_a_page_are_not_expanded_and_nothing_is_loaded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "xxxxxxxxxx"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    data = f"{bomb}<html><body><p>Kế hoạch &a;&b;</p><img src='http://127.0.0.1:9/a.png'></body></html>".encode()
    text = read_bytes(data, "a.html").text
    assert "Kế hoạch" in text and "root:" not in text and "xxxxx" not in text


def test_a_picture_inside_the_page_costs_nothing() -> None:
    picture = base64.b64encode(bytes(200_000)).decode()
    made = read_bytes(
        page(f'<p>Kế hoạch<img src="data:image/png;base64,{picture}"></p>'), "a.html", limits=Limits(xml=5000)
    )
    assert made.text == "Kế hoạch\n"


HOSTILE = [
    # shapes whose reading must not take the square of their length: each takes a blink, squared it would take minutes
    "<p>" + "<b>a</b> " * 20_000,
    "<table>" + "<tr><td rowspan=99999>a<td>b</tr>" * 5_000 + "</table>",
    "<table><tr><td>a</td><td>" * 300 + "x" + "</td></tr></table>" * 300,
    "<style>" + "a" * 200_000 + "</style><p>x",
    "<style>" + "{/*" * 100_000 + "</style><p>x",
    "".join(f"<a href='#n{i}'>{i % 900}</a><p id=n{i}>y</p>" for i in range(8_000)),
    "<p>" + "<br>" * 20_000 + "x",
    "<" * 200_000 + "x",
    "<p>" + "c¸c cña vµ " * 20_000,
    LETTERHEAD + "".join(f"<p>{i}. Một</p>" for i in range(8_000)),
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_shapes(body: str) -> None:
    assert source(body).text.strip()
