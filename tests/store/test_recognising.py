"""Which files need not be read."""

from __future__ import annotations

from pipeline.errors import UnreadableError
from pipeline.store import Store
from store.plans import sha256
from store.test_identity import save


def test_a_file_with_the_mark_that_it_had(store: Store) -> None:
    save(store, "x=a", "y=b")
    keys = store.known([sha256("a"), sha256("b")], "rules-1").plans
    assert store.unchanged({"x": "m", "y": "m"}, "rules-1") == {}
    store.note_marks({"x": "m", "y": "m", "never": "m"})
    assert store.unchanged({"x": "m", "y": "n", "never": "m"}, "rules-1") == {"x": [("x", keys[sha256("a")])]}
    assert store.unchanged({"x": "m"}, "rules-2") == {}


def test_another_content_has_another_mark(store: Store) -> None:
    save(store, "x=a")
    store.note_marks({"x": "m"})
    save(store, "x=b")
    assert store.unchanged({"x": "m"}, "rules-1") == {}


def test_what_failed_is_unchanged_for_those_who_ask(store: Store) -> None:
    store.fail("/x", UnreadableError("empty", "/x"), sha256="0", size=0, extractor_version="1")
    store.note_marks({"/x": "m"})
    assert store.unchanged({"/x": "m"}, "1") == {}
    assert store.unchanged({"/x": "m"}, "1", failed=True) == {"/x": []}
    assert store.unchanged({"/x": "n"}, "1", failed=True) == {}
    assert store.unchanged({"/x": "m"}, "2", failed=True) == {}
    store.fail("/x", UnreadableError("damaged_pdf", "/x"), sha256="1", size=0, extractor_version="1")
    assert store.unchanged({"/x": "m"}, "1", failed=True) == {}


def test_an_archive_is_what_is_in_it(store: Store) -> None:
    save(store, "a.zip!/x=a")
    key = store.known([sha256("a")], "rules-1").plans[sha256("a")]
    store.note_archive("a.zip", "0", 1, "rules-1", ["a.zip!/x"], whole=True)
    store.note_marks({"a.zip": "m"})
    assert store.unchanged({"a.zip": "m"}, "rules-1") == {"a.zip": [("a.zip!/x", key)]}
    store.note_archive("a.zip", "0", 1, "rules-1", ["a.zip!/x", "a.zip!/y"], whole=False)
    store.note_marks({"a.zip": "m"})
    assert store.unchanged({"a.zip": "m"}, "rules-1") == {}
