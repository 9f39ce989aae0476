"""Words what was found: an establishment as shown, and a match with its verdict, its score part by part and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from ancrage.dossier.model import Establishment
from ancrage.dossier.suppliers.ground import Ground
from ancrage.dossier.suppliers.retrieve import Reading, ReadingKind, TextClue
from ancrage.dossier.suppliers.rules import Rules
from ancrage.dossier.suppliers.sites import KINDS, SiteKind
from ancrage.dossier.suppliers.wording import named
from ancrage.kernel.codes import Siret
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.message import Message, message
from ancrage.kernel.verdict import Reason
from ancrage.reference.nomenclature import naf_rev2
from ancrage.reference.territory import Territory

_DISTANCE_DIGITS = 1


class Explainer:
    """Explains rows of one ground, drawn from one vintage of a register."""

    def __init__(self, ground: Ground, vintage: Vintage, territory: Territory) -> None:
        self._ground = ground
        self._vintage = vintage
        self._territory = territory

    def evidence(self, row: int, step: str) -> Evidence:
        """Where a statement about a row comes from: its line of the register."""
        return Evidence(self._vintage.source, step, self._vintage, place=str(self._ground.sirets[row]))

    def distance(self, row: int) -> float | None:
        """Kilometres from the centre, to a tenth; None when the point is unknown."""
        distance = float(self._ground.distance[row])
        return None if math.isnan(distance) else round(distance, _DISTANCE_DIGITS)

    def establishment(self, row: int) -> Establishment:
        """The establishment of a row."""
        of = {name: values[row].as_py() for name, values in self._columns.items()}
        commune = self._territory.communes.get(of["commune"] or "")
        item = naf_rev2().items.get(of["activity"] or "")
        longitude, latitude = of["longitude"], of["latitude"]
        return Establishment(
            siret=Siret(of["siret"]),
            name=of["name"],
            activity=of["activity"],
            activity_label=None if item is None else item.label_fr,
            band=of["band"],
            commune=of["commune"] or "",
            commune_name="" if commune is None else commune.name,
            point=None if longitude is None or latitude is None else (longitude, latitude),
            point_basis=of["point_basis"],
            kind=KINDS[int(self._ground.kind[row])].value,
            evidence=self.evidence(row, "register.read"),
        )

    @cached_property
    def _columns(self) -> dict[str, Any]:
        table = self._ground.table
        return {name: table.column(name) for name in table.column_names}

    def clues(self, row: int, reading: Reading | None, text: TextClue | None, *, is_close: bool) -> tuple[Reason, ...]:
        """What the register says of a row: its activity, the words of its name, and what it is when not production."""
        texts: list[Message] = []
        activity = self._ground.activities[int(self._ground.activity[row])]
        if reading is not None and activity is not None:
            texts.append(_activity_clue(activity, reading, is_close=is_close))
        if text is not None and text.words:
            texts.append(message("suppliers.reason.words", words=", ".join(text.words)))
        kind = KINDS[int(self._ground.kind[row])]
        if kind is not SiteKind.PRODUCTION:
            texts.append(message("suppliers.reason.kind", kind=Message(f"suppliers.kind.{kind.value}")))
        return tuple(Reason(one, self.evidence(row, "suppliers.retrieve")) for one in texts)

    def unknowns(self, row: int) -> tuple[Message, ...]:
        """What the register does not know of a row and somebody should ask."""
        asked: list[Message] = []
        if self._ground.bands[int(self._ground.band[row])] is None:
            asked.append(message("suppliers.ask.headcount"))
        if self._columns["longitude"][row].as_py() is None:
            asked.append(message("suppliers.ask.place"))
        return tuple(asked)


def _activity_clue(activity: str, reading: Reading, *, is_close: bool) -> Message:
    ending = "activity" if is_close else "activity_near"
    confidence = Decimal(str(round(reading.confidence, 2)))
    if reading.kind is ReadingKind.PROCESS:
        return message(f"suppliers.reason.{ending}", activity=activity, process=named(reading.code), sure=confidence)
    return message(f"suppliers.reason.product_{ending}", activity=activity, code=reading.code, sure=confidence)


def report_parameters(
    rules: Rules, *, radius_km: float | None, top: int, with_set_aside: bool, neighbours: Sequence[str]
) -> tuple[tuple[str, str | int | bool], ...]:
    """The parameters of a search, as its evidence carries them."""
    return (
        ("rules", rules.dated.isoformat()),
        ("radius_km", "" if radius_km is None else str(Decimal(str(radius_km)))),
        ("top", top),
        ("with_set_aside", with_set_aside),
        ("neighbours", ", ".join(neighbours)),
    )
