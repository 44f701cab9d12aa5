"""What a run takes from the environment, and how many processes read a batch."""

from __future__ import annotations

import pytest

pytest.importorskip("prefect")

from flows.parameters import runner_or_default
from flows.reading import _workers
from pipeline.errors import KehoachError
from pipeline.sources import Document


@pytest.mark.parametrize(
    ("asked", "environment", "runner"),
    [
        (None, None, None),
        (None, "", None),
        (None, "dask://scheduler:8786", "dask://scheduler:8786"),
        ("dask", "dask://scheduler:8786", "dask"),
    ],
)
def test_where_plans_are_read(
    asked: str | None, environment: str | None, runner: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KEHOACH_RUNNER", raising=False)
    if environment is not None:
        monkeypatch.setenv("KEHOACH_RUNNER", environment)
    assert runner_or_default(asked) == runner


def test_a_runner_that_is_none_is_refused_in_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_RUNNER", "spark://x:1")
    with pytest.raises(KehoachError, match="spark"):
        runner_or_default(None)


@pytest.mark.parametrize(
    ("names", "asked", "afar", "workers"),
    [
        (["a.txt", "b.pdf"], None, False, None),  # as many as are worth it
        (["a.txt", "b.md"], None, True, 0),  # plain text is read in the Dask worker itself
        (["a.txt", "b.pdf"], None, True, 1),
        (["a.docx"], None, True, 1),
        (["https://syt.gov.vn/1.PDF?ban=2"], None, True, 1),
        (["a.txt"], 3, True, 3),
    ],
)
def test_a_worker_of_a_cluster_has_one_core(
    names: list[str], asked: int | None, afar: bool, workers: int | None
) -> None:
    documents = [Document(name, name, None, None) for name in names]
    assert _workers(documents, asked, afar) == workers
