"""What a workshop can do: processes, materials and certificates, their names on the shop floor and their order.

The order is subsumption, read from `parents`: an offer answers a need when it is the need or lies below it (5-axis
milling answers milling, never the reverse). It is a partial order: reflexive, antisymmetric (cycles are refused) and
transitive. Activities are NAF rev. 2 (INSEE) and NACE rev. 2 (Regulation (EC) 1893/2006), best first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import chain
from typing import TypeVar

from ancrage.kernel.codes import Activity, ActivityVersion
from ancrage.kernel.errors import CatalogueError, UsageError
from ancrage.kernel.message import message
from ancrage.reference.capability_row import FILE, Row, rows_of, wrong
from ancrage.reference.phrase import Phrasebook, compiled, folded_words


class CapabilityKind(StrEnum):
    """What a name of the vocabulary names."""

    PROCESS = "process"
    MATERIAL = "material"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Family:
    """A group of processes, for reading only: it takes no part in subsumption."""

    id: str
    label: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Process:
    """A way to make or treat a part. `naf` and `nace` are the activities of the sites that do it as a trade."""

    id: str
    family: str
    parents: tuple[str, ...]
    label: Mapping[str, str] = field(hash=False)
    synonyms: Mapping[str, tuple[str, ...]] = field(hash=False)
    naf: tuple[Activity, ...]
    nace: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What a part is made of: `stainless-304` is a `stainless-steel`. Synonyms hold the grades."""

    id: str
    parents: tuple[str, ...]
    label: Mapping[str, str] = field(hash=False)
    synonyms: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, accreditation or label that a buyer may ask for; `covers` says in a sentence what it attests."""

    id: str
    label: Mapping[str, str] = field(hash=False)
    synonyms: Mapping[str, tuple[str, ...]] = field(hash=False)
    covers: Mapping[str, str] = field(hash=False)

    @property
    def parents(self) -> tuple[str, ...]:
        """None: one certificate does not stand for another."""
        return ()


Entry = Process | Material | Certificate


@dataclass(frozen=True, slots=True)
class CapabilityHit:
    """An entry named in a text: `words` as they were written, at `text[start:end]`."""

    kind: CapabilityKind
    id: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The vocabulary. Identifiers are unique over the three kinds; made by `parse_capabilities`."""

    families: tuple[Family, ...]
    processes: tuple[Process, ...]
    materials: tuple[Material, ...]
    certificates: tuple[Certificate, ...]
    entries: Mapping[str, Entry] = field(repr=False, hash=False)
    above: Mapping[str, frozenset[str]] = field(repr=False, hash=False)
    phrases: Phrasebook = field(repr=False, hash=False)

    def process(self, identifier: str) -> Process:
        """The process of an identifier. Raises `UsageError` when there is none."""
        found = self.entry(identifier)
        if not isinstance(found, Process):
            raise UsageError("capability.not_a_process", id=identifier)
        return found

    def entry(self, identifier: str) -> Entry:
        """The process, material or certificate of an identifier. Raises `UsageError` when there is none."""
        found = self.entries.get(identifier)
        if found is None:
            raise UsageError("capability.unknown", id=identifier)
        return found

    def ancestors(self, identifier: str) -> frozenset[str]:
        """Everything more general than the entry, itself excluded. Raises `UsageError`."""
        return self.above[self.entry(identifier).id]

    def answers(self, offered: str, needed: str) -> bool:
        """True when who offers the first satisfies a need for the second. Raises `UsageError` on an unknown one."""
        return self.entry(offered).id == self.entry(needed).id or needed in self.above[offered]

    def find(self, text: str) -> tuple[CapabilityHit, ...]:
        """Entries named in a French or English text, in its order, longest name first (see `reference.phrase`)."""
        return tuple(
            [
                CapabilityHit(
                    kind=kind_of(self.entries[span.target]),
                    id=span.target,
                    words=text[span.start : span.end],
                    start=span.start,
                    end=span.end,
                )
                for span in self.phrases.spans(text)
            ]
        )


def kind_of(entry: Entry) -> CapabilityKind:
    """Process, material or certificate."""
    return _KINDS[type(entry)]


def names_of(entry: Entry) -> Iterator[str]:
    """Labels and synonyms in both languages."""
    return chain(entry.label.values(), *entry.synonyms.values())


@cache
def load_capabilities() -> Capabilities:
    """The embedded vocabulary, read once. Raises `CatalogueError` with the file, the entry and what is wrong."""
    path = resources.files("ancrage").joinpath("catalogue", FILE)
    try:
        raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError("capability.unreadable", file=FILE, reason=str(error)) from error
    return parse_capabilities(raw)


def parse_capabilities(raw: Mapping[str, object]) -> Capabilities:
    """The vocabulary of a parsed TOML document, checked whole.

    Raises `CatalogueError` (file, entry, problem) when a field is missing, unknown or of another type, an identifier or
    a name is given twice, a family or a parent does not exist, parents form a circle, or an activity is not one.
    """
    if unknown := sorted(set(raw) - {"family", *CapabilityKind}):
        raise wrong(unknown[0], message("capability.problem.section"))
    families, processes = _families(raw), _processes(raw)
    materials, certificates = _materials(raw), _certificates(raw)
    _check_families(_by_identifier(families), processes)
    entries: Mapping[str, Entry] = _by_identifier((*processes, *materials, *certificates))
    above = {identifier: _ancestors(identifier, entries) for identifier in entries}
    phrases = _phrasebook(entries.values())
    return Capabilities(families, processes, materials, certificates, entries, above, phrases)


_KINDS: Mapping[type, CapabilityKind] = {
    Process: CapabilityKind.PROCESS,
    Material: CapabilityKind.MATERIAL,
    Certificate: CapabilityKind.CERTIFICATE,
}
_Identified = TypeVar("_Identified", bound="Family | Entry")


def _by_identifier(things: Sequence[_Identified]) -> dict[str, _Identified]:
    found: dict[str, _Identified] = {}
    for thing in things:
        if thing.id in found:
            raise wrong(thing.id, message("capability.problem.twice"))
        found[thing.id] = thing
    return found


def _check_families(families: Mapping[str, Family], processes: Iterable[Process]) -> None:
    for process in processes:
        if process.family not in families:
            raise wrong(process.id, message("capability.problem.family", family=process.family))


def _ancestors(identifier: str, entries: Mapping[str, Entry]) -> frozenset[str]:
    """Transitive closure of `parents`, breadth first."""
    found: set[str] = set()
    level = [(parent, entries[identifier]) for parent in entries[identifier].parents]
    while level:
        for parent, child in level:
            if parent not in entries or kind_of(entries[parent]) != kind_of(child):
                raise wrong(child.id, message("capability.problem.parent", parent=parent))
            if parent == identifier:
                raise wrong(identifier, message("capability.problem.circle"))
        new = {parent for parent, _ in level} - found
        found |= new
        level = [(above, entries[parent]) for parent in sorted(new) for above in entries[parent].parents]
    return frozenset(found)


def _phrasebook(entries: Iterable[Entry]) -> Phrasebook:
    owners: dict[tuple[str, ...], str] = {}
    pairs = [(name, entry.id) for entry in entries for name in names_of(entry)]
    for name, identifier in pairs:
        words = folded_words(name)
        if not words:
            raise wrong(identifier, message("capability.problem.no_word", name=name))
        if owners.setdefault(words, identifier) != identifier:
            raise wrong(identifier, message("capability.problem.name", name=name, other=owners[words]))
    return compiled(pairs)


def _families(raw: Mapping[str, object]) -> tuple[Family, ...]:
    rows = rows_of(raw, "family", frozenset({"id", "label"}))
    return tuple(Family(row.text("id"), row.by_language("label")) for row in rows)


def _processes(raw: Mapping[str, object]) -> tuple[Process, ...]:
    fields = frozenset({"id", "family", "parents", "label", "synonyms", "naf", "nace"})
    return tuple(map(_process, rows_of(raw, CapabilityKind.PROCESS, fields)))


def _process(row: Row) -> Process:
    naf = row.activities("naf", ActivityVersion.NAF_REV2)
    nace = row.activities("nace", ActivityVersion.NACE_REV2)
    if tuple(dict.fromkeys(activity.code[:5] for activity in naf)) != tuple(activity.code for activity in nace):
        raise row.wrong("nace", "classes")
    return Process(
        id=row.text("id"),
        family=row.text("family"),
        parents=row.texts("parents"),
        label=row.by_language("label"),
        synonyms=row.lists_by_language("synonyms"),
        naf=naf,
        nace=nace,
    )


def _materials(raw: Mapping[str, object]) -> tuple[Material, ...]:
    rows = rows_of(raw, CapabilityKind.MATERIAL, frozenset({"id", "parents", "label", "synonyms"}))
    return tuple(
        Material(row.text("id"), row.texts("parents"), row.by_language("label"), row.lists_by_language("synonyms"))
        for row in rows
    )


def _certificates(raw: Mapping[str, object]) -> tuple[Certificate, ...]:
    rows = rows_of(raw, CapabilityKind.CERTIFICATE, frozenset({"id", "label", "synonyms", "covers"}))
    return tuple(
        Certificate(
            row.text("id"),
            row.by_language("label"),
            row.lists_by_language("synonyms"),
            row.by_language("covers"),
        )
        for row in rows
    )
