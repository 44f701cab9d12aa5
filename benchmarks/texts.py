"""The texts that everything is measured on: whole plans, as their readers hand them over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.text import Source
from pipeline.clean import clean
from pipeline.readers import read
from pipeline.structure import outline_of

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
REAL = ROOT.parent / "shared" / "plans"  # plans as provinces published them, where they lie beside the checkout
GENERATED = 20  # plans; from the first seed on, so that every run has the same


class Corpus(NamedTuple):
    """Plans of one origin."""

    name: str
    sources: tuple[Source, ...]

    @property
    def chars(self) -> int:
        return sum(len(source.text) for source in self.sources)


def corpora() -> Iterator[Corpus]:
    """What there is to read: the samples, plans made by the tests' generator, real plans where they are at hand."""
    yield Corpus("samples", samples())
    yield Corpus("generated", generated(GENERATED))
    if REAL.is_dir():
        paths = sorted(path for path in REAL.rglob("*") if path.suffix in (".md", ".txt"))
        yield Corpus("real", tuple(read(path) for path in paths))


def samples() -> tuple[Source, ...]:
    """The sample plans; of those in PDF and Word the text that they were built from."""
    plain = [path for path in (SAMPLES / "plans").iterdir() if path.suffix in (".md", ".txt")]
    return tuple(read(path) for path in sorted([*plain, *(SAMPLES / "texts").glob("*.txt")]))


def generated(count: int) -> tuple[Source, ...]:
    """Plans with the damage that converters and scans do, made from the seeds 1 to `count`."""
    from tests.generator import plan

    made = (plan(seed) for seed in range(1, count + 1))
    return tuple(text_source(each.text, f"generated-{seed}.{each.suffix}") for seed, each in enumerate(made, 1))


def text_source(text: str, path: str) -> Source:
    """A text as the reader of plain files would hand it over."""
    return Source(text=text, path=path, sha256="", media_type="text/plain", reader="text")


def joined(sources: tuple[Source, ...]) -> Source:
    """Many plans as one document: the head of the first, the bodies of all in a row, the tail of the first.

    Letterhead, title and căn cứ stand once above, nơi nhận and signature once below, as in any one plan.
    """
    parts = [_parts(source) for source in sources]
    head, _, tail = parts[0]
    return text_source("\n".join([head, *(body for _, body, _ in parts), tail]), "joined.txt")


def _parts(source: Source) -> tuple[str, str, str]:
    """What stands above the body, the body, and what stands below."""
    text = clean(source)
    regions = outline_of(text).regions
    body = [line for line, region in zip(text.lines, regions, strict=True) if region == "body"]
    if not body:
        return source.text, "", ""
    start, _ = text.to_source(body[0].start, body[0].start + 1)
    _, end = text.to_source(body[-1].end - 1, body[-1].end)
    start = source.text.rfind("\n", 0, start) + 1
    return source.text[:start], source.text[start:end], source.text[end:]
