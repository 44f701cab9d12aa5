"""`python -m dashboard.draw_page FILE PAGE MOST`: a page of a PDF or a scan as PNG on stdout; the sizes of all pages
(in points, as JSON) where PAGE is "sizes". Ends with 1 for what can't be drawn."""

from __future__ import annotations

import json
import sys
from typing import Any

WIDTH = 1100  # pixels: legible beside the text, some 200 kB
_MOST_PIXELS = 60_000_000  # of a scan; Pillow refuses what is larger
_POINTS = 72
_DPI = 200  # of a scan that does not say its own


def main(path: str, wanted: str, most: int) -> int:
    """Writes what is asked for; the exit code."""
    try:
        pages = _pdf(path) if _is_pdf(path) else _scan(path)
        if wanted == "sizes":
            sys.stdout.write(json.dumps([pages.size(i) for i in range(min(len(pages), most))]))
            return 0
        number = int(wanted)
        if not 1 <= number <= min(len(pages), most):
            return 1
        pages.picture(number - 1).save(sys.stdout.buffer, "PNG", optimize=True)
    except Exception:  # whatever a broken file does: nothing is drawn
        return 1
    return 0


def _is_pdf(path: str) -> bool:
    with open(path, "rb") as file:  # noqa: PTH123 - nothing of ours but the standard library until it is known
        return b"%PDF-" in file.read(1024)


class _Pdf:
    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def size(self, index: int) -> tuple[float, float]:
        width, height = self._document[index].get_size()
        return width, height

    def picture(self, index: int) -> Any:
        page = self._document[index]
        return page.render(scale=min(WIDTH / page.get_width(), 4)).to_pil().convert("P")


class _Scan:
    def __init__(self, image: Any) -> None:
        self._image = image

    def __len__(self) -> int:
        return int(getattr(self._image, "n_frames", 1))

    def size(self, index: int) -> tuple[float, float]:
        self._image.seek(index)
        across, down = self._image.info.get("dpi", (_DPI, _DPI))
        width, height = self._image.size
        return width * _POINTS / (float(across) or _DPI), height * _POINTS / (float(down) or _DPI)

    def picture(self, index: int) -> Any:
        self._image.seek(index)
        picture = self._image.convert("RGB")
        picture.thumbnail((WIDTH, WIDTH * 4))
        return picture


def _pdf(path: str) -> _Pdf:
    import pypdfium2

    return _Pdf(pypdfium2.PdfDocument(path))


def _scan(path: str) -> _Scan:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    return _Scan(Image.open(path))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
