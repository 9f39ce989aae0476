"""The command `ancrage`: declares the commands, and turns every error into one sentence and an exit code."""

import os
import sys
from typing import Annotated, Any

import typer
from typer._click import exceptions as click  # the only door to Typer's errors; its version is pinned

from ancrage.interfaces.cli import bom, classify, data, exits, serve, study, suppliers
from ancrage.interfaces.cli.help_words import speak
from ancrage.interfaces.cli.words import language_first, sentence_of, word
from ancrage.kernel.errors import (
    AncrageError,
    CodeError,
    InputError,
    MoneyError,
    ReproductionError,
    UsageError,
)

GROUPS = ("bom", "data")
"""Commands that show their help when nothing follows them."""


def build() -> typer.Typer:
    """The whole command, its help in the language of the run. Importing and building it loads no heavy library."""
    app = typer.Typer(help=word("help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(_global_options)
    for module in (bom, classify, suppliers, study, data, serve):
        module.register(app)
    return app


def _global_options(
    version: Annotated[bool, typer.Option("--version", help=word("version"), is_eager=True)] = False,
    lang: Annotated[str, typer.Option("--lang", help=word("lang"), metavar="fr|en")] = "fr",
) -> None:
    if lang not in {"fr", "en"}:
        raise UsageError("cli.unknown_language", language=lang)
    if version:
        from ancrage import __version__

        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line and leave with its exit code; a reader that closes the pipe early is no error of ours."""
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = exits.FAILED
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; the exit code. One sentence on standard error for any error of the tree."""
    try:
        command: Any = typer.main.get_command(build())
        if not arguments or "--help" in arguments or arguments[-1] in GROUPS:
            speak(command)
        result = command.main(language_first(arguments), prog_name="ancrage", standalone_mode=False)
    except click.NoArgsIsHelpError as error:
        typer.echo(error.format_message())
        return exits.USAGE
    except click.UsageError as error:
        typer.echo(_usage_sentence(error), err=True)
        return exits.USAGE
    except click.ClickException as error:
        typer.echo(error.format_message(), err=True)
        return exits.FAILED
    except (typer.Abort, KeyboardInterrupt):
        typer.echo(word("interrupted"), err=True)
        return 130
    except AncrageError as error:
        typer.echo(sentence_of(error), err=True)
        return _exit_code(error)
    return result if isinstance(result, int) else exits.OK


def _exit_code(error: AncrageError) -> int:
    match error:
        case ReproductionError():
            return exits.DIFFERS
        case UsageError() | CodeError() | MoneyError():
            return exits.USAGE  # a place, a SIRET or a rate typed on the command line
        case InputError():
            return exits.REJECTED
    return exits.FAILED


def _usage_sentence(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "ancrage"
    match error:
        case click.NoSuchOption():
            return word("usage.no_option", option=error.option_name, command=path)
        case click.MissingParameter():
            return word("usage.missing", name=_name_of(error.param), command=path)
        case click.BadParameter():
            return word("usage.bad", name=_name_of(error.param), command=path)
    return word("usage.other", detail=error.format_message(), command=path)


def _name_of(parameter: Any) -> str:
    return "" if parameter is None else str(parameter.name)
