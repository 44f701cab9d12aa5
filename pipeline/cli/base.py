"""Commands, options and arguments whose help is in the user's language, and the kinds of values that they take.

A command's words are `help.<command>` in `data/messages.toml`, an option's or argument's `option.<key>`, where the key
is its name unless it is given one; a placeholder's are `metavar.<name>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any

import click

from pipeline.cli import words
from pipeline.cli.words import LANGUAGES, say
from pipeline.errors import ExitCode


class Option(click.Option):
    """An option whose help is `option.<key>`."""

    def __init__(self, declarations: Sequence[str], *, key: str | None = None, **settings: Any) -> None:
        super().__init__(declarations, **settings)
        self.key = key or str(self.name)

    def make_metavar(self, ctx: click.Context) -> str:
        return say(f"metavar.{self.metavar}") if self.metavar else super().make_metavar(ctx)

    def make_record(self, ctx: click.Context) -> tuple[str, str]:
        """How it is written, and what it means."""
        written = ", ".join(sorted([*self.opts, *self.secondary_opts], key=len))
        return written if self.is_flag else f"{written} {self.make_metavar(ctx)}", say(f"option.{self.key}")


class Argument(click.Argument):
    """An argument whose help is `option.<key>`; its name is translated too."""

    def __init__(self, name: str, *, key: str | None = None, **settings: Any) -> None:
        super().__init__([name], **settings)
        self.key = key or name

    def make_metavar(self, ctx: click.Context) -> str:
        return say(f"metavar.{self.key}") + ("..." if self.nargs == -1 else "")

    def make_record(self, ctx: click.Context) -> tuple[str, str]:
        """How it is written, and what it means."""
        return self.make_metavar(ctx), say(f"option.{self.key}")

    def get_error_hint(self, ctx: click.Context | None) -> str:
        return say(f"metavar.{self.key}")


class Command(click.Command):
    """A command that shows what it takes, and examples that can be pasted."""

    def __init__(self, name: str, *, examples: Sequence[str], **settings: Any) -> None:
        # Extra arguments are let through to `parse_args`, which refuses them in the user's language.
        super().__init__(name, context_settings={"allow_extra_args": True}, **settings)
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out where an option lacks its value
            raise
        if ctx.args and not ctx.resilient_parsing:
            ctx.fail(say("usage.extra", arguments=" ".join(ctx.args)))
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return help_option()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [piece for parameter in self.get_params(ctx) for piece in parameter.get_usage_pieces(ctx)]
        arguments = " ".join([say("usage.options"), *pieces])
        formatter.write_usage(ctx.command_path, arguments, prefix=say("usage.usage") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(f"help.{self.name}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, kind in (("usage.arguments_heading", Argument), ("usage.options_heading", Option)):
            parameters = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, kind)]
            if parameters:
                with formatter.section(say(heading)):
                    formatter.write_dl([p.make_record(ctx) for p in parameters])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """The section of examples, each on a line of its own, never wrapped."""
    with formatter.section(say("usage.examples_heading")):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")


def _show_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _choose_language(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        words.choose(ctx, value)


class Choice(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        return say("usage.choice", value=value, choices=", ".join(map(str, self.choices)))


class Count(click.ParamType[int]):
    """A whole number of at least one."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = 0
        if number < 1:
            self.fail(say("usage.count", value=value), param, ctx)
        return number


class Share(click.ParamType[float]):
    """A number from 0 to 1."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            share = float(str(value).replace(",", "."))
        except ValueError:
            share = -1
        if not 0 <= share <= 1:
            self.fail(say("usage.share", value=value), param, ctx)
        return share


class Day(click.ParamType[date]):
    """A day as 2025-12-31 or 31/12/2025."""

    name = "day"
    _FORMS = (
        re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
        re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        for form in self._FORMS:
            if match := form.fullmatch(str(value).strip()):
                try:
                    return date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    break
        return self.fail(say("usage.day", value=value), param, ctx)


class Picture(click.ParamType[str]):
    """The name of a PNG file."""

    name = "picture"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if PurePath(value).suffix.lower() != ".png":
            self.fail(say("usage.png", value=value), param, ctx)
        return str(value)


class Since(click.ParamType[str]):
    """A year, a month or a day (2024, 2024-05, 31/12/2024), as ISO 8601."""

    name = "since"
    _FORM = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = str(value).strip()
        return words if self._FORM.fullmatch(words) else Day().convert(words, param, ctx).isoformat()


@cache
def help_option() -> Option:
    """`--help`."""
    return Option(["--help", "-h"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, key="help")


@cache
def language_option() -> Option:
    """`--lang`, which every command takes, before its name or after it."""
    return Option(
        ["--lang"],
        type=Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_choose_language,
    )


def command(
    name: str, *parameters: click.Parameter, examples: Sequence[str]
) -> Callable[[Callable[..., ExitCode | None]], Command]:
    """Make a function the command `name`; what it returns is the exit code, None for success."""

    def decorate(function: Callable[..., ExitCode | None]) -> Command:
        return Command(name, callback=function, params=[*parameters, language_option()], examples=examples)

    return decorate


DB = Option(["--db"], envvar="KEHOACH_DB", default="kehoach.db", metavar="url")
AS_JSON = Option(["--json", "form"], flag_value="json", key="json")
AS_CSV = Option(["--csv", "form"], flag_value="csv", key="csv")
AS_EXCEL = Option(["--excel", "form"], flag_value="excel", key="excel")
FORMS = (AS_JSON, AS_CSV, AS_EXCEL)
JSON_FLAG = Option(["--json", "as_json"], is_flag=True, key="json")
ALLOW_CLASSIFIED = Option(["--allow-classified"], is_flag=True)
LIMIT = Option(["--limit"], type=Count(), metavar="count")
PROVINCE = Option(["--province"], metavar="province")
BY = Option(["--by"], envvar="KEHOACH_USER", metavar="person", key="decided_by")
NOTE = Option(["--note"], metavar="words")


def decider(by: str | None) -> str:
    """Who decides: as given with `--by` or KEHOACH_USER, else who the system says is there."""
    if by:
        return by
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return "?"  # a process without a user, as in some containers
