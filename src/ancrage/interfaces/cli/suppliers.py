"""`ancrage suppliers`: who nearby could do this."""

import json
from typing import Annotated

import typer

from ancrage.interfaces.cli.inputs import date_of
from ancrage.interfaces.cli.words import language, word


def register(app: typer.Typer) -> None:
    """Add the command `suppliers`."""
    app.command("suppliers", help=word("suppliers.help"))(suppliers)


def suppliers(
    text: Annotated[str, typer.Argument(help=word("suppliers.text"), show_default=False)],
    near: Annotated[str | None, typer.Option("--near", help=word("suppliers.near"))] = None,
    radius: Annotated[float | None, typer.Option("--radius", min=1, max=2000, help=word("study.radius"))] = None,
    territory: Annotated[str | None, typer.Option("--territory", help=word("study.territory"))] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=500, help=word("suppliers.top"))] = 20,
    register_source: Annotated[str | None, typer.Option("--register", help=word("register"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=word("suppliers.on"))] = None,
    with_others: Annotated[bool, typer.Option("--all-sites", help=word("all_sites"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=word("json"))] = False,
) -> None:
    """Find establishments by process, product or text, near a place or in a territory."""
    from ancrage.interfaces.jobs.suppliers import find_suppliers_near
    from ancrage.interfaces.reports.supplier_list import supplier_list_payload, supplier_list_text

    found = find_suppliers_near(
        text, near, radius, territory, top, on=date_of(on), with_others=with_others, register=register_source
    )
    if as_json:
        typer.echo(json.dumps(supplier_list_payload(found, language()), ensure_ascii=False, indent=2))
    else:
        typer.echo(supplier_list_text(found, language()))
