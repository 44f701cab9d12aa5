# Needs Python 3.11 or later and make, nothing else: every target makes what it needs, and what is there stays.
#
#   make demo       reads the sample plans into demo.db and shows what was found
#   make test       all tests        make test-fast  without those that start servers
#   make lint       style and types  make lock       writes the locks anew
#   make bench      measures the speed beside other tools; make bench-db  that of the database
#   make bench-flows  from files to the database, plainly and through Prefect
#   make screenshots  pictures of the web page, from the samples, by Chromium
#
# Four locks pin every package with its hashes. The core one is all that the command line needs; the full one adds the
# extras and the tools; the benchmark's adds what is measured beside kehoach; the one of deploy/ is what a team's image
# holds. setuptools stands in all of them, so the package itself is built with what is installed, without asking a
# registry a second time.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python)
BIN := .venv/bin
endif

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
KEHOACH := $(BIN)/kehoach
DB ?= demo.db

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint bench bench-db bench-flows screenshots lock clean

help:
	@$(PYTHON) -c "print(*(line[2:].rstrip() for line in open('Makefile', encoding='utf-8').readlines()[2:8]), sep='\n')"

# .venv holds a stamp for each lock that is installed in it. The full set includes the core set at the same versions.
.venv/made:
	@$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'kehoach needs Python 3.11 or later')"
	$(PYTHON) -m venv .venv
	@$(PYTHON) -c "open('.venv/made', 'w').close()"

.venv/core: .venv/made requirements-core.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements-core.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PYTHON) -c "open('.venv/core', 'w').close()"

.venv/full: .venv/made requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PYTHON) -c "open('.venv/core', 'w').close(); open('.venv/full', 'w').close()"

demo: .venv/core
	$(KEHOACH) ingest data/samples/plans --db $(DB)
	$(KEHOACH) plans --db $(DB)
	$(KEHOACH) catalogue --db $(DB) --limit 15
	$(KEHOACH) deadlines --db $(DB) --as-of 2026-01-01 --limit 10
	$(KEHOACH) compare --db $(DB)

test: .venv/full
	$(BIN)/python -m pytest -n auto --dist loadgroup

test-fast: .venv/full
	$(BIN)/python -m pytest -m "not slow"

lint: .venv/full
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

.venv/bench: .venv/core benchmarks/requirements.lock
	$(PIP) install --require-hashes --requirement benchmarks/requirements.lock
	@$(PYTHON) -c "open('.venv/bench', 'w').close()"

bench: .venv/bench
	$(BIN)/python -m benchmarks $(BENCH_OPTIONS)

screenshots: .venv/full
	$(BIN)/python -m dashboard.screenshots

bench-db: .venv/full
	$(BIN)/python -m benchmarks.database $(BENCH_OPTIONS)

bench-flows: .venv/full
	$(BIN)/python -m benchmarks.flows $(BENCH_OPTIONS)

# One lock for all systems (--universal), naming no registry. The others take their versions from the full one.
# What is pinned stays pinned unless it has to move; `make lock LOCK_OPTIONS=--upgrade` moves everything.
LOCK_OPTIONS ?=
LOCK = $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock"

lock: .venv/full
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'])" > .venv/build.in
	$(LOCK) $(LOCK_OPTIONS) --extra dev pyproject.toml .venv/build.in --output-file requirements.lock
	$(LOCK) --constraint requirements.lock pyproject.toml .venv/build.in --output-file requirements-core.lock
	$(LOCK) --constraint requirements.lock --extra bench pyproject.toml .venv/build.in --output-file benchmarks/requirements.lock
	$(LOCK) --constraint requirements.lock $(addprefix --extra ,flows postgresql s3 export dashboard charts) pyproject.toml .venv/build.in --output-file deploy/requirements.lock

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in ('.venv', 'build', '.pytest_cache', '.mypy_cache', '.ruff_cache')]"
