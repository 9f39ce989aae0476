"""A customs code that comes with a line: it wins when it exists; what the text says instead is a warning."""

from __future__ import annotations

from dataclasses import replace

from ancrage.dossier.bom.answers import Answers
from ancrage.dossier.bom.coherence import sharing
from ancrage.dossier.bom.why import dotted
from ancrage.dossier.model import Candidate, Classification
from ancrage.kernel.codes import HsCode, parse_hs
from ancrage.kernel.errors import CodeError
from ancrage.kernel.message import Message, message
from ancrage.reference.nomenclature import hs2022, nace_of_hs

SURE_OTHERWISE = 0.5


def with_given(found: Classification, given: str | None, read: Answers, top: int) -> Classification:
    """The classification once the given code is taken into account. A code of two digits only warns."""
    if given is None or not given.strip():
        return found
    try:
        code = parse_hs(given)
    except CodeError as error:
        return _warned(found, error.message)
    if not hs2022().exists(code):
        return _warned(found, message("classify.given_unknown", code=given))
    warned = _contradicted(found, code, read)
    return warned if len(code) == 2 else _won(warned, code, top)


def _warned(found: Classification, problem: Message) -> Classification:
    return replace(found, problems=(*found.problems, problem))


def _contradicted(found: Classification, code: HsCode, read: Answers) -> Classification:
    """Warned when the text says another heading with some confidence, and the given one is not among its answers."""
    if not read.headings or read.headings[0][1] < SURE_OTHERWISE:
        return found
    if any(heading.startswith(code.heading) for heading, _ in read.headings):
        return found
    return _warned(found, message("classify.given_contradicts", given=dotted(code), read=dotted(read.headings[0][0])))


def _won(found: Classification, code: HsCode, top: int) -> Classification:
    why = (message("classify.why.given", code=dotted(code)),)
    heading = Candidate(code.heading, 1.0, why)
    below = tuple(one for one in found.hs if one.code.startswith(code.heading))
    hs = (Candidate(code, 1.0, why),) if len(code) == 6 else below
    return replace(found, headings=(heading,), hs=hs[:top], nace=_classes(found.nace, code, top))


def _classes(read: tuple[Candidate, ...], code: HsCode, top: int) -> tuple[Candidate, ...]:
    """The class of the given code first, then those of the text that it leaves possible."""
    own = nace_of_hs(code).code
    if code.heading == "9401" or own == "31.00":
        return read[:top]
    known = next((one for one in read if one.code == own), None)
    first = Candidate(
        own, max(0.9, known.confidence if known else 0.0), (message("classify.why.given_class", code=dotted(code)),)
    )
    return _sharing((first, *(one for one in read if one.code != own))[:top])


def _sharing(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    known = {one.code: one for one in candidates}
    ranked = sharing(tuple((one.code, one.confidence) for one in candidates))
    return tuple(replace(known[code], confidence=sure) for code, sure in ranked)
