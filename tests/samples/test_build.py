"""The committed Word and PDF samples are what their structured texts build, and have what they are there to show."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pipeline import readers
from tests.samples.build_samples import SAMPLES, Sample, build, read, render_text, samples

pytest.importorskip("font_roboto", reason="the font of the PDF samples is not installed")
ALL = {sample.name: sample for sample in samples()}


def committed(sample: Sample) -> Path:
    return SAMPLES / "plans" / f"{sample.name}.{sample.format}"


@pytest.mark.parametrize("sample", ALL.values(), ids=list(ALL))
def test_committed_files_are_fresh(sample: Sample) -> None:
    fresh = readers.read_bytes(build(sample), committed(sample).name)
    assert readers.read(committed(sample)).text == fresh.text
    assert (SAMPLES / "texts" / f"{sample.name}.txt").read_text(encoding="utf-8") == render_text(sample)


@pytest.mark.parametrize("sample", ALL.values(), ids=list(ALL))
def test_builds_do_not_depend_on_the_clock(sample: Sample) -> None:
    assert build(sample) == build(sample)


@pytest.mark.parametrize("sample", ALL.values(), ids=list(ALL))
def test_all_words_come_through_in_order(sample: Sample) -> None:
    """What is read back from the file is the text, but for page numbers and the order of the letterhead's columns."""
    body = [p for p in sample.paragraphs if p.tag in ("basis", "body", "item", "h1", "h2", "h3")]
    words = " ".join(readers.read(committed(sample)).text.split())
    place = 0
    for paragraph in body:
        pattern = r"(?: \d)? ".join(map(re.escape, paragraph.words.split()))
        found = re.compile(pattern).search(words, place)
        assert found, paragraph.words
        place = found.end()


def test_the_pdf_breaks_pages_inside_sentences() -> None:
    source = readers.read(committed(ALL["hue-1085-kh-syt-2026"]))
    assert len(source.pages) == 3
    ends = [source.text[page.start : page.end].rstrip().splitlines()[-1] for page in source.pages[:-1]]
    assert [end.endswith((".", ";", ":")) for end in ends] == [False, False]


def test_one_word_file_is_numbered_by_word_itself() -> None:
    with zipfile.ZipFile(committed(ALL["lam-dong-336-kh-syt-2026"])) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    assert "MỤC TIÊU" in xml
    assert "I. MỤC TIÊU" not in xml
    assert "<w:numPr>" in xml


def test_an_unknown_tag_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("format: docx\nheading: I. MỤC TIÊU\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown tag 'heading'"):
        read(path)
