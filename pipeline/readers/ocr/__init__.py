"""Pictures of pages -> words with their places, by Tesseract with its Vietnamese model.

    recognise_pages(pictures, jobs)   several pages side by side
    require_engine(path)              the Tesseract to use; raises UnreadableError where there is none

`picture` makes a page's picture ready, `engine` has Tesseract read one, `reading` reads a page (twice where need be),
`page` puts words and lines where they stand on the page, `cache` keeps what was read. What comes out is the same
`PageContent` that a page with a text layer gives, so that columns, paragraphs and tables are found by the same rules.
"""

from pipeline.readers.ocr.page import PagePicture, RecognisedPage, recognise_pages, require_engine

__all__ = ["PagePicture", "RecognisedPage", "recognise_pages", "require_engine"]
