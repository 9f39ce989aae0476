"""`ancrage classify`: what a line is."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ancrage.interfaces.cli.inputs import existing_file
from ancrage.interfaces.cli.words import language, word
from ancrage.kernel.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command `classify`."""
    app.command("classify", help=word("classify.help"))(classify)


def classify(
    text: Annotated[str | None, typer.Argument(help=word("classify.text"), show_default=False)] = None,
    file: Annotated[Path | None, typer.Option("--file", help=word("classify.file"))] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=50, help=word("classify.top"))] = 5,
    as_json: Annotated[bool, typer.Option("--json", help=word("json"))] = False,
) -> None:
    """Say what lines are: one JSON object a line with `--json` or `--file`, a table otherwise."""
    from ancrage.interfaces.jobs.classify import classify_texts
    from ancrage.interfaces.reports.classification import classification_payload, classification_text

    if (text is None) == (file is None):
        raise UsageError("cli.classify.one")
    texts = [text] if text is not None else _lines_of(existing_file(file or Path()))
    results = classify_texts(texts, top)
    if as_json or file is not None:
        for result in results:
            sys.stdout.write(json.dumps(classification_payload(result, language()), ensure_ascii=False) + "\n")
    else:
        typer.echo(classification_text(results[0], language()))


def _lines_of(path: Path) -> list[str]:
    from ancrage.interfaces.jobs.classify import read_lines

    return read_lines(path)
