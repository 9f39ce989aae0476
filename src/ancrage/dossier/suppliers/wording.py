"""The messages of verdicts: what statements say, and the questions that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ancrage.dossier.suppliers.need import Need
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message, message
from ancrage.kernel.verdict import Reason
from ancrage.reference.statement import Statement


@dataclass(frozen=True, slots=True)
class Open:
    """What is left open of what a need asks: size, volume, certificates, material; a statement so old that it must be
    confirmed; a line that does not surely ask the process."""

    size: bool = False
    volume: bool = False
    certificates: tuple[str, ...] = ()
    material: bool = False
    stale: bool = False
    unsure: bool = False

    @property
    def count(self) -> int:
        """How many questions are left."""
        return self.size + self.volume + len(self.certificates) + self.material + self.stale + self.unsure

    @property
    def is_nothing(self) -> bool:
        """True when nothing is left to ask."""
        return self.count == 0


def named(identifier: str) -> Message:
    """The label of a process, material or certificate of the vocabulary."""
    return Message(f"vocabulary.{identifier}")


def questions_about(need: Need, left: Open) -> tuple[Message, ...]:
    """What to ask of a site about size, volume, certificates and material: only what the need asks."""
    found: list[Message] = []
    if left.size and need.size_mm is not None:
        found.append(message("suppliers.ask.size", size=need.size_mm))
    if left.volume and need.volume is not None:
        found.append(message("suppliers.ask.volume", volume=need.volume))
    found.extend(message("suppliers.ask.certificate", certificate=named(one)) for one in left.certificates)
    if left.material and need.materials:
        found.append(message("suppliers.ask.material", material=named(need.materials[0])))
    return tuple(found)


def process_reason(said: Statement) -> Reason:
    """The process that is asked is stated."""
    return _reason("states", said, process=named(said.process or ""))


def near_reason(said: Statement, asked: str, code: str) -> Reason:
    """A process next to the one asked is stated (`states_near`), or another step of the part (`states_step`)."""
    return _reason(code, said, process=named(said.process or ""), asked=named(asked))


def certificate_reason(said: Statement) -> Reason:
    """Certificates are stated: the first is named."""
    return _reason("certificate", said, certificate=named(said.certificates[0]), n=len(said.certificates))


def size_reasons(need: Need, said: Statement) -> tuple[Reason, ...]:
    """The stated size beside the one asked; nothing when either is unknown."""
    if need.size_mm is None or said.max_size_mm is None:
        return ()
    code = "size_short" if said.max_size_mm < need.size_mm else "size_fits"
    return (_reason(code, said, size=said.max_size_mm, asked=need.size_mm),)


def volume_reasons(need: Need, said: Statement) -> tuple[Reason, ...]:
    """The stated yearly volume beside the one asked; nothing when either is unknown."""
    if need.volume is None or said.volume_max is None:
        return ()
    code = "volume_short" if said.volume_max < need.volume else "volume_fits"
    return (_reason(code, said, volume=said.volume_max, asked=need.volume),)


def _reason(code: str, said: Statement, **values: Message | Decimal | int) -> Reason:
    origin = Message(f"statement.origin.{said.origin.value}")
    text = message(f"suppliers.reason.{code}", **values, origin=origin, on=said.on)
    return Reason(text, Evidence(said.evidence.source, "suppliers.judge", inputs=(said.evidence,)))
