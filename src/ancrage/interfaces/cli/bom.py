"""`ancrage bom check` and `ancrage bom template`."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.interfaces.cli import exits
from ancrage.interfaces.cli.inputs import mapping_of
from ancrage.interfaces.cli.words import language, word
from ancrage.kernel.errors import FileRefusedError, UsageError


def register(app: typer.Typer) -> None:
    """Add the group `bom`."""
    group = typer.Typer(help=word("bom.help"), no_args_is_help=True)
    group.command("check", help=word("bom.check.help"))(check)
    group.command("template", help=word("bom.template.help"))(template)
    app.add_typer(group, name="bom")


def check(
    file: Annotated[Path, typer.Argument(help=word("bom.file"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=word("json"))] = False,
    mapping: Annotated[list[str] | None, typer.Option("--map", help=word("map.help"))] = None,
    rate: Annotated[list[str] | None, typer.Option("--rate", help=word("rate.help"))] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=word("sheet.help"))] = None,
    company: Annotated[str | None, typer.Option("--company", help=word("bom.company"))] = None,
) -> int:
    """Read a bill of materials and say what was understood; exit 0 when accepted, 2 when rejected."""
    from ancrage.interfaces.jobs.bom import check_bom
    from ancrage.interfaces.reports.check_report import check_json, check_text

    reading = check_bom(file, mapping_of(mapping or []), rate or [], sheet, company)
    typer.echo(check_json(reading, language()) if as_json else check_text(reading, language()))
    return exits.REJECTED if reading.status == "rejected" else exits.OK


def template(out: Annotated[Path, typer.Argument(help=word("bom.template.out"), show_default=False)]) -> None:
    """Write an empty bill of materials to fill in, with a help sheet, lists and two examples."""
    from ancrage.interfaces.reports.template import write_template

    if out.suffix.lower() != ".xlsx":
        raise UsageError("cli.template.ending", path=str(out))
    if out.exists():
        raise FileRefusedError("cli.template.exists", path=str(out))
    write_template(out, language())
    typer.echo(word("written", path=str(out)), err=True)
