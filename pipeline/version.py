"""Which rules read a document: kept with every plan, so that newer rules read it again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

# What decides which facts are found; a part of a package is named with a dot.
_RULES = (
    "data",
    "extractors",
    "pipeline.readers",
    "pipeline.clean",
    "pipeline.structure",
    "pipeline.resolve",
    "pipeline.doubts",
    "pipeline.extract",
)
_LEFT_OUT = ("__pycache__", "samples", "messages.toml")


@cache
def extractor_version() -> str:
    """The package's version and a hash of the rules: code and data that decide what is found. The line ends of a
    Windows checkout do not count."""
    digest = hashlib.sha256()
    for name in _RULES:
        package_name, _, module = name.partition(".")
        found = resources.files(package_name)
        if module:
            found = found / module if (found / module).is_dir() else found / f"{module}.py"
        for path, content in sorted(_files(found)):
            digest.update(path.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    return f"{metadata.version('kehoach')}+{digest.hexdigest()[:10]}"


def _files(root: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    if root.is_file():
        return [(prefix + root.name, root.read_bytes())] if root.name.endswith((".py", ".toml")) else []
    return [
        f for child in root.iterdir() if child.name not in _LEFT_OUT for f in _files(child, f"{prefix}{root.name}/")
    ]
