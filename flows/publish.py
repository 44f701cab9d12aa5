"""`pipeline.publish` as a Prefect flow: what everybody may read, made anew on a schedule; what is new as artifact."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from pydantic import Field

from flows.outcome import ended
from flows.parameters import database, language
from flows.reading import RETRY_SECONDS, is_worth_a_retry
from flows.report import published_in_short, published_page
from pipeline.publish import Published, publish
from pipeline.store.export import Format

ARTIFACT = "kehoach-publish"
FOLDER = "KEHOACH_PUBLISH"
RUN_SECONDS = 3600


@flow(
    name="kehoach-publish",
    description="Xuất bảng, lịch thời hạn và báo cáo thay đổi vào một thư mục (mặc định: KEHOACH_PUBLISH).",
    timeout_seconds=RUN_SECONDS,
)
def publish_plans(
    folder: Annotated[str, Field(min_length=1)] | None = None,
    formats: Annotated[list[Format], Field(min_length=1)] | None = None,
    since: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Published:
    """Write exports, the calendar and what is new into a folder, by default the one that `KEHOACH_PUBLISH` names, else
    `published`; see `pipeline.publish.publish`."""

    def work() -> Published:
        where = folder or os.environ.get(FOLDER) or "published"
        made = write_files(where, formats or ["xlsx", "csv"], since, as_of)
        words = language()
        create_markdown_artifact(published_page(made, words), key=ARTIFACT, description=published_in_short(made, words))
        return made

    return ended(work, published_in_short)  # type: ignore[return-value]


@task(
    name="write-files",
    retries=len(RETRY_SECONDS),
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_worth_a_retry,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def write_files(folder: str, formats: list[Format], since: dt.date | None, as_of: dt.date | None) -> Published:
    """Write all of it."""
    made = publish(database(), Path(folder), formats=formats, since=since, as_of=as_of, language=language())
    get_run_logger().info("%s", published_in_short(made, language()))
    return made
