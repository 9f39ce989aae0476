"""`ancrage data list | import | pull | verify`: the public sources and their vintages."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.interfaces.cli import exits
from ancrage.interfaces.cli.inputs import date_of, existing_file, mapping_of
from ancrage.interfaces.cli.progress import shown_progress
from ancrage.interfaces.cli.words import language, sentence_of, word

if TYPE_CHECKING:
    from ancrage.adapters.imports import ImportReport


def register(app: typer.Typer) -> None:
    """Add the group `data`."""
    group = typer.Typer(help=word("data.help"), no_args_is_help=True)
    group.command("list", help=word("data.list.help"))(list_sources)
    group.command("import", help=word("data.import.help"))(import_source)
    group.command("pull", help=word("data.pull.help"))(pull)
    group.command("verify", help=word("data.verify.help"))(verify)
    app.add_typer(group, name="data")


def list_sources(as_json: Annotated[bool, typer.Option("--json", help=word("json"))] = False) -> None:
    """The catalogue of public sources, and the vintage of each in use."""
    from ancrage.interfaces.jobs.data import sources_in_home
    from ancrage.interfaces.reports.source_list import source_list_payload, source_list_text

    rows = sources_in_home()
    if as_json:
        typer.echo(json.dumps(source_list_payload(rows, language()), ensure_ascii=False, indent=2))
    else:
        typer.echo(source_list_text(rows, language()))


def import_source(
    paths: Annotated[list[Path], typer.Argument(help=word("data.import.paths"), show_default=False)],
    source: Annotated[str | None, typer.Option("--source", help=word("data.import.source"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=word("data.import.on"))] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", help=word("data.import.map"))] = None,
    fewer_rows: Annotated[bool, typer.Option("--fewer-rows", help=word("data.import.fewer_rows"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=word("quiet"))] = False,
    json_lines: Annotated[bool, typer.Option("--json-lines", help=word("json_lines"))] = False,
) -> None:
    """Import official files from disk as a new vintage."""
    from ancrage.interfaces.jobs.data import import_files
    from ancrage.interfaces.reports.source_list import import_text

    meanings, files = mapping_of(mapping or []), [existing_file(path) for path in paths]
    with shown_progress(quiet=quiet, json_lines=json_lines) as progress:
        report = import_files(files, source, date_of(on), progress, meanings=meanings, fewer_rows=fewer_rows)
    typer.echo(import_text(report, language()))
    _tell_used(report)


def pull(
    source: Annotated[str, typer.Argument(help=word("data.source"), show_default=False)],
    mirror: Annotated[str | None, typer.Option("--mirror", help=word("data.mirror"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=word("data.import.on"))] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=word("quiet"))] = False,
    json_lines: Annotated[bool, typer.Option("--json-lines", help=word("json_lines"))] = False,
) -> None:
    """Download the official files of a source, then import them."""
    from ancrage.interfaces.jobs.data import pull_source
    from ancrage.interfaces.reports.source_list import import_text

    with shown_progress(quiet=quiet, json_lines=json_lines) as progress:
        report = pull_source(source, mirror, date_of(on), progress)
    typer.echo(import_text(report, language()))
    _tell_used(report)


def _tell_used(report: "ImportReport") -> None:
    """Which official tables completed what was imported."""
    for vintage in report.used:
        typer.echo(word("data.import.used", source=vintage.source, sha256=vintage.sha256))


def verify() -> int:
    """Check every byte of every vintage of the home."""
    from ancrage.interfaces.jobs.data import verify_home

    failures = 0
    for found in verify_home():
        failures += found.error is not None
        state = word("data.verify.whole") if found.error is None else sentence_of(found.error)
        typer.echo(f"{found.vintage.source} {found.vintage.sha256[:12]} {state}")
    return exits.FAILED if failures else exits.OK
