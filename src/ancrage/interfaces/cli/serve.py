"""`ancrage serve` and `ancrage demo`."""

from typing import Annotated, Any

import typer

from ancrage.interfaces.cli.progress import shown_progress
from ancrage.interfaces.cli.words import language, word

SERVING_THREADS = 4


def register(app: typer.Typer) -> None:
    """Add the commands `serve` and `demo`."""
    app.command("serve", help=word("serve.help"))(serve)
    app.command("demo", help=word("demo.help"))(demo)


def serve(
    host: Annotated[str | None, typer.Option("--host", help=word("serve.host"))] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help=word("serve.port"))] = None,
) -> None:
    """Serve the workbench of the home until interrupted."""
    from granian.constants import Interfaces
    from granian.server import Server

    from ancrage.interfaces.settings import current_settings
    from ancrage.interfaces.wiring import open_home

    settings = current_settings()
    open_home()
    address, number = host or settings.host, port or settings.port
    typer.echo(word("serve.at", address=f"http://{address}:{number}"), err=True)
    server = Server(
        "ancrage.interfaces.web.wsgi:application",
        address=address,
        port=number,
        interface=Interfaces.WSGI,
        blocking_threads=SERVING_THREADS,
        log_access=False,
        log_level=_quiet(),
    )
    server.serve()


def _quiet() -> Any:
    from granian.log import LogLevels

    return LogLevels.warning


def demo(
    quiet: Annotated[bool, typer.Option("--quiet", help=word("quiet"))] = False,
    serve_after: Annotated[bool, typer.Option("--serve", help=word("demo.serve"))] = False,
) -> None:
    """Load the demonstration territory and study the demonstration e-bike, when the home is empty."""
    from ancrage.interfaces.jobs.demo import prepare_demonstration

    with shown_progress(quiet=quiet, json_lines=False) as progress:
        files = prepare_demonstration(language(), progress)
    for path in files:
        typer.echo(word("written", path=str(path)))
    if serve_after:
        serve()
