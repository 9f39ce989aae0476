"""The words that Typer itself puts around our help, in the reader's language."""

from collections.abc import Iterator
from typing import Any

from ancrage.interfaces.cli.words import word

_PANELS = {
    "OPTIONS_PANEL_TITLE": "help.options",
    "COMMANDS_PANEL_TITLE": "help.commands",
    "ARGUMENTS_PANEL_TITLE": "help.arguments",
}


def speak(command: Any) -> None:
    """Word the titles, the marks and the help option of a command and of all under it."""
    from typer import rich_utils

    for name, code in _PANELS.items():
        setattr(rich_utils, name, word(code))
    rich_utils.REQUIRED_LONG_STRING = f"[{word('help.required')}]"
    rich_utils.DEFAULT_STRING = f"[{word('help.default')} {{}}]"
    for one in _every(command):
        if one.name is not None:
            _help_option(one).help = word("help.help")


def _every(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from _every(one)


def _help_option(command: Any) -> Any:
    return command.get_help_option(command.make_context(command.name, [], resilient_parsing=True))
