"""The work of `pipeline` under Prefect: runs that are watched, tried again and reported. No logic of its own."""

import os

# Plans are nobody else's business: a server that Prefect starts by itself tells its maker nothing.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
