"""Write the parts of the reference pages that the code already says: commands, settings, sources, tables, errors.

Each such part stands between `<!-- from the code: NAME -->` and `<!-- end -->`. `--check` writes nothing and fails when
a page is not what the code says, which is what the tests ask. Run it with the project's own interpreter:

    .venv/bin/python tools/build_docs.py
"""

from __future__ import annotations

import ast
import difflib
import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "ancrage"
PAGES = ROOT / "docs" / "reference"
_PART = re.compile(r"(<!-- from the code: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def code(text: object) -> str:
    """A text as code."""
    return f"`{text}`"


# --- commands -------------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its full name."""
    import typer

    from ancrage.interfaces.cli.main import build

    yield from _below("ancrage", typer.main.get_command(build()))


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from _below(f"{path} {name}", child)


def command_part() -> str:
    """One section per command: what it does, how it is called, its options."""
    return "\n\n".join(_command(path, command) for path, command in commands())


def _command(path: str, command: Any) -> str:
    found = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [one for one in found if one.param_type_name == "argument"]
    options = [one for one in found if one.param_type_name == "option"]
    if getattr(command, "commands", None):
        called = [path, "[options] command ..." if options else "command ..."]
    else:
        called = [path, *map(_called, arguments), *(["[options]"] if options else [])]
    parts = [f"### {code(path)}", command.help or "", f"```text\n{' '.join(called)}\n```"]
    if found:
        parts.append(table(("argument or option", "value", "meaning"), [_parameter(one) for one in found]))
    return "\n\n".join(parts)


def _called(argument: Any) -> str:
    name = argument.name.upper() + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _parameter(one: Any) -> tuple[str, str, str]:
    name = code(one.name.upper()) if one.param_type_name == "argument" else ", ".join(map(code, one.opts))
    remarks = [one.help or ""]
    if one.required and one.param_type_name == "option":
        remarks.append("Required.")
    if one.default not in {None, False} and one.default != [] and one.param_type_name == "option":
        remarks.append(f"Default: {code(one.default)}.")
    return name, _value(one), " ".join(remarks)


def _value(one: Any) -> str:
    if getattr(one, "is_flag", False):
        return "flag"
    if one.metavar:
        return str(one.metavar)
    kind = getattr(one.type_descriptor.annotation, "__name__", "text")
    word = {"str": "text", "Path": "path", "int": "integer", "float": "number", "bool": "flag"}.get(kind, "text")
    bounds = f" {one.min} to {one.max}" if one.max is not None else ""
    return word + bounds + (", repeatable" if one.multiple else "")


def exit_part() -> str:
    """The exit codes, with what each means."""
    rows = [(str(value), meaning) for value, meaning in exit_codes()]
    return table(("code", "meaning"), rows)


def exit_codes() -> Iterator[tuple[int, str]]:
    """The constants of `exits.py` with the text under each."""
    body = ast.parse((SRC / "interfaces" / "cli" / "exits.py").read_text("utf-8")).body
    meanings = {0: "The command did what it was asked; a bill of materials was accepted, with or without warnings.",
                130: "Interrupted (Ctrl+C)."}  # fmt: skip
    for place, node in enumerate(body):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            following = body[place + 1] if place + 1 < len(body) else None
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                meanings[node.value.value] = str(following.value.value)
    yield from sorted(meanings.items())


# --- settings, sources, tables --------------------------------------------------------------------------------------


def setting_part() -> str:
    """Every setting: environment variable, default, meaning."""
    from ancrage.interfaces.settings import Settings

    rows = []
    for name, field in Settings.model_fields.items():
        default = "the data folder of the platform" if field.default_factory else _default(field.default)
        rows.append((code(f"ANCRAGE_{name.upper()}"), default, field.description or ""))
    return table(("variable", "default", "meaning"), rows)


def _default(value: Any) -> str:
    return "none" if value is None else code(value)


def source_part() -> str:
    """Every public source of the catalogue."""
    from ancrage.reference.source import catalogue_of_sources

    return "\n\n".join(_source(source) for _, source in sorted(catalogue_of_sources().items()))


def _source(source: Any) -> str:
    facts = [
        ("title", f"{source.title['en']} ({source.title['fr']})"),
        ("publisher", source.publisher or "whoever made the file"),
        ("licence", source.licence or "that of the file"),
        ("page", f"<{source.page}>" if source.page else "none"),
        ("renewed", source.cadence.value),
        ("formats", ", ".join(source.formats)),
        ("becomes", f"the table [{source.table}](tables.md#{source.table})"),
        ("invented", "yes" if source.invented else "no"),
    ]
    if source.hosts:
        facts.append(("downloads only from", ", ".join(source.hosts)))
    if source.uses:
        facts.append(("completed by, when in use", ", ".join(f"[{name}](#{name})" for name in source.uses)))
    if source.limits:
        shares = (f"{code(name)} {(share * 100).normalize():f} %" for name, share in source.limits.items())
        facts.append(("refused when more rows than this are doubtful", ", ".join(shares)))
    return "\n\n".join([f"## {source.id}", table(("", ""), facts), *map(_file, source.files)])


def _file(file: Any) -> str:
    need = "required" if file.required else "optional"
    where = f"downloaded from <{file.address}>" if file.address else "fetched by hand"
    rows = [(code(name), "yes", _synonyms(file, name)) for name in file.needed]
    rows += [(code(name), "no", _synonyms(file, name)) for name in file.optional]
    return f"File {code(file.name)} ({need}; {where}), recognised by its columns:\n\n" + table(
        ("column", "must be there", "also written"), rows
    )


def _synonyms(file: Any, name: str) -> str:
    return ", ".join(map(code, file.synonyms.get(name, ())))


def table_names() -> list[str]:
    """The declared tables."""
    return sorted(path.stem for path in (SRC / "catalogue" / "tables").glob("*.toml"))


def table_part() -> str:
    """Every declared table and its columns."""
    from ancrage.kernel.table import read_declaration

    parts = []
    for name in table_names():
        declared = read_declaration(name)
        rows = [
            (code(one.name), one.type, one.unit, "yes" if one.nullable else "no", one.description["en"])
            for one in declared.columns
        ]
        key = ", ".join(map(code, declared.key))
        parts.append(
            f"## {name}\n\n{declared.description['en']}. Key: {key}.\n\n"
            + table(("column", "type", "unit", "may be unknown", "meaning"), rows)
        )
    return "\n\n".join(parts)


# --- errors, embedded data, file formats, dossier -------------------------------------------------------------------


def error_classes() -> dict[str, tuple[str, str, str]]:
    """Every exception of the tree: its name -> (the name of its base, its module, its meaning)."""
    found: dict[str, tuple[str, str, str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.bases and isinstance(node.bases[0], ast.Name):
                module = ".".join(path.relative_to(SRC.parent).with_suffix("").parts)
                found[node.name] = (node.bases[0].id, module, (ast.get_docstring(node) or "").split("\n\n")[0])
    return {name: value for name, value in found.items() if _is_ours(name, found)}


def _is_ours(name: str, found: dict[str, tuple[str, str, str]]) -> bool:
    while name in found and name != "AncrageError":
        name = found[name][0]
    return name == "AncrageError"


def error_part() -> str:
    """The tree, then what each means."""
    found = error_classes()
    rows = [
        (f"{'&emsp;' * depth}{code(name)}", found[name][2], code(found[name][1]))
        for name, depth in _tree("AncrageError", found, 0)
    ]
    return table(("error", "meaning", "module"), rows)


def _tree(name: str, found: dict[str, tuple[str, str, str]], depth: int) -> Iterator[tuple[str, int]]:
    yield name, depth
    for child, (base, _, _) in found.items():
        if base == name:
            yield from _tree(child, found, depth + 1)


def embedded_part() -> str:
    """Every embedded public table, with its licence."""
    raw = tomllib.loads((SRC / "catalogue" / "ATTRIBUTION.toml").read_text("utf-8"))
    parts = []
    for name, entry in raw.items():
        facts = [(field, ", ".join(value) if isinstance(value, list) else str(value))
                 for field, value in entry.items() if field != "title" and value != []]  # fmt: skip
        parts.append(f"## {name}\n\n{entry['title']}.\n\n" + table(("", ""), facts))
    return "\n\n".join(parts)


def heading_part() -> str:
    """The fields of a bill of materials, their labels and what people write for them."""
    raw = tomllib.loads((SRC / "catalogue" / "headings.toml").read_text("utf-8"))
    rows = [
        (code(name), entry["label"]["fr"], entry["label"]["en"], ", ".join(entry["synonyms"]))
        for name, entry in raw.items()
    ]
    return table(("field", "French", "English", "also recognised"), rows)


def limit_part() -> str:
    """What a file may cost."""
    from ancrage.adapters import sheet_limits as limits

    mebibyte = limits.MEBIBYTE
    rows = [
        ("size of the file", f"{limits.FILE_BYTES // mebibyte} MiB"),
        ("unpacked size of a workbook", f"{limits.UNPACKED_BYTES // mebibyte} MiB"),
        ("unpacked size over packed size", f"{limits.RATIO} (beyond {limits.RATIO_FREE // mebibyte} MiB)"),
        ("inner files of a workbook", f"{limits.MEMBERS:,}"),
        ("rows", f"{limits.ROWS:,}"),
        ("columns", f"{limits.COLUMNS:,}"),
        ("cells of the rectangle that holds every value", f"{limits.CELLS:,}"),
        ("characters in one cell", f"{limits.CELL_TEXT:,}"),
        ("memory of the reading process", f"{limits.ADDRESS_SPACE // mebibyte:,} MiB"),
        ("processor time", f"{limits.CPU_SECONDS} s"),
        ("time in all", f"{limits.WALL_SECONDS:.0f} s"),
    ]
    return table(("limit", "value"), rows)


def section_part() -> str:
    """The sections of the dossier, in their order."""
    from ancrage.interfaces.reports.section import section_makers
    from ancrage.interfaces.wording import say
    from ancrage.kernel.message import Message

    rows = [
        (code(maker.key), str(maker.order), say(Message(maker.title), "fr"), say(Message(maker.title), "en"))
        for maker in section_makers()
    ]
    return table(("section", "order", "French title", "English title"), rows)


def json_part() -> str:
    """Every object of dossier.json, with its fields."""
    from ancrage.interfaces.reports.json_file import schema

    parts = []
    found = schema()["$defs"]
    for name in ("Dossier", *(name for name in found if name != "Dossier")):
        fields = [(code(field), _kind(kind)) for field, kind in found[name].get("properties", {}).items()]
        meaning = found[name].get("description", "")
        parts.append(f"### {name}\n\n{meaning}\n\n{table(('field', 'type'), fields)}")
    return "\n\n".join(parts)


def _kind(shape: dict[str, Any]) -> str:
    name = str(shape.get("$ref", "")).rpartition("/")[2]
    words = {
        "const": lambda: code(shape["const"]),
        "$ref": lambda: f"[{name}](#{name.lower()})",
        "enum": lambda: ", ".join(map(code, shape["enum"])),
        "anyOf": lambda: " or ".join(map(_kind, shape["anyOf"])),
    }
    known = next((word for key, word in words.items() if key in shape), None)
    return known() if known else _plain_kind(shape)


def _plain_kind(shape: dict[str, Any]) -> str:
    if shape.get("type") == "array":
        return f"list of {_kind(shape['items'])}" if isinstance(shape.get("items"), dict) else "list"
    if isinstance(shape.get("additionalProperties"), dict):
        return f"object: key to {_kind(shape['additionalProperties'])}"
    return str(shape.get("type", "any")) + (f" ({shape['format']})" if "format" in shape else "")


def schema_file() -> str:
    """The JSON Schema of dossier.json."""
    from ancrage.interfaces.reports.json_file import schema

    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "commands": command_part,
    "exit-codes": exit_part,
    "settings": setting_part,
    "sources": source_part,
    "tables": table_part,
    "errors": error_part,
    "embedded": embedded_part,
    "headings": heading_part,
    "limits": limit_part,
    "sections": section_part,
    "dossier-json": json_part,
}
FILES: dict[str, Callable[[], str]] = {"dossier.schema.json": schema_file}


def rendered(page: str) -> str:
    """A page with every part as the code says it."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", page)


def main() -> int:
    """Write the pages, or with `--check` say which are not what the code says."""
    os.environ["ANCRAGE_LANGUAGE"] = "en"  # before any command is declared: help is worded when it is imported
    is_check = "--check" in sys.argv[1:]
    pages = {path: path.read_text("utf-8") for path in sorted(PAGES.glob("*.md"))}
    new = {path: rendered(page) for path, page in pages.items()}
    new.update({PAGES / name: make() for name, make in FILES.items()})
    wrong = [path for path, text in new.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in wrong:
        if is_check:
            _show(path, new[path])
        else:
            path.write_text(new[path], "utf-8")
    missing = sorted(PARTS.keys() - {found[2] for page in pages.values() for found in _PART.finditer(page)})
    if missing:
        print(f"no page has: {', '.join(missing)}")
    return 1 if missing or (is_check and wrong) else 0


def _show(path: Path, new: str) -> None:
    old = path.read_text("utf-8").splitlines() if path.exists() else []
    difference = difflib.unified_diff(old, new.splitlines(), path.name, "the code", lineterm="", n=0)
    print("\n".join(list(difference)[:20]))


if __name__ == "__main__":
    sys.exit(main())
