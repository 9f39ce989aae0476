"""Progress of long work: a bar for a person, lines for a pipe, JSON for a program, nothing with `--quiet`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ancrage.interfaces.cli.inputs import is_interactive
from ancrage.interfaces.cli.words import language
from ancrage.interfaces.jobs.progress import Step, silent
from ancrage.interfaces.wording import say


@contextmanager
def shown_progress(*, quiet: bool, json_lines: bool) -> Iterator[Callable[[Step], None]]:
    """A function to call at each step; what it shows depends on who watches."""
    if quiet:
        yield silent
    elif json_lines:
        yield _as_json
    elif is_interactive():
        with _bar() as advance:
            yield advance
    else:
        yield _told_once()


def _as_json(step: Step) -> None:
    event = {"step": step.text.code, "done": step.done, "total": step.total, "message": say(step.text, language())}
    sys.stderr.write(json.dumps(event, ensure_ascii=False) + "\n")


def _told_once() -> Callable[[Step], None]:
    """One line a step, whatever the number of times it is told."""
    last: list[Step] = []

    def told(step: Step) -> None:
        if not last or last[-1].text != step.text:
            sys.stderr.write(say(step.text, language()) + "\n")
        last[:] = [step]

    return told


@contextmanager
def _bar() -> Iterator[Callable[[Step], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1)

        def advance(step: Step) -> None:
            progress.update(task, description=say(step.text, language()), completed=step.done, total=step.total)

        yield advance
