"""Sources that are no folder: what is found there, fetched, kept, and said where it can't be."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from ingest.fake import RULES

from pipeline import sources as module
from pipeline.ingest import IngestReport, ingest
from pipeline.readers import Limits
from pipeline.sources import Document, find_documents, portions
from pipeline.store import open_store
from sources.conftest import Bucket, Site

A = b"1/KH-SYT|2022-03-17|x\n"
B = b"2/KH-SYT|2022-03-17|x\n"


def read(store_at: Path, *given: object, **options: object) -> IngestReport:
    return ingest([str(source) for source in given], store_at, rules=RULES, workers=0, **options)  # type: ignore[arg-type]


def files(database: Path) -> dict[str, str]:
    with open_store(database) as store, store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT path, state FROM source_files").all()
    return {row[0]: row[1] for row in rows}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kehoach.db"


def settled(path: Path) -> Path:
    """The file as it was written a while ago."""
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


class TestWeb:
    def test_a_document_is_known_by_its_address(self, site: Site, database: Path) -> None:
        site.pages |= {"/kh/1.txt": A, "/tài liệu/2.txt": B}
        report = read(database, f"{site.url}/kh/1.txt?id=9&token=geheim", f"{site.url}/tài liệu/2.txt")
        assert [plan.path for plan in report.done] == [f"{site.url}/kh/1.txt?id=9", f"{site.url}/tài liệu/2.txt"]
        assert b"geheim" not in database.read_bytes()

    def test_what_is_unchanged_is_not_fetched_again(self, site: Site, database: Path) -> None:
        site.pages |= {"/1.txt": A, "/2.txt": B}
        given = [f"{site.url}/1.txt", f"{site.url}/2.txt"]
        read(database, *given)
        site.pages["/2.txt"] = b"3/KH-SYT|2022-03-17|x\n"
        site.asked.clear()
        report = read(database, *given)
        assert site.fetched() == ["/2.txt"]
        assert [plan.code for plan in report.done] == ["3/KH-SYT"]
        assert [skipped.path for skipped in report.skipped] == [f"{site.url}/1.txt"]

    def test_an_archive_is_opened_once(self, site: Site, database: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", A)
            archive.writestr("b.txt", B)
        site.pages["/all.zip"] = packed.getvalue()
        inside = [f"{site.url}/all.zip!/{name}.txt" for name in "ab"]
        assert [plan.path for plan in read(database, f"{site.url}/all.zip").done] == inside
        site.asked.clear()
        assert [skipped.path for skipped in read(database, f"{site.url}/all.zip").skipped] == inside
        assert site.fetched() == []

    def test_a_list_of_addresses(self, site: Site, database: Path, tmp_path: Path) -> None:
        site.pages |= {"/1.txt": A, "/2.txt": B}
        site.guarded["/2.txt"] = "an:mật khẩu"
        host = site.url.removeprefix("http://")
        listed = tmp_path / "list.txt"
        listed.write_text(
            f"# kế hoạch\n{site.url}/1.txt\n\nhttp://an:m%E1%BA%ADt%20kh%E1%BA%A9u@{host}/2.txt\n", encoding="utf-8"
        )
        report = read(database, listed)
        assert [plan.path for plan in report.done] == [f"{site.url}/1.txt", f"{site.url}/2.txt"]
        assert report.ok

    def test_a_plan_with_an_address_in_it_is_a_plan(self, database: Path, tmp_path: Path) -> None:
        plan = tmp_path / "plan.txt"
        plan.write_bytes(A + b"https://syt.gov.vn/1.txt\n")
        assert [done.code for done in read(database, plan).done] == ["1/KH-SYT"]

    def test_the_kind_that_the_server_names(self, site: Site) -> None:
        site.pages["/tai"] = b"# x"
        site.kinds["/tai"] = "text/markdown; charset=utf-8"
        [document], _ = find_documents([f"{site.url}/tai"])
        with module.fetched([document]) as (copies, errors):
            assert [Path(path).name for path in copies] == ["0.md"]
            assert errors == []
        assert not any(Path(path).exists() for path in copies)

    @pytest.mark.parametrize(
        ("path", "code"),
        [("/none.txt", "source_missing"), ("/guarded.txt", "source_refused"), ("/away.txt", "source_away")],
    )
    def test_a_source_that_does_not_give_it(self, site: Site, database: Path, path: str, code: str) -> None:
        site.pages |= {"/1.txt": A, "/guarded.txt": B}
        site.guarded["/guarded.txt"] = "an:x"
        if code == "source_away":
            site.fails = 1
            report = read(database, f"{site.url}{path}?key=geheim")
        else:
            report = read(database, f"{site.url}{path}?key=geheim", f"{site.url}/1.txt")
            assert [plan.code for plan in report.done] == ["1/KH-SYT"]
        [failure] = report.failed
        assert (failure.path, failure.code) == (f"{site.url}{path}", code)
        assert "geheim" not in failure.error.message("vi") + failure.error.message("en")

    def test_a_server_that_is_not_there(self, site: Site) -> None:
        site.server.shutdown()
        site.server.server_close()
        _, [error] = find_documents([f"{site.url}/1.txt"])
        assert error.code == "source_away"

    def test_what_is_larger_than_readers_take(
        self, site: Site, database: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.pages |= {"/1.txt": A, "/2.txt": B * 1000}
        monkeypatch.setattr(module, "configured", lambda: Limits(bytes=1000, archive=2000))
        report = read(database, f"{site.url}/1.txt", f"{site.url}/2.txt")
        assert [(failure.path, failure.code) for failure in report.failed] == [(f"{site.url}/2.txt", "too_large")]
        assert files(database) == {f"{site.url}/1.txt": "read", f"{site.url}/2.txt": "failed"}

    def test_a_document_that_failed_is_read_again(self, site: Site, database: Path) -> None:
        site.pages["/1.txt"] = b"refuse\n"
        assert read(database, f"{site.url}/1.txt").failed[0].code == "encrypted"
        site.pages["/1.txt"] = A
        assert [plan.code for plan in read(database, retry_failed=True).done] == ["1/KH-SYT"]


class TestStores:
    def test_a_bucket(self, bucket: Bucket, database: Path) -> None:
        for name, data in {
            "2025/a.txt": A,
            "2025/b#1.txt": B,
            "2025/.hidden.txt": A,
            "2025/photo.mp4": b"",
            "2024/c.txt": B,
        }.items():
            bucket.put(name, data)
        report = read(database, "s3://plans/2025")
        assert [plan.path for plan in report.done] == ["s3://plans/2025/a.txt", "s3://plans/2025/b#1.txt"]
        assert len(read(database, "s3://plans/2025").skipped) == 2
        bucket.put("2025/b#1.txt", b"5/KH-SYT|2022-03-17|x\n")
        assert [plan.code for plan in read(database, "s3://plans/2025/").done] == ["5/KH-SYT"]

    def test_one_document_of_a_bucket(self, bucket: Bucket, database: Path) -> None:
        bucket.put("a.txt", A)
        assert [plan.path for plan in read(database, "s3://plans/a.txt").done] == ["s3://plans/a.txt"]

    @pytest.mark.parametrize(
        ("source", "code"),
        [
            ("s3://plans/none", "source_missing"),
            ("s3://nosuch/x.txt", "source_missing"),
            ("gopher://x/y", "source_scheme"),
        ],
    )
    def test_one_that_is_not_there(self, bucket: Bucket, database: Path, source: str, code: str) -> None:
        bucket.put("a.txt", A)
        report = read(database, source, "s3://plans/a.txt")
        assert [(failure.path, failure.code) for failure in report.failed] == [(source, code)]
        assert len(report.done) == 1

    def test_a_file_system_in_memory(self, database: Path) -> None:
        fsspec = pytest.importorskip("fsspec")
        memory = fsspec.filesystem("memory")
        memory.pipe_file("/box/a.txt", A)
        assert [plan.path for plan in read(database, "memory://box").done] == ["memory://box/a.txt"]
        memory.rm("/box", recursive=True)

    def test_an_address_of_this_machine_is_a_path(self, database: Path, tmp_path: Path) -> None:
        folder = tmp_path / "kế hoạch"
        folder.mkdir()
        (folder / "a.txt").write_bytes(A)
        assert [plan.path for plan in read(database, folder.as_uri()).done] == [(folder / "a.txt").as_posix()]


class TestMarks:
    def test_an_unchanged_file_is_not_opened(
        self, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pipeline.sources.document._SETTLED_SECONDS", -60.0)
        path = tmp_path / "a.txt"
        path.write_bytes(A)
        read(database, path)
        monkeypatch.setattr("pipeline.ingest.fingerprint", lambda *_: pytest.fail("it was opened"))
        assert len(read(database, path).skipped) == 1

    def test_a_file_that_was_written_just_now_is(self, database: Path, tmp_path: Path) -> None:
        """It may change once more within the tick of the clock, and its mark with it not."""
        path = tmp_path / "a.txt"
        path.write_bytes(A)
        read(database, path)
        path.write_bytes(B)
        assert [plan.code for plan in read(database, path).done] == ["2/KH-SYT"]

    def test_a_change_that_keeps_size_and_time(
        self, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pipeline.sources.document._SETTLED_SECONDS", -60.0)
        path = tmp_path / "a.txt"
        path.write_bytes(A)
        read(database, settled(path))
        path.write_bytes(B)
        assert [plan.code for plan in read(database, settled(path)).done] == ["2/KH-SYT"]


def test_portions_have_room_on_the_disk() -> None:
    documents = [Document(f"s3://a/{n}", f"s3://a/{n}", 600 << 20, None) for n in range(3)]
    assert [len(part) for part in portions(documents)] == [1, 1, 1]
    small = [Document(f"s3://a/{n}", f"s3://a/{n}", None, None) for n in range(150)]
    assert [len(part) for part in portions(small)] == [64, 64, 22]


def test_a_document_does_not_show_what_opens_it() -> None:
    document = Document("https://a.vn/b", "https://x:geheim@a.vn/b", None, None)
    assert "geheim" not in f"{document} {document!r} {json.dumps([document.name])}"
