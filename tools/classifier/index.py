"""Terms turned into the arrays that `dossier.bom.lexical` reads."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ancrage.dossier.bom.lexical import Terms
from ancrage.dossier.bom.matter import FAMILIES, families_in
from ancrage.dossier.bom.text import stems_of, tokens_of
from ancrage.dossier.bom.vocabulary import Vocabulary
from ancrage.reference.capability import Capabilities, load_capabilities, names_of
from tools.classifier.corpus import MODELS, Term, lexicon_terms, rule_terms, tariff_terms

_PREPOSITIONS_EN = ("for", "with", "of", "to", "on")


@dataclass(frozen=True)
class Document:
    """A term as stems: several entries of the lexicon with the same words make one."""

    text: str
    stems: tuple[str, ...]
    head: str | None
    lang: str
    hs: dict[str, float]
    nace: dict[str, float]
    process: dict[str, float]
    rows: tuple[str, ...]


def shared_out(codes: Sequence[str]) -> dict[str, float]:
    """1 shared among ordered codes, each place worth 0.6 of the one before."""
    weights = [0.6**place for place in range(len(codes))]
    return {code: weight / sum(weights) for code, weight in zip(codes, weights, strict=True)}


def head_of(term: Term) -> str | None:
    """The head noun of a term: first word in French, last before a preposition in English."""
    text = term.text
    if term.lang == "en":
        for preposition in _PREPOSITIONS_EN:
            text = text.split(f" {preposition} ")[0]
    words = [token.stem for token in tokens_of(text) if not token.is_hint]
    return (words[0] if term.lang == "fr" else words[-1]) if words else None


def merged(terms: Sequence[Term], capabilities: Capabilities) -> list[Document]:
    """Terms by language and words, readings added up."""
    groups: dict[tuple[str, tuple[str, ...]], list[Term]] = {}
    for term in terms:
        if term.row.startswith("rule"):
            stems: tuple[str, ...] = tuple(term.text.split())
        else:
            stems = stems_of(term.text)
            stems += (
                tuple(f"#m-{family}" for family in families_in(term.text, stems, capabilities))
                if not term.row.startswith("hs")
                else ()
            )
        if stems:
            groups.setdefault((term.lang, tuple(sorted(set(stems)))), []).append(term)
    return [_document(key, group) for key, group in groups.items()]


def _document(key: tuple[str, tuple[str, ...]], group: list[Term]) -> Document:
    lang, stems = key
    first = group[0]
    head = stems[1] if first.row.startswith("rule") else None if first.row.startswith("hs") else head_of(first)
    if first.row.startswith("rule"):
        head = first.text.split()[0]
    return Document(
        first.text,
        stems,
        head,
        lang,
        _added(group, "hs"),
        _added(group, "nace"),
        _added(group, "process"),
        tuple(term.row for term in group),
    )


def _added(group: list[Term], name: str) -> dict[str, float]:
    total: Counter[str] = Counter()
    for term in group:
        total.update(shared_out(getattr(term, name)))
    size = sum(total.values())
    return {code: weight / size for code, weight in total.items()}


def abbreviation_table() -> dict[str, tuple[str, ...]]:
    """Abbreviation (as a stem) to the stems it may stand for."""
    found: dict[str, dict[str, None]] = {}
    with (MODELS / "abbreviations.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for short in stems_of(row["short"])[:1]:
                found.setdefault(short, {}).update(
                    dict.fromkeys(s for long in row["long"].split("|") for s in stems_of(long))
                )
    return {short: tuple(long) for short, long in found.items()}


def shape_table() -> dict[str, tuple[str, ...]]:
    """Stem to the shapes it names."""
    found: dict[str, dict[str, None]] = {}
    with (MODELS / "shapes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for word in row["words"].split("|"):
                for stem in stems_of(word)[:1]:
                    found.setdefault(stem, {})[row["shape"]] = None
    return {stem: tuple(shapes) for stem, shapes in found.items()}


def minor_words() -> frozenset[str]:
    """Colours, sides, qualifiers: words that say little of what a part is."""
    return frozenset(stems_of((MODELS / "minor_words.txt").read_text("utf-8")))


def matter_words(capabilities: Capabilities) -> frozenset[str]:
    """Single words that name a matter."""
    names = [name for material in capabilities.materials for name in names_of(material)]
    return frozenset(stems[0] for stems in map(stems_of, names) if len(stems) == 1)


@dataclass(frozen=True)
class Index:
    """Everything the lexical part needs."""

    vocabulary: Vocabulary
    capabilities: Capabilities
    lexicon: list[Document]
    tariff: list[Document]
    hs: tuple[str, ...]
    nace: tuple[str, ...]
    processes: tuple[str, ...]
    lexicon_terms: Terms
    tariff_terms: Terms
    french_share: np.ndarray


def _vocabulary(
    lexicon: list[Document], tariff: list[Document], capabilities: Capabilities
) -> tuple[Vocabulary, np.ndarray, np.ndarray]:
    counts, labels, french = Counter(), Counter(), Counter()
    for document in lexicon:
        counts.update(document.stems)
        if document.lang == "fr":
            french.update(document.stems)
    for document in tariff:
        labels.update(document.stems)
    extra = [f"#m-{family}" for family in dict.fromkeys(FAMILIES.values())]
    words = tuple(sorted({*counts, *labels, *extra}))
    frequency = np.array([counts[word] for word in words], dtype=np.int32)
    share = np.array([(french[word] + 0.5) / (counts[word] + 1.0) for word in words])
    total = len(lexicon)
    idf = np.log((total + 1) / (np.array([counts[word] or 5 for word in words]) + 0.5))
    vocabulary = Vocabulary(
        words, frequency, abbreviation_table(), minor_words(), shape_table(), matter_words(capabilities)
    )
    return vocabulary, np.clip(idf, 1.0, 9.0), share


def _terms(
    documents: list[Document], vocabulary: Vocabulary, idf: np.ndarray, codes: tuple[tuple[str, ...], ...]
) -> Terms:
    numbers = vocabulary.numbers
    words = sparse_rows(
        [{numbers[stem]: 1.0 for stem in document.stems} for document in documents], len(vocabulary.words)
    )
    heads = sparse_rows(
        [{numbers[document.head]: 1.0} if document.head in numbers else {} for document in documents],
        len(vocabulary.words),
    )
    french = np.array([{"fr": 1.0, "en": 0.0}.get(document.lang, 0.5) for document in documents])
    tables = [
        sparse_rows(
            [{place[code]: weight for code, weight in getattr(document, name).items()} for document in documents],
            len(place),
        )
        for name, place in zip(
            ("hs", "nace", "process"), ({code: n for n, code in enumerate(column)} for column in codes), strict=True
        )
    ]
    return Terms(words, heads, _hints_lightened(idf, vocabulary), french, *tables)


def _hints_lightened(idf: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
    factor = np.array(
        [0.5 if word.startswith("#") else 0.3 if word in vocabulary.minor else 1.0 for word in vocabulary.words]
    )
    return idf * factor


def sparse_rows(rows: list[dict[int, float]], size: int) -> sparse.csr_matrix:
    """Rows given as column to value."""
    indices = [column for row in rows for column in sorted(row)]
    values = [row[column] for row in rows for column in sorted(row)]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return sparse.csr_matrix((values, indices, starts), shape=(len(rows), size), dtype=np.float64)


def built_index() -> Index:
    """The index of the committed catalogue."""
    capabilities = load_capabilities()
    lexicon = merged([*lexicon_terms(), *rule_terms()], capabilities)
    tariff = merged(list(tariff_terms()), capabilities)
    vocabulary, idf, share = _vocabulary(lexicon, tariff, capabilities)
    both = [*lexicon, *tariff]
    hs = tuple(sorted({code for document in both for code in document.hs}))
    nace = tuple(sorted({code for document in both for code in document.nace}))
    processes = tuple(sorted({code for document in both for code in document.process}))
    columns = (hs, nace, processes)
    return Index(
        vocabulary,
        capabilities,
        lexicon,
        tariff,
        hs,
        nace,
        processes,
        _terms(lexicon, vocabulary, idf, columns),
        _terms(tariff, vocabulary, idf, columns),
        share,
    )
