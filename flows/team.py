"""What a team's Prefect server has to know before its workers start: `python -m flows.team`, in the folder of
`prefect.yaml`, with `PREFECT_API_URL`. It makes the work pool, the concurrency limit of pages that are pictures
(`KEHOACH_OCR_BATCHES` batches at a time) and the deployments, and brings up to date what is there already.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate

from flows.reading import OCR_LIMIT

POOL = "kehoach"
BATCHES = "KEHOACH_OCR_BATCHES"


def prepare(client: SyncPrefectClient, batches: int) -> None:
    """The pool and the limit, made or kept. Doing it twice changes nothing."""
    if POOL not in {pool.name for pool in client.read_work_pools()}:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    client.upsert_global_concurrency_limit_by_name(OCR_LIMIT, batches)


def main() -> None:
    if not Path("prefect.yaml").is_file():
        sys.exit("python -m flows.team: no prefect.yaml in this folder")
    with get_client(sync_client=True) as client:
        prepare(client, max(int(os.environ.get(BATCHES) or 1), 1))
    from prefect.cli import app

    sys.argv[1:] = ["--no-prompt", "deploy", "--all"]
    app()


if __name__ == "__main__":
    main()
