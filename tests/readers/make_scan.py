"""Makes scans for tests: pages of a PDF as pictures, with a scanner's skew, noise and dirt."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image

DPI = 200


def pictures(
    pdf: bytes, *, skew: float = 0.0, noise: float = 0.0, turn: int = 0, dpi: int = DPI
) -> Iterator[Image.Image]:
    """The pages of a PDF as a scanner gives them: `skew` in degrees counter-clockwise, `noise` in levels of grey (standard
    deviation), `turn` in quarter turns counter-clockwise."""
    random = np.random.default_rng(7)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            image = page.render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
            if skew:
                image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
            if noise:
                grey = np.asarray(image).astype(float) * 0.92 + 8
                grey += random.normal(0, noise, grey.shape[:2])[..., None]
                grey[random.random(grey.shape[:2]) < 0.0004] = 0
                image = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
            yield image.rotate(90 * turn, expand=True) if turn else image
    finally:
        document.close()


def scanned(pdf: bytes, *, skew: float = 0.0, noise: float = 0.0, form: str = "PDF") -> bytes:
    """A PDF (or another form: "TIFF") whose pages are nothing but pictures."""
    first, *rest = pictures(pdf, skew=skew, noise=noise)
    out = BytesIO()
    first.save(
        out, form, save_all=True, append_images=rest, **({"resolution": DPI} if form == "PDF" else {"dpi": (DPI, DPI)})
    )
    return out.getvalue()
