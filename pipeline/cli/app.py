"""The program: its commands, loaded when they are called, and how it ends.

Every failure leaves one line on stderr and an exit code of `pipeline.errors.ExitCode`; Ctrl-C ends with 130, and a
reader that closes the pipe early (`kehoach plans | head`) gets no word at all.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from pipeline.cli.base import Command, Option, help_option, language_option, write_examples
from pipeline.cli.words import language, say, term
from pipeline.errors import ExitCode, KehoachError

INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it

# Where each command is: a module of this package. Grouped as the help shows them.
COMMANDS: dict[str, dict[str, str]] = {
    "reading": {
        "ingest": "ingest",
        "failures": "ingest",
        "reextract": "history",
        "extract": "document",
        "text": "document",
    },
    "asking": {
        "plans": "answers",
        "show": "stored",
        "search": "search",
        "query": "query",
        "catalogue": "catalogue",
        "document": "catalogue",
        "deadlines": "answers",
        "targets": "answers",
        "indicators": "indicators",
        "changes": "history",
        "export": "export",
        "compare": "compare",
        "dashboard": "web",
        "review": "reviewed",
        "conflicts": "catalogue",
        "decide": "catalogue",
    },
    "upkeep": {
        "name": "indicators",
        "remove": "stored",
        "backup": "upkeep",
        "restore": "upkeep",
        "db": "upkeep",
        "serve": "serve",
        "status": "serve",
        "schema": "document",
        "evaluate": "measure",
    },
}
_MODULES = {name: module for group in COMMANDS.values() for name, module in group.items()}

EXAMPLES = (
    "kehoach ingest data/samples/plans",
    "kehoach plans",
    "kehoach deadlines --from 01/01/2025 --csv",
    "kehoach --lang en extract plan.pdf",
)


class App(click.Group):
    """`kehoach` itself. The list of commands comes from their messages, so that no command's module is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        found = getattr(import_module(f"pipeline.cli.{_MODULES[cmd_name]}"), cmd_name)
        assert isinstance(found, Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=_MODULES, ctx=ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return help_option()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = f"{say('usage.options')} {say('metavar.command')}"
        formatter.write_usage(ctx.command_path, arguments, prefix=f"{say('usage.usage')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("help.kehoach"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for group, names in COMMANDS.items():
            with formatter.section(say(f"usage.{group}_heading")):
                formatter.write_dl([(name, say(f"help.{name}").split("\n")[0]) for name in names], col_max=14)
        with formatter.section(say("usage.options_heading")):
            formatter.write_dl([p.make_record(ctx) for p in self.get_params(ctx) if isinstance(p, Option)])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(EXAMPLES, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn what goes wrong in it into one line while its language is still known."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except KehoachError as error:
            _end(error.message(language()), error.exit_code)
        except KeyboardInterrupt:
            _end(say("say.interrupted"), INTERRUPTED)
        except OSError as error:
            if error.errno in _CLOSED_PIPE and error.filename is None:
                _let_go_of_stdout()
                ctx.exit(ExitCode.FAILED)
            where = f"{error.filename}: " if error.filename else ""
            _end(f"{where}{say('say.system', reason=_reason(error))}", ExitCode.FAILED)
        return code


# Windows reports a pipe that nobody reads any more as an invalid argument.
_CLOSED_PIPE = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)


def _reason(error: OSError) -> str:
    """What the operating system says, in the user's language where it is one of the common failures."""
    name = errno.errorcode.get(error.errno or 0, "")
    said = term("system", name)
    return said if said != name else error.strerror or str(error)


def _end(message: str, code: int) -> NoReturn:
    failure = click.ClickException(message)
    failure.exit_code = code  # type: ignore[misc]
    raise failure


def _let_go_of_stdout() -> None:
    """Send what is still buffered nowhere, so that Python does not complain about it as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page is (nothing else holds Vietnamese letters), and line ends as they
    are: spans count them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kehoach {version('kehoach')}")
        ctx.exit()


app = App(
    "kehoach",
    params=[
        language_option(),
        Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version),
    ],
    no_args_is_help=True,
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (those of the process for None); returns its exit code."""
    _speak_utf8()
    try:
        code = app.main(arguments, prog_name="kehoach", standalone_mode=False)
    except NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except click.UsageError as error:
        from pipeline.cli.usage import explain

        click.echo(explain(error), err=True)
        code = error.exit_code
    except click.ClickException as error:
        click.echo(f"kehoach: {error.format_message()}", err=True)
        code = error.exit_code
    except click.Abort:
        code = INTERRUPTED
    return int(code or ExitCode.OK)
