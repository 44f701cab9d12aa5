"""`python -m dashboard.screenshots [FOLDER]`: pictures of every page, from the sample plans, by a headless Chromium.

What is shown is the same each time: the samples are read anew into a database of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CODE = "1085/KH-SYT"
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
NO_CHROMIUM = "no Chromium: install it (Debian: chromium), or name it in KEHOACH_CHROMIUM"
# name, address, width, height, light or dark
PAGES = (
    ("overview", "/", 1280, 900, "light"),
    ("plans", "/plans", 1280, 760, "light"),
    ("plan", "/plans/{plan}#w-{target}", 1280, 900, "light"),
    ("page-image", "/plans/{plan}?view=pages", 1280, 900, "light"),
    ("documents", "/documents", 1280, 760, "light"),
    ("document", "/document?key=72-NQ/TW | 2025", 1280, 900, "light"),
    ("deadlines", "/deadlines?view=month&month=2026-12", 1280, 900, "light"),
    ("targets", "/targets?year=2026", 1280, 900, "dark"),
    ("review", "/review", 1280, 900, "light"),
    ("overview-narrow", "/", 390, 844, "dark"),
    ("plan-narrow", "/plans/{plan}#w-{target}", 390, 844, "light"),
)


def find_chromium() -> str | None:
    """The program of the browser; None where there is none."""
    return os.environ.get("KEHOACH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def main(folder: Path) -> int:
    """Writes the pictures; the exit code."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write(f"{NO_CHROMIUM}\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        names = _fill(f"{scratch}/plans.db")
        with served(Settings(db=f"{scratch}/plans.db")) as address:
            for path in _taken(chromium, address, names, folder):
                sys.stdout.write(f"{path}  {path.stat().st_size / 1000:.0f} kB\n")
    return 0


def _fill(db: str) -> dict[str, str]:
    """Reads the samples; the key of the plan that is shown, and of one of its targets."""
    from pipeline.extract import extract_file
    from pipeline.store import open_store

    with open_store(db) as store:
        for path in sorted((ROOT / "data/samples/plans").iterdir()):
            store.save(*extract_file(str(path)))
        store.settle()
        return {"plan": store.find(CODE).key, "target": store.load(CODE).targets[0].id}


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """A dashboard on a free port of this machine: its address."""
    import uvicorn

    from dashboard.app import make_app

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _taken(chromium: str, address: str, names: dict[str, str], folder: Path) -> Iterator[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for name, page, width, height, scheme in PAGES:
            size: Any = {"width": width, "height": height}
            opened = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
            opened.goto(address + page.format(**names))
            opened.wait_for_load_state("networkidle")
            yield _kept(opened.screenshot(), folder / f"{name}.png")
            opened.close()
        browser.close()


def _kept(picture: bytes, path: Path) -> Path:
    """Few colours are enough for a page, and make a small file."""
    from io import BytesIO

    from PIL import Image

    Image.open(BytesIO(picture)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/screenshots"))
