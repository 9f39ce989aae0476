"""`ancrage study` and `ancrage reproduce`."""

from pathlib import Path
from typing import Annotated

import typer

from ancrage.interfaces.cli import exits
from ancrage.interfaces.cli.inputs import date_of, existing_file, folder_of, mapping_of
from ancrage.interfaces.cli.progress import shown_progress
from ancrage.interfaces.cli.words import language, sentence_of, word
from ancrage.kernel.errors import ReproductionError


def register(app: typer.Typer) -> None:
    """Add the commands `study` and `reproduce`."""
    app.command("study", help=word("study.help"))(study)
    app.command("reproduce", help=word("reproduce.help"))(reproduce)


def study(
    bom: Annotated[Path, typer.Argument(help=word("bom.file"), show_default=False)],
    site: Annotated[str, typer.Option("--site", help=word("study.site"))],
    out: Annotated[str, typer.Option("--out", help=word("study.out"))],
    company: Annotated[str | None, typer.Option("--company", help=word("study.company"))] = None,
    territory: Annotated[str | None, typer.Option("--territory", help=word("study.territory"))] = None,
    radius: Annotated[float | None, typer.Option("--radius", min=1, max=2000, help=word("study.radius"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=word("study.on"))] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", help=word("map.help"))] = None,
    rate: Annotated[list[str] | None, typer.Option("--rate", help=word("rate.help"))] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=word("sheet.help"))] = None,
    answers: Annotated[list[Path] | None, typer.Option("--answers", help=word("study.answers"))] = None,
    statements: Annotated[list[Path] | None, typer.Option("--statements", help=word("study.statements"))] = None,
    register_source: Annotated[str | None, typer.Option("--register", help=word("register"))] = None,
    with_others: Annotated[bool, typer.Option("--all-sites", help=word("all_sites"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help=word("quiet"))] = False,
    json_lines: Annotated[bool, typer.Option("--json-lines", help=word("json_lines"))] = False,
) -> int:
    """Study a bill of materials and write its dossier in four files."""
    from ancrage.interfaces.jobs.study import StudyRequest, run_study
    from ancrage.interfaces.reports.check_report import check_text

    target = folder_of(out)
    request = StudyRequest(
        bom=existing_file(bom),
        site=site,
        company=company,
        territory=territory,
        radius_km=radius,
        on=date_of(on),
        language=language(),
        mapping=mapping_of(mapping or []),
        rates=tuple(rate or ()),
        sheet=sheet,
        answers=tuple(existing_file(path) for path in answers or ()),
        statements=tuple(existing_file(path) for path in statements or ()),
        with_others=with_others,
        register=register_source,
    )
    with shown_progress(quiet=quiet, json_lines=json_lines) as progress:
        result = run_study(request, target, progress)
    if result.dossier is None:
        typer.echo(check_text(result.reading, language()), err=True)
        return exits.REJECTED
    main = [path for path in result.files if path.parent == target]
    for path in main:
        typer.echo(str(path))
    if len(result.files) > len(main) and not quiet:
        typer.echo(word("study.requests", n=len(result.files) - len(main), folder=str(target / "requests")), err=True)
    if result.kept:
        from ancrage.interfaces.reports.write import kept_text

        typer.echo(kept_text(result.kept, language()), err=True)
    return exits.OK


def reproduce(
    dossier: Annotated[Path, typer.Argument(help=word("reproduce.file"), show_default=False)],
    bom: Annotated[Path | None, typer.Option("--bom", help=word("reproduce.bom"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=word("reproduce.out"))] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=word("quiet"))] = False,
) -> int:
    """Write a dossier again and compare: exit 0 when every byte is the same, 3 when not, with what differs."""
    from ancrage.interfaces.jobs.reproduce import reproduce_dossier

    try:
        with shown_progress(quiet=quiet, json_lines=False) as progress:
            original = None if bom is None else existing_file(bom)
            files = reproduce_dossier(existing_file(dossier), original, out, progress)
    except ReproductionError as error:
        typer.echo(sentence_of(error), err=True)
        return exits.DIFFERS
    typer.echo(word("reproduce.same", n=len(files)))
    return exits.OK
