"""The pages in a real browser."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from msgspec.structs import replace
from playwright.sync_api import expect
from sqlalchemy import select, update

from models import tables as t
from pipeline.moments import today
from pipeline.store import open_store
from pipeline.store.database import open_engine, writing
from pipeline.version import extractor_version
from tests.store.plans import TEXT, deadline, metadata, plan, target
from tests.web.site import OF_2021, OF_2022, TWO_DAYS, Site, dispute

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

PAGES = [
    ("/", "Tổng quan", "Overview"),
    ("/plans", "Kế hoạch", "Plans"),
    ("/documents", "Danh mục văn bản", "Catalogue of documents"),
    ("/deadlines", "Thời hạn", "Deadlines"),
    ("/targets", "So sánh chỉ tiêu", "Compare targets"),
    ("/review", "Soát xét", "Review"),
    ("/review/conflicts", "Mâu thuẫn về văn bản", "Conflicts about documents"),
]


@pytest.mark.parametrize(("address", "vi", "en"), PAGES)
def test_a_page_in_both_languages_and_widths(page: Any, address: str, vi: str, en: str) -> None:
    page.goto(address)
    assert page.locator("h1").inner_text() == vi
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == en
    assert page.locator("html").get_attribute("lang") == "en"
    page.set_viewport_size({"width": 390, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("document.documentElement.scrollWidth <= 390")  # charts follow the window a moment later


def test_every_page_is_reached_by_the_keyboard(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans")


def test_a_filter_is_kept_in_the_address(page: Any) -> None:
    page.goto("/plans")
    page.get_by_label("Tỉnh, thành phố").select_option("Huế")
    page.wait_for_url("**province=*")
    assert page.locator("tbody tr").count() == 1
    assert "year=" not in page.url  # what is empty stays out
    page.reload()
    assert page.get_by_label("Tỉnh, thành phố").input_value() == "Huế"


def test_a_filter_is_chosen_by_the_keyboard(page: Any) -> None:
    page.goto("/plans")
    province = page.get_by_label("Tỉnh, thành phố")
    page.get_by_label("Trích yếu").focus()
    page.keyboard.press("Tab")
    choices = [option.inner_text() for option in province.locator("option").all()]
    for choice in choices[1:4]:  # one after the other, and no page is asked for meanwhile
        page.keyboard.press("ArrowDown")
        assert province.input_value() == choice
        assert page.url.endswith("/plans")
        assert page.evaluate("document.activeElement.name") == "province"
    page.keyboard.press("Enter")
    page.wait_for_url("**province=*")
    assert province.input_value() == choices[3]
    assert page.evaluate("document.activeElement.name") == "province"
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_function("choice => new URL(location).searchParams.get('province') === choice", arg=choices[2])


def test_from_words_to_fields_and_back(page: Any, site: Site) -> None:
    page.goto(f"/plans/{site.key('388/KH-SYT')}")
    words = page.locator("article a.mark.target").first
    fact = words.get_attribute("data-fact")
    words.click()
    row = page.locator(f"[id='r-{fact}']")
    assert row.get_attribute("open") is not None
    assert row.locator("dl").is_visible()
    page.evaluate("scrollTo(0, 0)")
    row.locator(".to-words").click()
    expect(page.locator("a.lit").first).to_be_visible()
    lit = page.locator("a.lit").first
    assert lit.get_attribute("data-fact") == fact
    box = lit.bounding_box()
    assert 0 <= box["y"] <= 900


def test_a_page_of_a_pdf_has_the_boxes_of_its_facts(page: Any, site: Site) -> None:
    page.goto(f"/plans/{site.key('1085/KH-SYT')}")
    page.get_by_role("link", name="Ảnh trang").click()
    page.wait_for_url("**view=pages")
    assert page.locator(".sheets svg image").count() >= 2
    assert page.locator(".sheets a.mark rect").count() > 20
    image = page.locator(".sheets svg image").first.get_attribute("href")
    assert page.request.get(image).headers["content-type"] == "image/png"
    page.locator(".sheets a.mark").first.click()
    assert page.locator("details.fact[open]").count() == 1


def test_charts_are_drawn_and_saved_as_a_picture(page: Any) -> None:
    page.goto("/targets")
    expect(page.locator("[data-ready=yes] canvas")).to_have_count(2)
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải hình (PNG)").click()
    assert Path(started.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_document_shows_what_rests_on_what(page: Any) -> None:
    page.goto("/documents")
    page.locator("tbody a").first.click()
    expect(page.locator("[data-ready=yes] canvas")).to_have_count(1)
    assert page.locator("h3", has_text="Dựa trên").is_visible()
    page.locator("td.code a").first.click()
    page.wait_for_url("**/plans/*#w-*")


def test_the_calendar_is_downloaded_as_ics(page: Any) -> None:
    page.goto("/deadlines?when=all")
    with page.expect_download() as started:
        page.get_by_role("link", name="Lịch (ICS)").click()
    assert list(Calendar.from_ical(Path(started.value.path()).read_bytes()).walk("VEVENT"))


def test_a_correction_with_the_keyboard_survives_a_new_reading(
    page: Any, site: Site, read: list[tuple[Any, str]]
) -> None:
    key = site.key("96/KH-UBND")
    page.goto(f"/review?plan={key}&kind=target")
    item = page.locator("article.item").first
    fact = item.get_attribute("id").removeprefix("i-")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("e")
    item.locator("input[name='f.low']").fill("42,5")
    item.locator("select[name='f.comparator']").select_option(">=")
    item.locator("input[name='f.high']").fill("")
    item.locator("input[name='name']").fill("Nguyễn Thị Lan")
    item.get_by_role("button", name="Lưu sửa").click()
    page.wait_for_load_state()
    assert page.locator(f"[id='i-{fact}']").count() == 0
    assert "Nguyễn Thị Lan" in page.locator(".who").inner_text()  # asked once
    assert page.locator("input[name='name']").count() == 0
    with open_store(site.db) as store:
        for each, text in read:  # by newer rules
            store.save(replace(each, source=replace(each.source, extractor_version="newer")), text)
        store.settle()
        target = next(each for each in store.load(key).targets if each.id == fact)
    assert (target.comparator, target.low, target.high) == (">=", 42.5, None)
    page.goto(f"/plans/{key}#r-{fact}")
    assert "✓" in page.locator(f"[id='r-{fact}'] summary").inner_text()
    page.goto("/review/decided")
    assert "42.5" in page.locator("tbody").inner_text()


def kehoach(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own; it has to succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done


def test_a_correction_with_the_keyboard_survives_reextract(page: Any, site: Site, tmp_path: Path) -> None:
    key = site.key("96/KH-UBND")
    page.goto(f"/review?plan={key}&kind=target")
    item = page.locator("article.item").first
    fact = item.get_attribute("id").removeprefix("i-")
    item.locator("input[name='name']").fill("Nguyễn Thị Lan")
    page.keyboard.press("Escape")  # out of the field, to the fact
    page.keyboard.press("e")
    item.locator("input[name='f.low']").fill("42,5")
    item.locator("select[name='f.comparator']").select_option(">=")
    item.locator("input[name='f.high']").fill("")
    item.get_by_role("button", name="Lưu sửa").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='i-{fact}']")).to_have_count(0)

    engine = open_engine(site.db)
    with writing(engine) as connection:  # as other rules would have read them
        connection.execute(update(t.Plan).values(extractor_version="older"))
        connection.execute(update(t.SourceFile).values(extractor_version="older"))
        connection.execute(update(t.Target).values(unit="?"))
    engine.dispose()
    kehoach("reextract", "--db", site.db)
    with open_store(site.db) as store, store.reading() as connection:
        assert connection.execute(select(t.Plan.extractor_version).distinct()).scalars().all() == [extractor_version()]
        assert "?" not in connection.execute(select(t.Target.unit)).scalars().all()

    page.goto(f"/plans/{key}#r-{fact}")
    row = page.locator(f"[id='r-{fact}']")
    expect(row.locator("summary")).to_contain_text("✓")
    expect(row).to_contain_text("Nguyễn Thị Lan")
    expect(row).to_contain_text("42,5")
    page.goto("/review/decided")
    expect(page.locator("tbody")).to_contain_text("42.5")

    kehoach("export", str(tmp_path / "out"), "--format", "csv", "--views", "--db", site.db)
    with (tmp_path / "out" / "v_targets.csv").open(encoding="utf-8-sig", newline="") as file:
        [exported] = [line for line in csv.DictReader(file) if (line["plan"], line["target"]) == (key, fact)]
    assert (exported["comparator"], float(exported["low"]), exported["high"]) == (">=", 42.5, "")
    assert exported["checked_by"] == "Nguyễn Thị Lan" and exported["checked_at"]


def test_a_conflict_is_decided_and_taken_back_with_the_keyboard(page: Any, site: Site) -> None:
    dispute(site.db)
    page.goto("/review")
    questions = page.locator("article.item.conflict")
    expect(questions).to_have_count(2)
    questions.first.locator("input[name='name']").fill("Lan")
    page.keyboard.press("Escape")
    page.keyboard.press("1")  # the first of two days
    expect(questions).to_have_count(1)
    page.keyboard.press("x")  # the two documents are different ones
    expect(questions).to_have_count(0)
    page.goto(f"/document?key={TWO_DAYS}")
    expect(page.locator(".facts-of-plan")).to_contain_text("02/01/2021")
    expect(page.locator(".checked-by")).to_contain_text("Lan quyết định")
    page.goto("/review/conflicts/decided")
    expect(questions).to_have_count(2)
    page.keyboard.press("j")  # the newest is the first
    page.keyboard.press("w")
    expect(questions).to_have_count(1)
    page.goto("/review/conflicts")
    expect(questions).to_have_count(1)
    page.keyboard.press("e")
    questions.locator("input[name='day']").fill("2021-01-30")
    questions.get_by_role("button", name="Lưu ngày này").focus()
    page.keyboard.press("Enter")
    expect(questions).to_have_count(0)
    page.goto(f"/document?key={TWO_DAYS}")
    expect(page.locator(".facts-of-plan")).to_contain_text("30/01/2021")


@pytest.mark.parametrize(("who", "left"), [("nam", 2), ("lan", 1)])
def test_only_a_reviewer_decides_a_conflict(chromium: Any, team_site: Site, who: str, left: int) -> None:
    dispute(team_site.db)
    context = chromium.new_context(base_url=team_site.address, extra_http_headers={"x-user": who})
    page = context.new_page()
    page.goto("/review/conflicts")
    questions = page.locator("article.item.conflict")
    expect(questions).to_have_count(2)
    page.keyboard.press("1")
    expect(questions).to_have_count(left)
    page.goto("/review/conflicts")
    expect(questions).to_have_count(left)
    token = next(c["value"] for c in context.cookies() if c["name"] == "kehoach_token")
    form = {"token": token, "document": OF_2021, "other": OF_2022, "verdict": "apart"}
    answer = page.request.post("/review/conflicts", form=form, max_redirects=0)
    assert answer.status == (303 if who == "lan" else 403)
    context.close()


@pytest.mark.parametrize("address", ["/review/conflicts", "/review/conflicts/decided"])
def test_conflicts_fit_a_narrow_page(page: Any, site: Site, address: str) -> None:
    dispute(site.db)
    with open_store(site.db) as store:
        store.decide_apart(OF_2021, OF_2022, by="Lan", note="hai quyết định khác nhau của hai năm")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    assert page.locator("article.item.conflict").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", [address for address, _, _ in PAGES[:6]])
def test_the_page_that_is_open_is_seen_in_the_navigation(page: Any, address: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/prefer?lang={language}&back={address}")
    box = page.locator("nav a[aria-current=page]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


@pytest.mark.parametrize("width", [390, 1280])
def test_no_tile_cuts_its_value(page: Any, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    with open_store(site.db) as store:
        for number, level in (("801", 92.83), ("802", 8.26)):
            found = target(
                f"t{number}",
                low=level,
                high=level,
                indicator="tỷ lệ",
                indicator_id="BH01",
                unit="%",
                period_end="2027-12-31",
            )
            meta = metadata(f"{number}/KH-SYT", "2027-01-05", province={"801": "Hà Nội", "802": "Huế"}[number])
            store.save(plan(number, number, meta=meta, targets=(found,)), TEXT)
        store.settle()
    page.goto("/targets?indicator=BH01&year=2027")
    tiles = page.locator(".tiles b")
    assert tiles.all_inner_texts() == ["92,8%", "8,3%", "96%"]
    assert all(tile.evaluate("e => e.scrollWidth <= e.parentElement.clientWidth - 6") for tile in tiles.all())
    assert page.locator(".tiles a").first.get_attribute("title") == "Hà Nội: 92,83%"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_word_without_end_widens_no_page(page: Any, site: Site, width: int) -> None:
    word = "phòngchốngdịch" * 34
    with open_store(site.db) as store:
        meta = replace(metadata("801/KH-SYT", today().isoformat()), title=word, issuer=word)
        whole = plan("long", "801", meta=meta, deadlines=(deadline("d1", end_date=today().isoformat()),))
        store.save(whole, TEXT)
        store.save(
            replace(whole, source=replace(whole.source, path="b", sha256="b" * 64), metadata=replace(meta, code=None)),
            TEXT,
        )
        store.settle()
    page.set_viewport_size({"width": width, "height": 844})
    key = site.key("801/KH-SYT")
    for address in ("/", "/plans", "/deadlines?when=all", "/targets", f"/review?plan={key}", f"/plans/{key}"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_keyboard_accepts_and_rejects(page: Any) -> None:
    page.goto("/review")
    page.locator("input[name='name']").first.fill("Lan")
    page.locator("article.item").first.focus()
    waiting = int(re.sub(r"\D", "", page.locator(".count").inner_text()))
    page.keyboard.press("a")
    expect(page.locator(".count")).to_have_text(re.compile(rf"^{waiting - 1} "))
    page.keyboard.press("x")
    expect(page.locator(".count")).to_have_text(re.compile(rf"^{waiting - 2} "))


def test_markup_in_a_paper_is_text_everywhere(page: Any, site: Site) -> None:
    key = site.key("999/KH-SYT")
    addresses = [
        *(address for address, _, _ in PAGES), f"/plans/{key}", f"/plans/{key}?view=pages", f"/review?plan={key}",
        "/deadlines?view=month&month=2026-12", "/deadlines?when=all", "/targets?indicator=TC01&year=all", "/targets?year=all",
        "/documents?q=77/QĐ-UBND", f"/plans?q={'<script>hacked=11</script>'}", "/plans?province=\"><img src=x onerror=hacked=12>",
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state()
        assert page.evaluate("typeof hacked") == "undefined", address
        assert (
            page.evaluate(
                "document.querySelectorAll('script:not([src]), iframe, style, main img, [onerror], [onload]').length"
            )
            == 0
        )
        assert page.evaluate("[...document.querySelectorAll('a')].every((a) => !a.href.startsWith('javascript'))")
        assert page.locator("main").is_visible()
    page.goto(f"/plans/{key}")
    assert "<script>hacked=7</script>" in page.locator("article").inner_text()
    page.locator("article a.mark").first.click()
    assert page.evaluate("typeof hacked") == "undefined"
