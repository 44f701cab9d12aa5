"""The deployments of one machine, served: `python -m flows.deployments`, started by `flows.serve`.

It reads what to serve (`flows.serve.Plan`) on one line of its input, says that it is ready on one line of its output,
and ends when it is told to, or when its input ends because the process that started it is gone.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from datetime import timedelta
from typing import Any

import msgspec
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest_plans
from flows.publish import publish_plans
from flows.reading import OCR_LIMIT
from flows.serve import Plan
from flows.watch import watch_sources

TIMEZONE = "Asia/Ho_Chi_Minh"
_ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(plan: Plan) -> list[RunnerDeployment]:
    """What is served: `ingest` on demand, `watch` where there are sources, `publish` where there is a folder."""
    made = [_deployment(ingest_plans, "ingest")]
    if plan.sources:
        schedule = Interval(timedelta(minutes=plan.every), timezone=TIMEZONE)
        made.append(_deployment(watch_sources, "watch", schedule, sources=list(plan.sources)))
    if plan.publish:
        schedule = Cron(f"0 {plan.hour} * * *", timezone=TIMEZONE)
        made.append(_deployment(publish_plans, "publish", schedule, folder=plan.publish))
    return made


def _deployment(flow: Any, name: str, schedule: Any = None, **parameters: Any) -> RunnerDeployment:
    """With a schedule, one that is never run twice at a time: a run that takes long makes the next one needless."""
    return RunnerDeployment.from_flow(
        flow,
        name=name,
        schedules=[schedule] if schedule else None,
        paused=False,
        parameters=parameters,
        concurrency_limit=_ALONE if schedule else None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def _serve(plan: Plan) -> None:
    runner = Runner(name="kehoach", pause_on_shutdown=True)
    async with get_client() as client:
        await client.upsert_global_concurrency_limit_by_name(OCR_LIMIT, 1)
        for deployment in deployments(plan):
            deployment_id = await runner.aadd_deployment(deployment)
            if deployment.name == "watch":  # the first look is now
                await client.create_flow_run_from_deployment(deployment_id)
    running = asyncio.create_task(runner.start())
    while not runner.started and not running.done():
        await asyncio.sleep(0.05)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        # In the place of the runner's own handlers, which leave the loop from within.
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
    threading.Thread(target=_follow_input, args=(loop, stop), daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what runs say goes into the log
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        await runner.astop()
    await running


def _follow_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Have everything end when the input does: the process that started this one is gone."""
    while os.read(sys.stdin.fileno(), 1024):  # not the buffer, whose lock a thread may not hold as Python ends
        pass
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    asyncio.run(_serve(msgspec.json.decode(sys.stdin.buffer.readline(), type=Plan)))
