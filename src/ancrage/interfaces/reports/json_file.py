"""The dossier as JSON: every value of the core, the question, the vintages; and its reading for a reproduction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from ancrage.dossier.model import Dossier, Question
from ancrage.interfaces.reports.invention import long_notice
from ancrage.interfaces.reports.shape import Shaper, schema_of
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import LANGUAGES, Language
from ancrage.kernel.codes import Siret
from ancrage.kernel.errors import ReproductionError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.message import Message, Scalar, message

FORMAT = "ancrage-dossier"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a dossier.json says of how it was made: all that `reproduce` needs."""

    question: Question
    language: Language
    vintages: tuple[Vintage, ...]
    code_version: str
    invented: bool


def json_of(dossier: Dossier, words: Words) -> bytes:
    """The file: UTF-8, keys in order, two spaces, a line break at the end. Raises `ValueError` on a number that is not
    finite, which JSON cannot hold."""
    shaper = Shaper(words)
    body = shaper.shaped(dossier)
    if not isinstance(body, dict):
        raise TypeError(type(dossier))
    head: dict[str, Any] = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "evidence": shaper.evidence, "language": words.language,
    }  # fmt: skip
    if dossier.invented:
        head["notice"] = long_notice(dossier, words)
    return to_json(dict(sorted({**head, **body}.items())), indent=2, inf_nan_mode="strings") + b"\n"


def question_payload(question: Question) -> dict[str, Any]:
    """The question as in the file: for the store."""
    found = Shaper(Words("fr")).shaped(question)
    if not isinstance(found, dict):
        raise TypeError(type(question))
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema of dossier.json."""
    found = schema_of(Dossier)
    dossier = found["$defs"]["Dossier"]
    head = {
        "format": {"const": FORMAT},
        "format_version": {"const": FORMAT_VERSION},
        "language": {"enum": list(LANGUAGES), "description": "The language of the sentences."},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/Evidence"}},
    }
    notice = {"type": "string", "description": "Present when any figure rests on invented data: says so."}
    dossier["properties"] = {**head, "notice": notice, **dossier["properties"]}
    dossier["required"] = [*head, *dossier["required"]]
    return {"title": "dossier.json", **found}


def read_recorded(path: Path) -> Recorded:
    """What is needed to make the dossier again.

    Raises `ReproductionError` when the file is not a dossier.json, is of another format version, or lacks a field.
    """
    raw = _read(path)
    try:
        return Recorded(
            question=_question(_mapping(raw, "question")),
            language=_language(raw),
            vintages=tuple(_vintage(one) for one in _typed(raw, "vintages", list)),
            code_version=_typed(raw, "code_version", str),
            invented=_typed(raw, "invented", bool),
        )
    except _FieldError as error:
        raise _refusal(path, "field", field=str(error)) from None


def is_dossier(path: Path) -> bool:
    """True for a dossier.json, of whatever version of the format."""
    try:
        raw = json.loads(path.read_bytes().decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(raw, dict) and raw.get("format") == FORMAT


class _FieldError(Exception):
    """A field that is missing or of another type."""


def _refusal(path: Path, reason: str, **parameters: Scalar | Message) -> ReproductionError:
    said = message(f"report.dossier.reason.{reason}", **parameters)
    return ReproductionError("report.dossier.unreadable", path=path.name, reason=said)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        raw = json.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        raise _refusal(path, "encoding") from None
    except RecursionError:
        raise _refusal(path, "format") from None
    except json.JSONDecodeError as error:
        raise _refusal(path, "json", line=error.lineno) from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise _refusal(path, "format")
    if raw.get("format_version") != FORMAT_VERSION:
        raise _refusal(path, "version", version=str(raw.get("format_version")), known=FORMAT_VERSION)
    return raw


def _typed(raw: Mapping[str, Any], name: str, kind: type | tuple[type, ...]) -> Any:
    value = raw.get(name, _FieldError)
    if not isinstance(value, kind):
        raise _FieldError(name)
    return value


def _mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _typed(raw, name, dict)
    return found


def _language(raw: Mapping[str, Any]) -> Language:
    asked = _typed(raw, "language", str)
    for language in LANGUAGES:
        if language == asked:
            return language
    raise _FieldError("language")


def _optional_text(raw: Mapping[str, Any], name: str) -> str | None:
    found: str | None = _typed(raw, name, (str, type(None)))
    return found


def _day(raw: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(_typed(raw, name, str))
    except ValueError:
        raise _FieldError(name) from None


def _texts(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = _typed(raw, name, list)
    if not all(isinstance(one, str) for one in found):
        raise _FieldError(name)
    return tuple(found)


def _question(raw: Mapping[str, Any]) -> Question:
    company = _optional_text(raw, "company")
    radius = _typed(raw, "radius_km", (int, float, type(None)))
    mapping = _mapping(raw, "mapping")
    if not all(isinstance(one, str) for one in mapping.values()):
        raise _FieldError("mapping")
    return Question(
        bom_sha256=_typed(raw, "bom_sha256", str),
        bom_name=_typed(raw, "bom_name", str),
        company=None if company is None else Siret(company),
        site=_typed(raw, "site", str),
        territory=_typed(raw, "territory", str),
        radius_km=None if radius is None else float(radius),
        on=_day(raw, "on"),
        language=_typed(raw, "language", str),
        sheet=_optional_text(raw, "sheet"),
        mapping=dict(mapping),
        rates=_texts(raw, "rates"),
        answers=_texts(raw, "answers"),
        statements=_texts(raw, "statements"),
        with_others=_typed(raw, "with_others", bool),
    )


def _vintage(raw: Any) -> Vintage:
    if not isinstance(raw, dict):
        raise _FieldError("vintages")
    return Vintage(
        source=_typed(raw, "source", str), on=_day(raw, "on"), sha256=_typed(raw, "sha256", str),
        invented=_typed(raw, "invented", bool),
    )  # fmt: skip
