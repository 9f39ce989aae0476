"""Every sentence exists in both languages, with the same holes, and every code the program uses has one."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "ancrage"
MESSAGES = SRC / "catalogue" / "messages"
AREAS = sorted({path.name.split(".")[0] for path in MESSAGES.glob("*.toml")})
_SAY = re.compile(r"""{%\s*say\s+"([a-z_.0-9-]+)\"""")
_CODE = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)+")


def _sentences(area: str, language: str) -> dict[str, object]:
    raw = tomllib.loads((MESSAGES / f"{area}.{language}.toml").read_text("utf-8"))
    assert list(raw) == [area], f"{area}.{language}.toml holds one table, named {area}"
    return raw[area]


def _holes(value: object) -> set[str]:
    texts = value.values() if isinstance(value, dict) else [value]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things_with_the_same_holes(area: str) -> None:
    french, english = _sentences(area, "fr"), _sentences(area, "en")
    assert french.keys() == english.keys()
    assert {key: _holes(value) for key, value in french.items()} == {
        key: _holes(value) for key, value in english.items()
    }
    assert all(set(value) == {"one", "other"} for value in french.values() if isinstance(value, dict))


def _codes_used() -> Iterator[tuple[str, str]]:
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    if name in {"message", "Message"} or (name.endswith(("Error", "_error"))):
                        yield first.value, path.name
                    elif name == "word" and "cli" in path.parts:
                        yield f"cli.{first.value}", path.name
    for path in SRC.rglob("*.html"):
        for code in _SAY.findall(path.read_text("utf-8")):
            yield code, path.name


def test_every_code_the_program_uses_has_a_sentence() -> None:
    known = {f"{area}.{key}" for area in AREAS for key in _sentences(area, "fr")}
    used = {(code, where) for code, where in _codes_used() if _CODE.fullmatch(code)}
    assert len(used) > 100
    assert sorted(pair for pair in used if pair[0] not in known) == []
