"""The words that made an answer, and the source they met: a term of the lexicon, a rule of matter, a tariff label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scipy import sparse

from ancrage.dossier.bom.experts import Opinion, Opinions, Reading
from ancrage.dossier.bom.lexical import Terms
from ancrage.dossier.bom.line_model import LineModel
from ancrage.kernel.message import Message, message

LEAST_SHARE = 0.02
MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """A term that speaks for a code: how much (0 to 1), and which."""

    share: float
    is_tariff: bool
    term: int


_Table = dict[str, list[Reason]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of every code of one line, strongest first; `processes` are those of the lexicon's terms."""

    reading: Reading
    headings: _Table
    hs: _Table
    nace: _Table
    processes: _Table
    model: LineModel

    def of(self, kind: str, code: str) -> tuple[Message, ...]:
        """Why a code is proposed; the line as a whole when no term explains it."""
        table: dict[str, list[Reason]] = getattr(self, kind)
        reasons = sorted(table.get(code, ()), key=lambda reason: (-reason.share, reason.is_tariff, reason.term))
        said = tuple(dict.fromkeys(self._said(reason) for reason in reasons[:MOST_REASONS]))
        return said or (message("classify.why.likeness", words=_joined(self._all_words())),)

    def _said(self, reason: Reason) -> Message:
        terms = self.model.tariff if reason.is_tariff else self.model.lexicon
        words = _joined(self.words_met(terms, reason.term))
        if reason.is_tariff:
            return message("classify.why.tariff", code=dotted(self.model.tariff_codes[reason.term]), words=words)
        text = self.model.term_texts[reason.term]
        if text.startswith("#"):
            shape, matter = (part[3:] for part in text.split())
            return message(
                "classify.why.rule",
                shape=message(f"classify.shape.{shape}"),
                matter=message(f"classify.matter.{matter}"),
            )
        return message("classify.why.lexicon", term=text, words=words)

    def words_met(self, terms: Terms, term: int) -> list[str]:
        """The words of the line that the term holds, as they were written."""
        held = set(terms.words.indices[terms.words.indptr[term] : terms.words.indptr[term + 1]].tolist())
        return [
            position.token.raw
            for position in self.reading.positions
            if not position.token.stem.startswith("#m-") and any(word in held for word, _ in position.readings)
        ]

    def _all_words(self) -> list[str]:
        return [
            position.token.raw
            for position in self.reading.positions
            if position.is_known and not position.token.is_hint
        ]


def _joined(words: list[str]) -> str:
    return ", ".join(dict.fromkeys(words)) or "…"


def dotted(code: str) -> str:
    """`848210` -> `8482.10`, as tariffs print it."""
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code


def explained(row: int, reading: Reading, opinions: Opinions, model: LineModel) -> Explanation:
    """The reasons of a line's codes, terms of little weight left out."""
    headings: _Table = {}
    hs: _Table = {}
    nace: _Table = {}
    processes: _Table = {}
    for is_tariff, opinion, terms in ((False, opinions.lexicon, model.lexicon), (True, opinions.tariff, model.tariff)):
        for term, weight in _heavy(opinion, row):
            for code, share in _codes(terms.hs, term, model.hs):
                _add(headings, code[:4], weight * share, is_tariff, term)
                _add(hs, code, weight * share, is_tariff, term)
            for code, share in _codes(terms.nace, term, model.nace):
                _add(nace, code, weight * share, is_tariff, term)
            for code, _ in _codes(terms.process, term, model.processes):
                _add(processes, code, weight, is_tariff, term)
    return Explanation(reading, headings, hs, nace, processes, model)


def _add(table: dict[str, list[Reason]], code: str, share: float, is_tariff: bool, term: int) -> None:
    weight = share * (0.3 if is_tariff else 1.0)
    if weight >= LEAST_SHARE / 4:
        table.setdefault(code, []).append(Reason(weight, is_tariff, term))


def _heavy(opinion: Opinion, row: int) -> Iterator[tuple[int, float]]:
    part = slice(opinion.weights.indptr[row], opinion.weights.indptr[row + 1])
    for term, weight in zip(opinion.weights.indices[part].tolist(), opinion.weights.data[part].tolist(), strict=True):
        if weight >= LEAST_SHARE:
            yield term, weight


def _codes(table: sparse.csr_matrix, term: int, codes: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    part = slice(table.indptr[term], table.indptr[term + 1])
    for place, share in zip(table.indices[part].tolist(), table.data[part].tolist(), strict=True):
        yield codes[place], share
