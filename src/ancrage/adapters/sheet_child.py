"""The short-lived child that reads one file a user gave: `python -I -m ancrage.adapters.sheet_child REQUEST < FILE`.

It limits itself (address space, CPU time, no file written, no core), refuses sockets and programs through an audit
hook, looks at the container, then parses. Its answer is JSON lines on standard output:

```text
{"sheet": name|null, "text": bool, "sheets": [[name, hidden]...], "merges": [[r, c, r, c]...], "statements": [...]}
{"numbers": [...], "rows": [[cell, ...], ...]}        as many as needed; a number is exact decimal text
{"end": rows}
```

or `{"several": [{"name":..., "hidden":..., "rows": [...]}]}` when the sheet must be chosen, or
`{"refused": code, "parameters": {...}}`. An answer without its last line is a failure. Only the reader is imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from ancrage.adapters.sheet_limits import ADDRESS_SPACE, CPU_SECONDS, FILE_BYTES, MEBIBYTE, Refusal

CHUNK = 2_000
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.remove",
              "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.", "ftplib.", "urllib.", "http.",
              "smtplib.", "ctypes.")  # fmt: skip


def limit_resources(address_space: int = ADDRESS_SPACE, cpu_seconds: int = CPU_SECONDS) -> None:
    """Bound this process before it looks at anything. Where the system has no such limits (Windows, and the address
    space on macOS), the wall clock of the parent and the budgets of the reader remain."""
    if sys.platform == "win32":
        return
    import resource

    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def refuse_the_world(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: no socket, no program, no file changed."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(event)


def read_bounded(stream: BinaryIO) -> bytes:
    """The whole file, or a refusal when it is empty or too big."""
    content = stream.read(FILE_BYTES + 1)
    if len(content) > FILE_BYTES:
        raise Refusal("too_big", limit=FILE_BYTES // MEBIBYTE)
    if not content:
        raise Refusal("empty")
    return content


def answer(content: bytes, sheet: str | None) -> Iterator[dict[str, Any]]:
    """The lines of the answer for a file."""
    from ancrage.adapters.sheet_container import recognise

    kind = recognise(content)
    if kind == "text":
        from ancrage.adapters.sheet_text import read_text

        head, rows = read_text(content)
    else:
        from ancrage.adapters.sheet_book import read_book

        head, rows = read_book(BytesIO(content), kind, sheet)
    yield head
    if "several" in head:
        return
    total, chunk, numbers = 0, [], []
    for number, row in rows:
        chunk.append(row)
        numbers.append(number)
        if len(chunk) == CHUNK:
            yield {"numbers": numbers, "rows": chunk}
            total, chunk, numbers = total + len(chunk), [], []
    yield {"numbers": numbers, "rows": chunk}
    yield {"end": total + len(chunk)}


def main() -> int:
    """Read the request (JSON, first argument) and the file (standard input); write the answer."""
    limit_resources()
    request = json.loads(sys.argv[1])
    write = sys.stdout.write
    try:
        # What the reader needs is imported before the door is closed.
        import csv  # noqa: F401
        import zipfile  # noqa: F401

        import python_calamine  # noqa: F401

        from ancrage.adapters import sheet_book, sheet_container, sheet_text  # noqa: F401

        sys.addaudithook(refuse_the_world)
        content = read_bounded(sys.stdin.buffer)
        for line in answer(content, request.get("sheet")):
            write(json.dumps(line, ensure_ascii=True, separators=(",", ":")))
            write("\n")
    except Refusal as refusal:
        write(json.dumps({"refused": refusal.code, "parameters": refusal.parameters}) + "\n")
    except MemoryError:
        write(json.dumps({"refused": "sheets.too_heavy", "parameters": {}}) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
