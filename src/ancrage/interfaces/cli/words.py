"""The language of the command line, and its sentences.

Chosen once at start, before the commands are declared: `--lang` on the command line, else `ANCRAGE_LANGUAGE`, else
French.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache

from ancrage.interfaces.wording import LANGUAGES, Language, say
from ancrage.kernel.errors import AncrageError
from ancrage.kernel.message import Scalar, message


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for; an unknown one is left to the command, which refuses it."""
    asked = environment.get("ANCRAGE_LANGUAGE", "fr")
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return next((language for language in LANGUAGES if language == asked), "fr")


def language_first(arguments: Sequence[str]) -> list[str]:
    """The same arguments with `--lang` in front, wherever it was typed before a `--`: every command takes it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    first: list[str] = []
    others: list[str] = []
    position = 0
    while position < end:
        argument = arguments[position]
        taken = 2 if argument == "--lang" and position + 1 < end else 1
        target = first if argument == "--lang" or argument.startswith("--lang=") else others
        target.extend(arguments[position : position + taken])
        position += taken
    return [*first, *others, *arguments[end:]]


@cache
def language() -> Language:
    """The language of this run."""
    return chosen_language(sys.argv[1:], os.environ)


def word(code: str, /, **parameters: Scalar) -> str:
    """A sentence of the command line."""
    return say(message(f"cli.{code}", **parameters), language())


def sentence_of(error: AncrageError) -> str:
    """What an error tells the user."""
    return say(error.message, language())
