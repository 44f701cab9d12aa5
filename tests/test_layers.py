"""The direction in which a plan flows, held as import rules: see docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Which of our packages each one may import besides itself. What is not named here may import nothing of ours.
ALLOWED = {
    "models": set(),
    "data": set(),
    "extractors": {"models", "data"},
    "pipeline": {"models", "data", "extractors"},
    "pipeline.cli": {"models", "data", "extractors", "pipeline", "flows", "dashboard"},  # two commands open their doors
    "flows": {"models", "data", "pipeline"},
    "dashboard": {"models", "data", "pipeline"},
}
OURS = {"models", "data", "extractors", "pipeline", "flows", "dashboard", "tests", "benchmarks"}
# The core knows nothing of these; only the packages named here may.
FOREIGN = {
    "prefect": {"flows"},
    "distributed": {"flows"},
    "prefect_dask": {"flows"},
    "fsspec": {"pipeline.sources"},
    "click": {"pipeline.cli"},
    "rich": {"pipeline.cli"},
    "sqlalchemy": {"models", "pipeline.store", "pipeline.ingest", "dashboard.access"},
    "alembic": {"pipeline.store"},
    "spacy": {"pipeline.spacy_components"},
    "pandas": {"pipeline.api"},
    "matplotlib": {"pipeline.cli"},
    "fastapi": {"dashboard"},
    "starlette": {"dashboard"},
    "jinja2": {"dashboard"},
    "uvicorn": {"dashboard"},
    "authlib": {"dashboard"},
}


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "pipeline.cli" if parts[:2] == ("pipeline", "cli") else parts[0]


def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


FILES = sorted(
    p
    for name in ("models", "data", "extractors", "pipeline", "flows", "dashboard")
    for p in (ROOT / name).rglob("*.py")
)


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    layer = layer_of(path)
    allowed = ALLOWED[layer] | {layer.partition(".")[0]}
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for name in imports_of(path):
        top = name.partition(".")[0]
        if top in OURS:
            assert top in allowed, f"{module} imports {name}"
            if layer == "pipeline":
                assert not name.startswith("pipeline.cli"), f"{module} imports the command line"
        if top in FOREIGN:
            assert any(module == p or module.startswith(f"{p}.") for p in FOREIGN[top]), f"{module} imports {name}"


def test_the_core_imports_without_the_heavy_packages() -> None:
    """`import pipeline.extract` loads neither the database nor spaCy, pandas, Prefect or a reader's library."""
    import subprocess
    import sys

    script = (
        "import sys, pipeline.extract; "
        "print(*sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'sqlalchemy', 'spacy', 'pandas', 'prefect', 'docx', 'pdfplumber', 'pypdfium2', 'underthesea', 'rich'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""
