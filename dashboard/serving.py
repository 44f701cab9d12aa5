"""Runs the dashboard until it is stopped."""

from __future__ import annotations

import webbrowser

import uvicorn

from dashboard.app import make_app
from dashboard.settings import Settings


def serve(settings: Settings, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serves on this address. Raises DatabaseError before anything is served."""
    app = make_app(settings)
    if open_browser:
        webbrowser.open(f"http://{host}:{port}/")
    # Whose address a request comes from is the connection's, and nothing that a header says.
    uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False, server_header=False)
