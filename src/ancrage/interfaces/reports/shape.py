"""Values of the core as JSON, and the JSON Schema of that form.

Dataclasses become objects, decimals texts (no digit is lost), dates ISO texts, enumerations their values; a message is
an object with its code, its parameters and its sentence in the dossier's language. Evidence is a number: its place in
one list, where each entry leads to the entries that it rests on, so that a chain is written once.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from ancrage.interfaces.reports.words import Words
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message
from ancrage.kernel.money import plain

Json = dict[str, Any] | list[Any] | str | int | float | bool | None


class Shaper:
    """Gives values the form of JSON. `evidence` is the list that the numbers lead to, in the order of first use."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.evidence: list[dict[str, Any]] = []
        self._numbers: dict[Evidence, int] = {}
        self._known: dict[int, tuple[object, Json]] = {}  # by id; the object is kept, so that its id stays its own

    def shaped(self, value: object) -> Json:  # noqa: PLR0911 - one return for each kind of value
        """A value as JSON, keys in order. Raises `TypeError` on a value that the core does not use."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Enum):
            return str(value.value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, Decimal):
            return plain(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Evidence):
            return self._number(value)
        if isinstance(value, Mapping):
            return {str(self.shaped(key)): self.shaped(value[key]) for key in sorted(value)}
        if isinstance(value, tuple | list):
            return [self.shaped(one) for one in value]
        return self._object(value)

    def _object(self, value: object) -> Json:
        known = self._known.get(id(value))
        if known is None:
            known = (value, self._shape(value))
            self._known[id(value)] = known
        return known[1]

    def _shape(self, value: object) -> Json:
        if isinstance(value, Message):
            parameters = {name: self.shaped(one) for name, one in sorted(value.parameters)}
            return {"code": value.code, "parameters": parameters, "text": self._words.message(value)}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {name: self.shaped(getattr(value, name)) for name in _names(type(value))}
        raise TypeError(type(value))

    def _number(self, evidence: Evidence) -> int:
        found = self._numbers.get(evidence)
        if found is None:
            inputs = [self._number(link) for link in evidence.inputs]
            found = self._numbers[evidence] = len(self.evidence)
            entry = {name: self.shaped(getattr(evidence, name)) for name in _names(Evidence) if name != "inputs"}
            entry["parameters"] = {name: self.shaped(one) for name, one in sorted(evidence.parameters)}
            self.evidence.append(dict(sorted({**entry, "inputs": inputs}.items())))
        return found


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in dataclasses.fields(kind)))


def schema_of(kind: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a dataclass and of those it holds, with their docstrings as descriptions."""
    found: dict[str, Any] = {"Evidence": {}}
    found["Evidence"] = _evidence_schema(found)
    top = _schema(kind, found)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": dict(sorted(found.items()))}


_PLAIN: Mapping[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Decimal: {"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    Evidence: {"type": "integer", "minimum": 0, "description": "A place in the list `evidence` of the file."},
}


def _schema(kind: Any, found: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911 - one return for each kind of type
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if isinstance(kind, TypeVar):
        return {"type": ["string", "number", "null"]}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is None and isinstance(kind, type):
        return _class_schema(kind, found)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_schema(one, found) for one in arguments]}
    if isinstance(origin, type) and issubclass(origin, tuple):
        return _tuple_schema(arguments, found)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], found)}
    if dataclasses.is_dataclass(origin):
        return _schema(origin, found)
    raise TypeError(kind)


def _class_schema(kind: type, found: dict[str, Any]) -> dict[str, Any]:
    if issubclass(kind, Enum):
        return {"type": "string", "enum": [one.value for one in kind]}
    if issubclass(kind, str):
        return {"type": "string", "description": _description(kind)}
    if kind.__name__ not in found:
        found[kind.__name__] = {}
        found[kind.__name__] = _message_schema() if kind is Message else _object_schema(kind, found)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _tuple_schema(arguments: tuple[Any, ...], found: dict[str, Any]) -> dict[str, Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return {"type": "array", "items": _schema(arguments[0], found)}
    return {"type": "array", "prefixItems": [_schema(one, found) for one in arguments], "minItems": len(arguments),
            "maxItems": len(arguments)}  # fmt: skip


def _object_schema(kind: type, found: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    properties = {name: _schema(hints[name], found) for name in _names(kind)}
    return {"type": "object", "description": _description(kind), "properties": properties, "required": list(properties),
            "additionalProperties": False}  # fmt: skip


def _evidence_schema(found: dict[str, Any]) -> dict[str, Any]:
    entry = _object_schema(Evidence, found)
    entry["properties"]["inputs"] = {"type": "array", "items": {"type": "integer", "minimum": 0}}
    entry["properties"]["parameters"] = {"type": "object"}
    return entry


def _message_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "A sentence for people: its stable code, its parameters, its text in the dossier's language.",
        "properties": {"code": {"type": "string"}, "parameters": {"type": "object"}, "text": {"type": "string"}},
        "required": ["code", "parameters", "text"],
        "additionalProperties": False,
    }


def _description(kind: type) -> str:
    return (inspect.getdoc(kind) or "").partition("\n\n")[0].replace("\n", " ")
