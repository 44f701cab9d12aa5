"""Pictures of pages (PNG, JPEG, TIFF with one page or many, and the like), read by OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from models.text import Source
from pipeline.errors import UnreadableError
from pipeline.readers.base import Limits, sha256
from pipeline.readers.ocr import PagePicture
from pipeline.readers.pdf_text import text_of
from pipeline.readers.scans import SCAN_DPI, read_pictures, settled

_PAGE_INCHES = 8.27  # the width of A4, where a picture does not say how large it is
_DPI = (100.0, 1200.0)  # what a picture may say of itself to be believed


def read(data: bytes, path: str, limits: Limits) -> Source:
    """The Source of a picture. Raises UnreadableError (damaged_image, ocr_missing, no_text_on_pages, ...)."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            media_type = Image.MIME.get(image.format or "", "image/unknown")
            count = getattr(image, "n_frames", 1)
            if count > limits.pages:
                raise UnreadableError("too_many_pages", path, pages=f"{count:,}", limit=f"{limits.pages:,}")
            scans = read_pictures(_pages(image, count, path, limits), path, limits)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableError("damaged_image", path) from error
    made = text_of(scans.pages, path, limits)
    return Source(
        text=made.text,
        path=path,
        sha256=sha256(data),
        media_type=media_type,
        reader=f"image ({scans.engine})",
        markup="styled",
        pages=made.pages,
        styles=made.styles,
        cells=made.cells,
        line_boxes=settled(made, scans),
        ocr=True,
        ocr_confidence=scans.confidence,
        notes=scans.notes,
    )


def _pages(image: Image.Image, count: int, path: str, limits: Limits) -> Iterator[PagePicture]:
    """The pages of a picture file, upright as its own notes on orientation say, at the size that OCR reads best."""
    for index in range(count):
        image.seek(index)
        if image.width * image.height > limits.pixels:
            shown = f"{image.width:,} × {image.height:,}"
            raise UnreadableError("too_many_pixels", path, size=shown, limit=f"{limits.pixels:,}")
        told = image.info.get("dpi", (0, 0))[0]
        page = ImageOps.exif_transpose(image)
        page = page.convert("L" if page.mode in ("1", "L", "LA", "I", "I;16", "F") else "RGB")
        least, most = _DPI
        dpi = float(told) if least <= told <= most else min(page.size) / _PAGE_INCHES
        wanted = SCAN_DPI / dpi
        if wanted < 0.95 or wanted > 1.3:
            size = (max(round(page.width * wanted), 1), max(round(page.height * wanted), 1))
            page = page.resize(size, Image.Resampling.LANCZOS)
            dpi = SCAN_DPI
        yield PagePicture(index + 1, page, dpi)
