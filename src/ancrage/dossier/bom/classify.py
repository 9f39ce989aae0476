"""What each line of a bill of materials is: customs headings and codes, NACE classes of the product, processes.

Two readings, because a part can be bought as a product or made to drawing. The *product* reading gives headings,
six-digit codes and the NACE class whose output the part is; the *process* reading gives the industrial processes, each
with the classes that do it, and never enters the first. A proposed customs code is an aid to research, never a customs
classification.

Method: `docs/explanation/methods/classify.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scipy import sparse

from ancrage.dossier.bom.answers import Answers, answers_of, best_answers
from ancrage.dossier.bom.coherence import Ranked
from ancrage.dossier.bom.experts import folding, links_of, opinions_on, read_line
from ancrage.dossier.bom.given import with_given
from ancrage.dossier.bom.line_model import LineModel, load_model
from ancrage.dossier.bom.processes import Made, ProcessRules, load_process_rules, materials_of, processes_of
from ancrage.dossier.bom.refusal import refusal_of
from ancrage.dossier.bom.six_digits import Breakdown, breakdown_of
from ancrage.dossier.bom.why import Explanation, explained
from ancrage.dossier.model import Candidate, Classification
from ancrage.kernel.evidence import Evidence
from ancrage.reference.capability import Capabilities, load_capabilities

BATCH = 256
SOURCE = "model:line-classifier"


@dataclass(frozen=True)
class LineClassifier:
    """Reads lines. Made by `load_classifier`; it holds no state that a classification changes."""

    model: LineModel
    capabilities: Capabilities
    rules: ProcessRules

    def classify(
        self,
        texts: Sequence[str],
        *,
        given: Sequence[str | None] | None = None,
        materials: Sequence[str | None] | None = None,
        processes: Sequence[str | None] | None = None,
        top: int = 5,
    ) -> list[Classification]:
        """One classification per text, in their order, with at most `top` candidates of each kind.

        `given` are customs codes that come with the lines (they win when they exist); `materials` and `processes` are
        the texts of those columns. Raises `ValueError` when they are not as many as the texts, or `top` is below 1.
        """
        asked = _asked(texts, given, materials, processes, top)
        distinct = list(dict.fromkeys(asked))
        found = {
            question: result
            for start in range(0, len(distinct), BATCH)
            for question, result in zip(
                distinct[start : start + BATCH], self._batch(distinct[start : start + BATCH], top), strict=True
            )
        }
        return [found[question] for question in asked]

    def _batch(self, questions: Sequence[_Question], top: int) -> list[Classification]:
        readings = [read_line(one.text, one.material, self.model, self.capabilities) for one in questions]
        opinions = opinions_on(readings, self.model)
        best = best_answers(opinions, self.model, self._links, self._breakdown, top)
        answers = answers_of(best, opinions, self.model)
        return [
            self._classification(question, explained(row, reading, opinions, self.model), answers[row], top)
            for row, (question, reading) in enumerate(zip(questions, readings, strict=True))
        ]

    def _classification(
        self, question: _Question, explanation: Explanation, answers: Answers, top: int
    ) -> Classification:
        problem = refusal_of(question.text, explanation.reading)
        read = answers if problem is None else Answers((), (), ())
        heading, sure = read.headings[0] if read.headings else (None, 0.0)
        made = Made(question.text, question.process, explanation, heading, sure)
        is_made = problem is None or question.process is not None
        found = Classification(
            text=question.text,
            hs=_candidates(read.hs, "hs", explanation),
            headings=_candidates(read.headings, "headings", explanation),
            nace=_candidates(read.nace, "nace", explanation),
            processes=processes_of(made, self.capabilities, self.rules, top) if is_made else (),
            materials=materials_of(question.text, question.material, self.capabilities, top),
            problems=() if problem is None else (problem,),
            evidence=Evidence(SOURCE, "bom.classify", place=f"sha256:{self.model.sha256}"),
        )
        return with_given(found, question.given, read, top)

    @cached_property
    def _links(self) -> sparse.csr_matrix:
        return links_of(self.model.lexicon, self.model.tariff, folding(self.model.hs, self.model.headings)).tocsr()

    @cached_property
    def _breakdown(self) -> Breakdown:
        return breakdown_of(self.model)


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    given: str | None
    material: str | None
    process: str | None


def _asked(
    texts: Sequence[str],
    given: Sequence[str | None] | None,
    materials: Sequence[str | None] | None,
    processes: Sequence[str | None] | None,
    top: int,
) -> list[_Question]:
    if top < 1:
        raise ValueError("top is at least 1")
    columns = [column if column is not None else [None] * len(texts) for column in (given, materials, processes)]
    return [_Question(*row) for row in zip(texts, *columns, strict=True)]


def _candidates(ranked: Ranked, kind: str, explanation: Explanation) -> tuple[Candidate, ...]:
    return tuple(Candidate(code, confidence, explanation.of(kind, code)) for code, confidence in ranked)


def load_classifier() -> LineClassifier:
    """The classifier of the embedded model and vocabulary. Raises `CatalogueError` when a file is absent or wrong."""
    capabilities = load_capabilities()
    return LineClassifier(load_model(), capabilities, load_process_rules(capabilities))
