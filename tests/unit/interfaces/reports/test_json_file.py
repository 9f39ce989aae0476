"""dossier.json: the values whole, a schema that is true, and a reading that refuses anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.json_file import json_of, question_payload, read_recorded, schema
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import say
from ancrage.kernel.errors import ReproductionError
from ancrage.kernel.money import Money
from tests.factories import dossier, line

Json = Any


@pytest.fixture(scope="module")
def raw(bicycle: Dossier) -> Json:
    return json.loads(json_of(bicycle, Words("fr")))


def test_it_is_utf8_with_keys_in_order_two_spaces_and_a_last_line_break(bicycle: Dossier) -> None:
    content = json_of(bicycle, Words("fr"))
    text = content.decode("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert "Étrier" in text


def test_money_loses_no_digit_and_dates_are_iso() -> None:
    price = Money(Decimal("12345678901234567.890123"), "EUR")
    found = json.loads(json_of(dossier((line(2, unit_price=price), line(3))), Words("fr")))
    assert found["bom"]["lines"][0]["unit_price"] == {"amount": "12345678901234567.890123", "currency": "EUR"}
    assert found["question"]["on"] == "2026-11-24"


def test_unknown_is_null(raw: Json) -> None:
    by_number = {one["number"]: one for one in raw["bom"]["lines"]}
    assert by_number[16]["unit_price"] is None
    assert by_number[6]["origin"] is None


def test_invented_data_are_said_and_real_data_are_not(raw: Json, real_bicycle: Dossier) -> None:
    assert raw["invented"] is True
    assert "Données inventées" in raw["notice"]
    real = json.loads(json_of(real_bicycle, Words("fr")))
    assert real["invented"] is False
    assert "notice" not in real


def test_every_evidence_leads_down_to_a_source_with_its_hash(raw: Json) -> None:
    entries = raw["evidence"]
    for place, entry in enumerate(entries):
        assert all(link < place for link in entry["inputs"])
        bottom = list(_bottoms(entries, place))
        assert bottom
        assert all(entry["source"] or entry["vintage"] for entry in bottom)
    hashes = {entry["vintage"]["sha256"] for entry in entries if entry["vintage"]}
    assert hashes <= {vintage["sha256"] for vintage in raw["vintages"]}


def _bottoms(entries: list[Json], place: int) -> Iterator[Json]:
    inputs = entries[place]["inputs"]
    for link in inputs:
        yield from _bottoms(entries, link)
    if not inputs:
        yield entries[place]


def test_sentences_are_worded_in_the_language_of_the_dossier(bicycle: Dossier) -> None:
    english = json.loads(json_of(bicycle, Words("en")))
    problem = english["bom"]["problems"][0]["text"]
    assert set(problem) == {"code", "parameters", "text"}
    assert english["language"] == "en"


def test_the_file_is_what_its_schema_says(raw: Json) -> None:
    definitions = schema()
    assert list(_faults(raw, definitions, definitions["$defs"], "$")) == []


def test_the_schema_refuses_a_wrong_file(raw: Json) -> None:
    definitions = schema()
    for wrong in ({**raw, "invented": "yes"}, {**raw, "more": 1}, {**raw, "format": "x"}, {**raw, "vintages": {}}):
        assert list(_faults(wrong, definitions, definitions["$defs"], "$"))


_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


def _faults(value: Json, rule: Json, defs: Json, where: str) -> Iterator[str]:  # noqa: C901 - a small validator
    """Where a value breaks a schema, for the words of JSON Schema that ours uses."""
    if "$ref" in rule:
        yield from _faults(value, defs[rule["$ref"].rpartition("/")[2]], defs, where)
    if "anyOf" in rule and all(list(_faults(value, one, defs, where)) for one in rule["anyOf"]):
        yield f"{where}: none of the types"
    if "const" in rule and value != rule["const"]:
        yield f"{where}: not {rule['const']}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{where}: {value!r} is not listed"
    kinds = [rule["type"]] if isinstance(rule.get("type"), str) else rule.get("type", [])
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{where}: {type(value).__name__} is not {kinds}"
        return
    if isinstance(value, dict):
        known = rule.get("properties", {})
        yield from (f"{where}.{name}: missing" for name in rule.get("required", ()) if name not in value)
        for name, one in value.items():
            if name in known:
                yield from _faults(one, known[name], defs, f"{where}.{name}")
            elif rule.get("additionalProperties") is False:
                yield f"{where}.{name}: unexpected"
            elif isinstance(rule.get("additionalProperties"), dict):
                yield from _faults(one, rule["additionalProperties"], defs, f"{where}.{name}")
    if isinstance(value, list) and "items" in rule:
        for place, one in enumerate(value):
            yield from _faults(one, rule["items"], defs, f"{where}[{place}]")


def _is(value: Json, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (kind in {"integer", "number"} and isinstance(value, bool))


def test_what_reproduce_needs_reads_back_the_same(bicycle: Dossier, tmp_path: Path) -> None:
    question = replace(bicycle.question, mapping={"Prix HT": "unit_price"}, rates=("USD=0.92@2026-03-01",),
                       answers=("a" * 64,), statements=("b" * 64,), with_others=True, sheet="Feuil1")  # fmt: skip
    path = tmp_path / "dossier.json"
    path.write_bytes(json_of(replace(bicycle, question=question), Words("fr")))
    found = read_recorded(path)
    assert found.question == question
    assert (found.vintages, found.code_version, found.invented, found.language) == (
        bicycle.vintages, bicycle.code_version, True, "fr",
    )  # fmt: skip


def test_the_question_is_told_as_in_the_file(bicycle: Dossier, raw: Json) -> None:
    assert question_payload(bicycle.question) == raw["question"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "encoding"),
        (b"{", "json"),
        (b"[]", "format"),
        (b'{"format": "other"}', "format"),
        (b'{"format": "ancrage-dossier", "format_version": 99}', "version"),
        (b'{"format": "ancrage-dossier", "format_version": 1}', "field"),
        (b"[" * 100_000, "format"),
    ],
)
def test_anything_else_is_refused_with_its_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_bytes(content)
    with pytest.raises(ReproductionError) as refused:
        read_recorded(path)
    said = dict(refused.value.message.parameters)["reason"]
    assert getattr(said, "code", "") == f"report.dossier.reason.{reason}"
    assert say(refused.value.message, "fr") != say(refused.value.message, "en")


@pytest.mark.parametrize("name", ["question", "vintages", "code_version", "language"])
def test_a_missing_field_is_named(name: str, raw: Json, tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps({key: value for key, value in raw.items() if key != name}), encoding="utf-8")
    with pytest.raises(ReproductionError, match=name):
        read_recorded(path)


def test_a_date_that_is_none_is_refused(raw: Json, tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps({**raw, "question": {**raw["question"], "on": "hier"}}), encoding="utf-8")
    with pytest.raises(ReproductionError, match="on"):
        read_recorded(path)
    assert date.fromisoformat(raw["question"]["on"])
