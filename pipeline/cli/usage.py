"""Wrong arguments, told in the user's language: what is wrong, what may be meant, where the help is."""

from __future__ import annotations

from contextlib import nullcontext

import click

from pipeline.cli.words import say


def explain(error: click.UsageError) -> str:
    """The lines for `error`: the reason and how to get help."""
    with error.ctx.scope(cleanup=False) if error.ctx else nullcontext():
        path = error.ctx.command_path if error.ctx else "kehoach"
        return f"kehoach: {_reason(error)}\n{say('usage.try_help', command=f'{path} --help')}"


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return say("usage.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return say("usage.invalid", name=_name(error), reason=error.message)
    if isinstance(error, click.NoSuchOption):
        return say("usage.no_option", name=error.option_name) + _perhaps(error.possibilities)
    if isinstance(error, click.NoSuchCommand):
        return say("usage.no_command", name=error.command_name) + _perhaps(error.possibilities)
    if isinstance(error, click.BadOptionUsage):
        return say("usage.bad_option", name=error.option_name)
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    return str(error.param.get_error_hint(error.ctx)).replace("'", "") if error.param else ""


def _perhaps(possibilities: list[str] | None) -> str:
    return " " + say("usage.perhaps", names=", ".join(possibilities)) if possibilities else ""
