"""What each address answers, without a browser, on both databases."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, build_opener

import openpyxl
import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from dashboard.app import make_app
from dashboard.safety import POLICY
from dashboard.settings import Oidc, Settings
from data import load
from models import tables as t
from pipeline.errors import DatabaseError, KehoachError
from pipeline.store import open_store
from pipeline.store.lists.conflicts import conflict_list
from pipeline.store.lists.cut import Window
from tests.web.provider import provider
from tests.web.site import OF_2021, OF_2022, TWO_DAYS, dispute

ADDRESSES = [
    "/", "/?map=until_2025&year=2025", "/plans", "/plans?province=Huế&year=2026&sort=code", "/plans?q=an+toan+thuc+pham",
    "/plans?topic=tiêm+chủng&issuer=so+y+te", "/documents", "/documents?q=phong+chong&type=QĐ", "/documents?status=still_cited",
    "/documents?status=conflict", "/deadlines", "/deadlines?view=month&month=2026-06", "/deadlines?when=overdue&unit=trung+tam",
    "/deadlines?day=2026-12-15", "/deadlines?province=Lâm+Đồng&when=all", "/targets", "/targets?year=all", "/targets?indicator=BH01",
    "/review", "/review?kind=target", "/review/decided", "/review/conflicts", "/review/conflicts?kind=same",
    "/review/conflicts/decided",
]  # fmt: skip
NONSENSE = [
    "/plans?page=0", "/plans?page=-1", "/plans?page=99999999999", "/plans?year=abc", "/plans?sort=';--", "/plans?q=%00%22*",
    "/plans?q=%22+OR+NEAR(", "/deadlines?month=2026-99", "/deadlines?view=month&month=9999-12",
    "/deadlines?view=month&month=0001-01", "/deadlines?view=month&month=2199-12", "/deadlines?day=9999-12-31", "/deadlines?day=x", "/targets?indicator=nope&year=9",
    "/documents?q=%25_", "/review?plan=nope&kind=x", "/review/conflicts?kind=x&document=nope&page=999", "/review/conflicts/decided?page=999", "/?map=x&year=12345678",
]  # fmt: skip


@pytest.fixture
def client(db: str) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(db=db)), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.mark.parametrize("address", [*ADDRESSES, *NONSENSE])
def test_an_address_answers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    tags = Tags()
    tags.feed(answer.text)
    assert tags.wrong == []


class Tags(HTMLParser):
    """Notes what no page of ours has: scripts and styles within the page, and frames."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        inline = tag in ("style", "iframe", "object", "embed") or (tag == "script" and not names.get("src"))
        if inline or "style" in names or any(name.startswith("on") for name in names):
            self.wrong.append(f"{tag} {attrs}")


def test_the_policy_lets_no_script_or_style_stand_in_a_page() -> None:
    assert "unsafe" not in POLICY and "default-src 'none'" in POLICY


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_other_language_has_no_word_of_the_first(client: TestClient, address: str) -> None:
    client.get("/prefer?lang=en&back=/plans")
    page = re.sub(r"<(option|article|q|blockquote|td|li|h1|dd|p|a)\b.*?</\1>", "", client.get(address).text, flags=re.S)
    words = {
        entry[0] for section in ("list", "nav") for entry in load("dashboard")[section].values() if "{" not in entry[0]
    }
    assert not [word for word in words if re.search(rf">\s*{re.escape(word)}\s*<", page) and word != "Tiếng Việt"]


def code_of(client: TestClient, address: str) -> list[str]:
    return re.findall(r'class="code"[^>]*><a [^>]*>([^<]+)<', client.get(address).text)


def test_filters_are_the_address(client: TestClient) -> None:
    assert len(code_of(client, "/plans")) == 5
    assert code_of(client, "/plans?province=Huế") == ["1085/KH-SYT"]
    assert code_of(client, "/plans?q=an+toan+thuc+pham") == ["388/KH-SYT"]
    assert code_of(client, "/plans?province=Quảng+Trị") == ["388/KH-SYT"]  # which took Quảng Bình in
    assert code_of(client, "/plans?province=quang+tri") == ["388/KH-SYT"]
    assert code_of(client, "/plans?year=1999") == []


UNREAD = [
    # the file, why it was not read, what the page says in both languages
    ("/srv/plans/2026/hỏng.pdf", "damaged_pdf", "vi", "tệp PDF bị hỏng"),
    (r"C:\plans\hỏng.pdf", "damaged_pdf", "en", "the PDF is damaged"),
    ("hỏng.pdf", "of_another_version", "vi", "Không đọc được."),
]


@pytest.mark.parametrize(("path", "code", "lang", "said"), UNREAD)
def test_why_a_file_was_not_read_is_said_in_words(
    client: TestClient, db: str, path: str, code: str, lang: str, said: str
) -> None:
    with open_store(db) as store:
        store.fail(path, KehoachError(code, path))
    client.get(f"/prefer?lang={lang}&back=/documents")
    page = client.get("/").text
    assert f"<code>hỏng.pdf</code> <small>{said}" in page
    assert code not in page and path not in page.replace("<code>hỏng.pdf</code>", "")


def test_documents_are_found_without_accents(client: TestClient) -> None:
    assert "55/2010/QH12" in code_of(client, "/documents?q=an+toan+thuc+pham")
    assert code_of(client, "/documents?q=77+qd+ubnd") == ["77/QĐ-UBND"]
    assert code_of(client, "/documents?q=khong+co+van+ban+nay") == []


@pytest.mark.parametrize("name", ["plans", "documents", "deadlines", "targets", "review/decided"])
def test_every_table_can_be_downloaded(client: TestClient, name: str) -> None:
    rows = list(csv.reader(io.StringIO(client.get(f"/{name}.csv?when=all").content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/{name}.xlsx?when=all").content)).active
    assert sheet is not None and sheet.max_row == len(rows)
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert len(rows) > 3 or name == "review/decided"


def test_no_cell_of_a_download_is_a_formula(client: TestClient) -> None:
    for row in csv.reader(io.StringIO(client.get("/documents.csv").content.decode("utf-8-sig"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_calendar_parses(client: TestClient) -> None:
    made = Calendar.from_ical(client.get("/deadlines.ics?when=all").content)
    assert len(list(made.walk("VEVENT"))) > 10


@pytest.mark.parametrize("code", ["388%2FKH-SYT", "388/KH-SYT", "388%2Fkh-syt"])
def test_a_plan_is_reached_by_its_code(client: TestClient, db: str, code: str) -> None:
    answer = client.get(f"/plans/{code}", follow_redirects=False)
    with open_store(db) as store:
        assert (answer.status_code, answer.headers["location"]) == (303, f"/plans/{store.find('388/KH-SYT').key}")


@pytest.mark.parametrize(
    "address", ["/plans?q=%25%25", "/plans?issuer=%25", "/documents?q=%25_", "/deadlines?when=all&unit=%25"]
)
def test_signs_alone_find_nothing(client: TestClient, address: str) -> None:
    assert 'role="status">0 kết quả<' in client.get(address).text


def test_a_filter_shows_what_was_asked_for(client: TestClient) -> None:
    page = client.get("/plans?province=KhôngCó&year=1999").text
    assert '<option value="KhôngCó" selected>KhôngCó</option>' in page
    assert '<option value="1999" selected>1999</option>' in page


NO_PROVINCE = [
    # the address, and what the page says in both languages; None: nothing about the name
    ("/plans?province=Xyz", "vi", "không có tỉnh, thành phố nào tên “Xyz”."),
    ("/plans?province=Xyz&year=2026", "en", "there is no province called “Xyz”."),
    ("/plans?province=lai+chao", "vi", "không có tỉnh, thành phố nào tên “lai chao” (Lai Châu?"),
    ("/deadlines?province=Xyz", "vi", "không có tỉnh, thành phố nào tên “Xyz”."),
    ("/deadlines?province=Xyz&view=month", "en", "there is no province called “Xyz”."),
    ("/targets?province=Xyz", "en", "there is no province called “Xyz”."),
    ("/review?province=Xyz", "vi", "không có tỉnh, thành phố nào tên “Xyz”."),
    ("/plans?province=Lai+Châu", "vi", None),  # one without plans
    ("/targets?province=lai+chau", "vi", None),
    ("/review?province=Huế", "en", None),
]


@pytest.mark.parametrize(("address", "lang", "said"), NO_PROVINCE)
def test_a_province_that_is_none_is_told(client: TestClient, address: str, lang: str, said: str | None) -> None:
    client.get(f"/prefer?lang={lang}&back=/documents")
    answer = client.get(address)
    assert answer.status_code == 200
    if said:
        assert f'<p class="empty">{said}' in answer.text and 'class="rows"' not in answer.text
    else:
        assert "không có tỉnh" not in answer.text and "there is no province" not in answer.text


@pytest.mark.parametrize("name", ["plans.csv", "deadlines.xlsx", "deadlines.ics", "targets.csv"])
def test_there_is_no_file_of_a_province_that_is_none(client: TestClient, name: str) -> None:
    answer = client.get(f"/{name}?province=Xyz")
    assert answer.status_code == 400
    assert '<p class="reason">không có tỉnh, thành phố nào tên “Xyz”.' in answer.text
    assert client.get(f"/{name}?province=Lai+Châu").status_code == 200


EMPTY = [
    # the page of a database without plans, what it says, and what it does not say
    ("/", "Chưa có kế hoạch nào", "Kế hoạch theo năm"),
    ("/plans", "Chưa có kế hoạch nào", "điều kiện lọc"),
    ("/documents", "Chưa có kế hoạch nào", "điều kiện lọc"),
    ("/deadlines", "Không có thời hạn nào trong thời gian này", "điều kiện lọc"),
    ("/deadlines?unit=so+y+te", "điều kiện lọc", "trong thời gian này"),
    ("/targets", "Chưa có chỉ tiêu nào", "điều kiện lọc"),
]


@pytest.mark.parametrize(("address", "said", "unsaid"), EMPTY)
def test_an_empty_database_says_that_it_is(tmp_path: Path, address: str, said: str, unsaid: str) -> None:
    open_store(str(tmp_path / "empty.db")).close()
    with TestClient(make_app(Settings(db=str(tmp_path / "empty.db"))), base_url="http://127.0.0.1") as client:
        page = client.get(address).text
    assert said in page and unsaid not in page


def test_what_is_not_there_says_so(client: TestClient) -> None:
    for address in (
        "/plans/nope", "/document?key=nope", "/nope", "/plans/nope/pages/1.png", "/plans/nope/pages/x.png", "/plans.pdf",
        "/deadlines.pdf", "/review/decided.pdf",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404
        assert '<p class="reason">' in answer.text and "</html>" in answer.text


@pytest.mark.parametrize(
    ("lang", "title"), [("vi", "Không hiển thị được trang này"), ("en", "This page can't be shown")]
)
def test_what_nobody_foresaw_is_a_page_too(
    client: TestClient, lang: str, title: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("inner words")

    monkeypatch.setattr("dashboard.pages.plans.plans.plan_list", broken)
    client.get(f"/prefer?lang={lang}&back=/documents")
    answer = client.get("/plans")
    assert answer.status_code == 500 and f"<h1>{title}</h1>" in unescape(answer.text)
    assert answer.headers["content-security-policy"] == POLICY
    assert "RuntimeError" not in answer.text and "inner words" not in answer.text
    assert "inner words" in caplog.text


# --- safety


def test_another_host_name_is_refused(db: str) -> None:
    with TestClient(make_app(Settings(db=db)), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 421
        assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


def decision(client: TestClient, **changes: str) -> dict[str, str]:
    found = client.get("/review").text
    form = dict(
        re.findall(
            r'name="(token|plan|fact|kind)" value="([^"]*)"', found[found.index('action="/review" class="verdict"') :]
        )[:4]
    )
    return {**form, "verdict": "accept", "name": "Lan", "back": "/review", **changes}


REFUSED: list[tuple[dict[str, str], dict[str, str], int]] = [
    # what the form says, the headers, the status
    ({"token": "x"}, {}, 403),
    ({"token": ""}, {}, 403),
    ({}, {"origin": "http://evil.example"}, 403),
    ({}, {"origin": "null"}, 403),
    ({}, {"sec-fetch-site": "cross-site"}, 403),
    ({"name": "  "}, {}, 400),
    ({"plan": "nope"}, {}, 404),
    ({"fact": "nope"}, {}, 404),
    ({"verdict": "drop"}, {}, 400),
]


@pytest.mark.parametrize(("form", "headers", "status"), REFUSED)
def test_a_form_that_is_not_ours_changes_nothing(
    client: TestClient, form: dict[str, str], headers: dict[str, str], status: int
) -> None:
    given = decision(client, **form)
    assert client.post("/review", data=given, headers=headers, follow_redirects=False).status_code == status
    assert "Lan" not in client.get("/review/decided").text


def test_a_decision_is_kept_with_who_and_when_and_can_be_taken_back(client: TestClient) -> None:
    given = decision(client, note="xem lại")
    assert client.post("/review", data=given).status_code == 200
    [row] = list(csv.DictReader(io.StringIO(client.get("/review/decided.csv").content.decode("utf-8-sig"))))
    assert (row["Người quyết định"], row["Quyết định"], row["Ghi chú"]) == ("Lan", "accept", "xem lại")
    assert row["Lúc"].startswith(dt.datetime.now(dt.UTC).date().isoformat())
    assert given["fact"] not in re.findall(r'name="fact" value="([^"]*)"', client.get("/review").text)
    client.post("/review", data={**given, "verdict": "withdraw"})
    assert given["fact"] in re.findall(r'name="fact" value="([^"]*)"', client.get("/review").text)


def test_what_was_decided_names_its_plan(client: TestClient, db: str) -> None:
    assert "Chưa có mục tin nào được soát." in client.get("/review/decided").text
    with open_store(db) as store:
        plan, key = store.load("388/KH-SYT"), store.find("388/KH-SYT").key
    client.post("/review", data=decision(client, plan=key, fact=plan.targets[0].id, kind="target"))
    page = client.get("/review/decided").text
    assert f'<a href="/plans/{key}">388/KH-SYT</a>' in page and str(plan.metadata.title)[:60] in page
    [row] = list(csv.DictReader(io.StringIO(client.get("/review/decided.csv").content.decode("utf-8-sig"))))
    assert (row["Số ký hiệu"], row["Khoá kế hoạch"]) == ("388/KH-SYT", key)


def test_what_a_target_measures_is_named_where_it_is_reviewed(client: TestClient, db: str) -> None:
    with open_store(db) as store:
        targets = {code: store.load(code).targets for code in ("388/KH-SYT", "96/KH-UBND", "1085/KH-SYT", "336/KH-SYT")}
        code, fact = next((c, t) for c, ts in targets.items() for t in ts if t.indicator_id is None and t.indicator)
        key = store.find(code).key
    given = decision(
        client, plan=key, fact=fact.id, kind="target", verdict="name", title="Chỉ tiêu thử", direction="higher"
    )
    assert client.post("/review", data={**given, "direction": "up"}).status_code == 400
    assert "Chỉ tiêu thử" not in client.get("/targets").text
    assert client.post("/review", data=given).status_code == 200
    assert "Chỉ tiêu thử" in client.get("/targets").text


def test_a_name_that_was_given_can_be_changed(client: TestClient) -> None:
    client.post("/review", data=decision(client))
    page = client.get("/review").text
    assert 'class="who">Lan ' in page and 'name="name"' not in page
    [link] = re.findall(r'href="(/prefer\?name=&amp;back=[^"]+)"', page)
    again = client.get(unescape(link))
    assert again.url.path == "/review" and 'class="who"' not in again.text and 'name="name"' in again.text
    client.post("/review", data=decision(client, name="Minh"))
    assert 'class="who">Minh ' in client.get("/plans").text


def conflict(client: TestClient, **changes: str) -> dict[str, str]:
    """The form of the question about two days, as it is answered with the first."""
    [token] = {*re.findall(r'name="token" value="([^"]*)"', client.get("/review").text)}
    return {
        "token": token, "document": TWO_DAYS, "verdict": "date 2021-01-02", "name": "Lan", "back": "/review", **changes
    }  # fmt: skip


def decided(client: TestClient) -> list[tuple[str, str]]:
    """The decisions about documents as (what, who), of the page that lists them."""
    text = client.get("/review/conflicts/decided").text
    return re.findall(r'class="kind conflict">([^<]+)<.*?class="sure">([^ ]+) ', text, flags=re.S)


def asked(client: TestClient, address: str = "/review/conflicts") -> list[str]:
    """The questions of a page, as "kind code"."""
    found = re.findall(r'class="item conflict" tabindex="0" aria-label="([^"]+)"', client.get(address).text)
    return [words.replace("&#39;", "'") for words in found]


DAY, ONE = "Ngày nào đúng?: 12/QĐ-UBND", "Có phải một văn bản?: 15/QĐ-UBND"
SAME = {"document": OF_2021, "other": OF_2022}
DECIDED: list[tuple[dict[str, str], list[str], str, str]] = [
    # what the form says, the questions that are left, what the list of decisions says, what the document says then
    ({}, [ONE], "Ngày đã quyết định", "02/01/2021"),
    ({"verdict": "date 2021-01-03"}, [ONE], "Ngày đã quyết định", "03/01/2021"),
    ({"verdict": "date", "day": "2021-01-30"}, [ONE], "Ngày đã quyết định", "30/01/2021"),
    ({**SAME, "verdict": f"same {OF_2021}"}, [DAY], "Là một văn bản", "2 lần, 2 kế hoạch"),
    ({**SAME, "verdict": f"same {OF_2022}"}, [DAY], "Là một văn bản", "2 lần, 2 kế hoạch"),
    ({**SAME, "verdict": "apart"}, [DAY], "Văn bản khác nhau", "1 lần, 1 kế hoạch"),
]


@pytest.mark.parametrize(("form", "left", "what", "said"), DECIDED)
def test_a_conflict_is_decided_and_taken_back(
    client: TestClient, db: str, form: dict[str, str], left: list[str], what: str, said: str
) -> None:
    dispute(db)
    assert asked(client) == [DAY, ONE] == asked(client, "/review")
    given = conflict(client, **form)
    assert client.post("/review/conflicts", data=given).status_code == 200
    assert asked(client) == left
    assert decided(client) == [(what, "Lan")]
    document = given["verdict"].removeprefix("same ") if given["verdict"].startswith("same") else given["document"]
    page = client.get("/document", params={"key": document}).text
    assert said in page and "Lan quyết định ngày" in page
    [(subject, kind)] = re.findall(
        r'name="document" value="([^"]+)".*?name="kind" value="([^"]+)"',
        client.get("/review/conflicts/decided").text,
        flags=re.S,
    )
    client.post(
        "/review/conflicts", data={**given, "document": subject, "kind": kind, "verdict": "withdraw", "name": ""}
    )
    assert asked(client) == [DAY, ONE] and decided(client) == []


REFUSED_CONFLICTS: list[tuple[dict[str, str], dict[str, str], int]] = [
    # what the form says, the headers, the status
    ({"token": "x"}, {}, 403),
    ({}, {"origin": "http://evil.example"}, 403),
    ({}, {"sec-fetch-site": "cross-site"}, 403),
    ({"name": " "}, {}, 400),
    ({"document": "nope"}, {}, 404),
    ({"verdict": "date 2022-01-02"}, {}, 400),  # it would be a document of another year
    ({"verdict": "date 2021-99-02"}, {}, 400),
    ({"verdict": "date"}, {}, 400),
    ({"verdict": "drop"}, {}, 400),
    ({**SAME, "verdict": "same 55/2010/QH12"}, {}, 400),  # neither of the two that are asked about
    ({**SAME, "verdict": "apart", "other": OF_2021}, {}, 400),
    ({"verdict": "withdraw"}, {}, 400),  # nothing was decided
]


@pytest.mark.parametrize(("form", "headers", "status"), REFUSED_CONFLICTS)
def test_a_conflict_is_not_decided_by_a_form_that_is_wrong(
    client: TestClient, db: str, form: dict[str, str], headers: dict[str, str], status: int
) -> None:
    dispute(db)
    given = conflict(client, **form)
    assert client.post("/review/conflicts", data=given, headers=headers, follow_redirects=False).status_code == status
    assert asked(client) == [DAY, ONE] and decided(client) == []


def test_a_later_decision_about_a_conflict_says_who_made_it(client: TestClient, db: str) -> None:
    dispute(db)
    client.post("/review/conflicts", data=conflict(client))
    client.cookies.delete("kehoach_name")
    client.post("/review/conflicts", data=conflict(client, name="Minh", verdict="date 2021-01-03"))
    assert decided(client) == [("Ngày đã quyết định", "Minh")]


def test_a_decided_day_is_marked_as_checked_in_the_table_of_documents(client: TestClient, db: str) -> None:
    dispute(db)
    client.post("/review/conflicts", data=conflict(client))
    rows = csv.DictReader(io.StringIO(client.get("/documents.csv").content.decode("utf-8-sig")))
    assert [(row["Ngày"], row["Người soát"]) for row in rows if row["Khoá văn bản"] == TWO_DAYS] == [
        ("2021-01-02", "Lan")
    ]


def test_a_document_leads_to_its_conflict(client: TestClient, db: str) -> None:
    dispute(db)
    for key, question in ((TWO_DAYS, DAY), (OF_2021, ONE), (OF_2022, ONE)):
        address = f"/review/conflicts?document={quote(key)}"
        assert address in client.get("/document", params={"key": key}).text
        assert asked(client, address) == [question]
    assert "/review/conflicts?document" not in client.get("/document", params={"key": "55/2010/QH12"}).text


def test_conflicts_are_paged(client: TestClient, db: str) -> None:
    dispute(db)
    with open_store(db) as store, store.reading() as connection:
        pages = [[row["kind"] for row in conflict_list(connection, window=Window(page, 1)).rows] for page in (1, 2, 3)]
        assert conflict_list(connection, window=Window(1, 1)).total == 2
    assert pages == [["date"], ["same"], []]


def test_the_first_page_of_the_review_alone_begins_with_conflicts(client: TestClient, db: str) -> None:
    dispute(db)
    assert asked(client, "/review") == [DAY, ONE]
    assert asked(client, "/review?kind=target") == asked(client, "/review?page=2") == []


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_no_form_leads_to_another_site(client: TestClient, back: str) -> None:
    answer = client.post("/review", data=decision(client, back=back), follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert client.get("/prefer", params={"back": back}, follow_redirects=False).headers["location"] == "/"


def test_the_reader_can_not_write(db: str) -> None:
    app = make_app(Settings(db=db))
    with app.state.access.read() as connection, pytest.raises((DBAPIError, DatabaseError)):
        connection.execute(insert(t.Setting).values(key="a", value="b"))
    app.state.access.close()


TEAM = Settings(db="", sign_in="header", header="x-user", proxies=("testclient",), reviewers=frozenset({"lan"}))


def team(db: str, **changes: Any) -> TestClient:
    return TestClient(make_app(replace(TEAM, db=db, **changes)), base_url="http://127.0.0.1")


def test_behind_a_proxy_only_reviewers_decide(db: str) -> None:
    with team(db) as client:
        lan, nam = {"x-user": "lan"}, {"x-user": "nam"}
        assert client.get("/").status_code == 401 and client.get("/plans.csv").status_code == 401
        dispute(db)
        for address in ("/review", "/review/conflicts"):
            assert '<form method="post"' not in client.get(address, headers=nam).text
        assert "/prefer?name=" not in client.get("/", headers=lan).text  # whom the proxy names
        client.headers.update(lan)
        given = decision(client, name="somebody else")
        assert client.post("/review", data=given, headers=nam).status_code == 403
        assert client.post("/review", data=given, headers=lan).status_code == 200
        about = conflict(client, name="somebody else")
        assert client.post("/review/conflicts", data=about, headers=nam).status_code == 403
        assert client.post("/review/conflicts", data=about, headers=lan).status_code == 200
        assert decided(client) == [("Ngày đã quyết định", "lan")]
        kept = client.get("/review/decided.csv", headers=nam).content.decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(kept)))
    assert row["Người quyết định"] == "lan"


def test_who_comes_past_the_proxy_is_refused(db: str) -> None:
    with team(db, proxies=("10.0.0.1",)) as client:
        assert client.get("/", headers={"x-user": "lan"}).status_code == 403


def test_who_has_not_signed_in_is_sent_to_the_provider(db: str) -> None:
    oidc = Oidc("https://id.example.vn", "kehoach", "secret")
    with team(db, sign_in="oidc", oidc=oidc) as client:
        answer = client.get("/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert client.get("/plans.csv", follow_redirects=False).status_code == 303


def test_the_checked_mark_is_in_the_table_of_deadlines(client: TestClient, db: str) -> None:
    with open_store(db) as store:
        plan = store.load("388/KH-SYT")
        key = store.find("388/KH-SYT").key
    fact = next(d.id for d in plan.deadlines if d.end_date and not d.rrule)
    client.post("/review", data=decision(client, plan=key, fact=fact, kind="deadline"))
    rows = csv.DictReader(io.StringIO(client.get("/deadlines.csv?when=all").content.decode("utf-8-sig")))
    assert {row["Người soát"] for row in rows if row["Mã thời hạn"] == fact} == {"Lan"}


def answered(address: str) -> str:
    """Where the provider sends a browser that asks it."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    try:
        build_opener(Stay).open(address)
    except HTTPError as answer:
        return answer.headers["location"]
    raise AssertionError("the provider sent nobody back")


@pytest.mark.parametrize(("email", "decides"), [("lan", True), ("nam", False)])
def test_a_whole_sign_in_through_a_provider(db: str, email: str, decides: bool) -> None:
    with (
        provider("kehoach", email) as issuer,
        team(db, sign_in="oidc", oidc=Oidc(issuer, "kehoach", "secret")) as client,
    ):
        asked = client.get("/sign-in", follow_redirects=False).headers["location"]
        assert client.get("/signed-in?code=code&state=other", follow_redirects=False).status_code == 403
        assert client.get(answered(asked), follow_redirects=False).headers["location"] == "/"
        page = client.get("/review").text
        assert email in page and ('class="verdict"' in page) == decides
        client.get("/sign-out")
        assert client.get("/", follow_redirects=False).headers["location"] == "/sign-in"
