"""JSON Schema of the published plan, from the same classes that make it."""

from __future__ import annotations

from typing import Any

import msgspec

from models.plan import Plan


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one plan, as `kehoach schema` prints it."""
    schema = msgspec.json.schema(Plan)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "kehoach plan", **schema}
