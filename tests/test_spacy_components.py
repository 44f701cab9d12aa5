"""The components of a spaCy pipeline give the facts of the plan, as spans of whole tokens."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: the components are not tested")

from models.text import Source  # noqa: E402
from pipeline.errors import ClassifiedError  # noqa: E402
from pipeline.extract import extract  # noqa: E402

ROOT = Path(__file__).parent.parent
NAMES = ["kehoach_sections", "kehoach_references", "kehoach_deadlines", "kehoach_targets"]
PLAN = """SỞ Y TẾ TỈNH A
Số: 12/KH-SYT
A, ngày 05 tháng 01 năm 2025

KẾ HOẠCH
Phòng, chống bệnh lao năm 2025

Căn cứ Quyết định số 34/QĐ-UBND ngày 02/01/2025 của UBND tỉnh;

I. MỤC TIÊU

- Tỷ lệ điều trị khỏi đạt trên 90% vào năm 2025; tỷ lệ phát hiện đạt 85%.

II. TỔ CHỨC THỰC HIỆN

Các đơn vị gửi báo cáo về Sở Y tế trước ngày 15/12/2025.
"""


def pipe(**config: Any) -> Any:
    import_module("pipeline.spacy_components")
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    for name in NAMES:
        nlp.add_pipe(name, config=config)
    return nlp


def test_spans_are_the_facts_of_the_plan() -> None:
    doc = pipe()(PLAN)
    plan = extract(Source(text=PLAN, path="", sha256="", media_type="text/plain", reader="text"))
    assert doc._.plan.targets == plan.targets
    for key in ("references", "deadlines", "targets"):
        facts = getattr(plan, key)
        assert facts, key
        assert [span._.fact for span in doc.spans[key]] == list(facts)
        for span in doc.spans[key]:
            fact = span._.fact
            assert PLAN[fact.span.start : fact.span.end] in span.text
            assert span.start_char <= fact.span.start and fact.span.end <= span.end_char
    assert [span.label_ for span in doc.spans["targets"]] == [">", "="]
    assert [span.label_ for span in doc.spans["sections"]] == ["targets", "implementation"]
    assert doc.spans["sections"][0].text == "I. MỤC TIÊU"


def test_a_saved_document_keeps_its_facts() -> None:
    nlp = pipe()
    doc = nlp(PLAN)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span._.fact for span in again.spans["targets"]] == list(doc._.plan.targets)


def test_one_document_is_extracted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    components = import_module("pipeline.spacy_components")
    calls: list[str] = []

    def counted(source: Source, **options: bool) -> object:
        calls.append(source.sha256)
        return extract(source, **options)

    monkeypatch.setattr(components, "extract", counted)
    pipe()(PLAN)
    assert len(calls) == 1


def test_other_spans_have_no_fact_and_empty_texts_no_spans() -> None:
    nlp = pipe()
    assert nlp(PLAN)[0:2]._.fact is None
    doc = nlp("")
    assert doc._.plan is None and all(len(doc.spans[key]) == 0 for key in doc.spans)


def test_a_classified_text_is_refused_unless_it_is_allowed() -> None:
    stamped = "MẬT\n" + PLAN
    with pytest.raises(ClassifiedError):
        pipe()(stamped)
    assert len(pipe(allow_classified=True)(stamped).spans["targets"]) == 2


def test_the_span_group_can_be_renamed() -> None:
    import_module("pipeline.spacy_components")
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("kehoach_targets", config={"spans_key": "sc"})
    doc = nlp(PLAN)
    assert len(doc.spans["sc"]) == 2
    from spacy import displacy

    assert "90%" in displacy.render(doc, style="span", options={"spans_key": "sc"}, page=False)


def test_entry_points_name_the_factories() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["spacy_factories"]
    assert sorted(declared) == sorted(NAMES)
    for target in declared.values():
        module, name = target.split(":")
        assert callable(getattr(import_module(module), name))


def test_the_extraction_itself_does_not_load_spacy() -> None:
    code = "import sys, pipeline.extract; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
