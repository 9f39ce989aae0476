"""What each source says of lines, before it is weighed: lexicon, tariff, network, matter.

Three experts give a share to each heading and to each NACE class; a fourth says which headings go with the matter named
in the line, and for NACE a last one follows from the headings. Their
logarithms are added with weights that depend on how well the lexicon covers the line (a logarithmic opinion pool,
Genest and Zidek 1986): where a term of the lexicon matches, it leads; where none does, the network and the tariff do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ancrage.dossier.bom.lexical import FEATURES, Floats, Pairs, Terms, lines_of, pairs_of, softmax_by_line
from ancrage.dossier.bom.line_model import LineModel
from ancrage.dossier.bom.matter import agreement, families_in
from ancrage.dossier.bom.network import features_of
from ancrage.dossier.bom.text import Token, tokens_of
from ancrage.dossier.bom.vocabulary import EXPANDED, Position
from ancrage.reference.capability import Capabilities, CapabilityKind

FLOOR = 3e-3
_COVERED = FEATURES.index("both_covered")
_FAR = 1_000
SERIES = "#bearing"


@dataclass(frozen=True)
class Reading:
    """A line cut into words, and the families of matter it names."""

    positions: tuple[Position, ...]
    families: tuple[str, ...]
    shapes: frozenset[str]
    """The shapes its words name: `#s-sheet`."""
    says_something: bool
    """True when the line itself names a series, or has a known word, sizes and qualifiers aside."""


def _is_word(position: Position) -> bool:
    """A known word of two letters, or a guessed one of four, or a series; neither a size nor a qualifier."""
    if position.token.stem.startswith(SERIES):
        return True
    if position.is_minor or position.token.is_hint or not position.is_known:
        return False
    is_sure = position.readings[0][1] >= EXPANDED
    return len(position.token.stem) >= (2 if is_sure else 4)


@dataclass(frozen=True)
class Opinion:
    """What one source of terms says: `weights` (lines by terms), and the shares that follow for each kind of code
    (`hs` by code, sparse)."""

    weights: sparse.csr_matrix
    hs: sparse.csr_matrix
    headings: Floats
    nace: Floats


@dataclass(frozen=True)
class Opinions:
    """All experts on the same lines. `quality` (0 to 1): how well the best term and the line cover each other;
    `recognised` (0 to 1): the share of the line's words that are known."""

    lexicon: Opinion
    tariff: Opinion
    network_headings: Floats
    network_nace: Floats
    matter: Floats
    quality: Floats
    recognised: Floats


def read_line(text: str, material: str | None, model: LineModel, capabilities: Capabilities) -> Reading:
    """The words of a line and its matter; `material` is what another column says of it, read as words that follow the
    line when it names a matter."""
    tokens = tokens_of(text)
    own = model.vocabulary.positions(tokens)
    beside = tuple(replace(token, segment=_FAR) for token in tokens_of(_named_matter(material, capabilities)))
    said = " . ".join(
        part for part in (material, text, *(_guessed_matter(position, model) for position in own)) if part
    )
    families = families_in(said, [token.stem for token in tokens + beside], capabilities)
    hints = tuple(Token(f"#m-{family}", family, False, _FAR, True) for family in families)
    shapes = frozenset(shape for token in tokens for shape in model.vocabulary.shapes.get(token.stem, ()))
    positions = model.vocabulary.positions(tokens + beside + hints)
    return Reading(positions, families, shapes, any(map(_is_word, own)))


def _named_matter(material: str | None, capabilities: Capabilities) -> str:
    """The words of a material column that name a matter, its remarks left out."""
    hits = capabilities.find(material or "")
    return " ".join(hit.words for hit in hits if hit.kind is CapabilityKind.MATERIAL)


def _guessed_matter(position: Position, model: LineModel) -> str:
    """The matter that an unknown word stands for: `polycarb` -> `polycarbonate`."""
    if position.token.is_hint or not position.readings or position.readings[0][1] == 1.0:
        return ""
    words = (model.vocabulary.words[word] for word, _ in position.readings[:2])
    return next((word for word in words if word in model.vocabulary.matters), "")


def folding(codes: Sequence[str], headings: Sequence[str]) -> sparse.csr_matrix:
    """Codes by headings: 1 where the code stands under the heading."""
    places = {heading: place for place, heading in enumerate(headings)}
    columns = [places[code[:4]] for code in codes]
    shape = (len(codes), len(headings))
    return sparse.csr_matrix((np.ones(len(codes)), (np.arange(len(codes)), columns)), shape=shape)


def opinion(pairs: Pairs, coefficients: Floats, terms: Terms, fold: sparse.csr_matrix) -> Opinion:
    """What the terms say, each weighing its softmax share."""
    shares = softmax_by_line(pairs.features @ coefficients, pairs) if len(pairs.line) else np.zeros(0)
    starts = np.concatenate([[0], np.cumsum(np.bincount(pairs.line, minlength=pairs.count))])
    weights = sparse.csr_matrix((shares, pairs.term, starts), shape=(pairs.count, terms.words.shape[0]))
    hs = (weights @ terms.hs).tocsr()
    return Opinion(weights, hs, (hs @ fold).toarray(), (weights @ terms.nace).toarray())


def opinions_on(readings: Sequence[Reading], model: LineModel, *, left_out: Sequence[frozenset[int]] = ()) -> Opinions:
    """Every expert on every line. `left_out[i]`: terms of the lexicon that line `i` must not see, to measure it."""
    positions = [reading.positions for reading in readings]
    lines = lines_of(positions, model.lexicon.idf, model.french_share)
    found = pairs_of(lines, model.lexicon)
    if left_out:
        found = without_terms(found, left_out)
    fold = folding(model.hs, model.headings)
    headings, nace = model.network.shares(features_of(positions, model.vocabulary.words))
    quality = np.zeros(len(readings))
    np.maximum.at(quality, found.line, found.features[:, _COVERED])
    return Opinions(
        lexicon=opinion(found, model.lexicon_score, model.lexicon, fold),
        tariff=opinion(pairs_of(lines, model.tariff), model.tariff_score, model.tariff, fold),
        network_headings=headings,
        network_nace=nace,
        matter=np.array([agreement(reading.families, model.headings) for reading in readings]).reshape(headings.shape),
        quality=quality,
        recognised=lines.recognised,
    )


def without_terms(pairs: Pairs, left_out: Sequence[frozenset[int]]) -> Pairs:
    kept = np.array(
        [term not in left_out[line] for line, term in zip(pairs.line.tolist(), pairs.term.tolist(), strict=True)],
        dtype=bool,
    )
    return Pairs(pairs.line[kept], pairs.term[kept], pairs.features[kept], pairs.count)


def pooled(shares: Sequence[Floats], quality: Floats, mix: Floats) -> Floats:
    """The logarithmic pool of experts: `softmax(sum_k (mix[k,0] + mix[k,1] q) log(share_k + FLOOR))` by line."""
    scores = np.zeros_like(shares[0])
    for share, (base, slope) in zip(shares, mix, strict=True):
        scores += (base + slope * quality)[:, None] * np.log(share + FLOOR)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def heading_experts(opinions: Opinions) -> tuple[Floats, ...]:
    """The experts on headings, in the order of the weights."""
    return opinions.lexicon.headings, opinions.tariff.headings, opinions.network_headings, opinions.matter


def nace_experts(opinions: Opinions, headings: Floats, links: sparse.csr_matrix) -> tuple[Floats, ...]:
    """The experts on NACE classes, in the order of the weights; the last follows from the headings."""
    return opinions.lexicon.nace, opinions.tariff.nace, opinions.network_nace, np.asarray(headings @ links)


def links_of(lexicon: Terms, tariff: Terms, fold: sparse.csr_matrix) -> sparse.csr_matrix:
    """Headings by classes: how the terms of a heading share out among classes; the tariff speaks where none does."""
    together = fold.T @ (lexicon.hs.T @ lexicon.nace) + 0.05 * (fold.T @ (tariff.hs.T @ tariff.nace))
    totals = np.asarray(together.sum(axis=1)).ravel()
    return sparse.diags(1.0 / np.maximum(totals, 1e-12)) @ together
