"""The model once the weights that join its experts are fitted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ancrage.dossier.bom.answers import Best, best_answers, described
from ancrage.dossier.bom.experts import (
    Opinions,
    Reading,
    folding,
    heading_experts,
    links_of,
    nace_experts,
    opinions_on,
    pooled,
    without_terms,
)
from ancrage.dossier.bom.lexical import lines_of, pairs_of
from ancrage.dossier.bom.line_model import LineModel, Reader
from ancrage.dossier.bom.six_digits import breakdown_of
from tools.classifier.attention import fitted, shares_acceptable
from tools.classifier.fitting import RANKS, Pool, fitted_mix, fitted_scale
from tools.classifier.samples import Sample

JUNK_WEIGHT = 0.5
HEADING_START, NACE_START = (1.0, 0.1, 0.4, 0.8), (0.7, 0.1, 0.3, 0.4)
SAYING_TOO_LITTLE = (3,)
"""Matter, and what follows from headings, keep about the weight they start with: too few lines tell."""


def good_answers(codes: tuple[str, ...], wanted: list[tuple[str, ...]]) -> np.ndarray:
    """Lines by codes: 1 where the code is acceptable."""
    place = {code: column for column, code in enumerate(codes)}
    good = np.zeros((len(wanted), len(codes)))
    for row, ones in enumerate(wanted):
        good[row, [place[code] for code in ones if code in place]] = 1.0
    return good


def with_scores(model: LineModel, lines: list[Sample], readings: list[Reading]) -> LineModel:
    """The model with the coefficients of the lexical scores fitted."""
    matrices = lines_of([reading.positions for reading in readings], model.lexicon.idf, model.french_share)
    fold = folding(model.hs, model.headings)
    heading, nace = {code: n for n, code in enumerate(model.headings)}, {code: n for n, code in enumerate(model.nace)}
    columns = [
        [[heading[c] for c in line.headings if c in heading] for line in lines],
        [[nace[c] for c in line.nace if c in nace] for line in lines],
    ]
    weights = np.array([line.weight for line in lines])
    scores = []
    for terms in (model.lexicon, model.tariff):
        pairs = pairs_of(matrices, terms)
        if terms is model.lexicon:
            pairs = without_terms(pairs, [line.left_out for line in lines])
        targets = [
            shares_acceptable(pairs, (terms.hs @ fold).tocsr(), columns[0]),
            shares_acceptable(pairs, terms.nace, columns[1]),
        ]
        scores.append(fitted(pairs, targets, weights))
    print("lexicon score", scores[0].round(2).tolist())
    return replace(model, lexicon_score=scores[0], tariff_score=scores[1])


def with_readers(model: LineModel, lines: list[Sample], readings: list[Reading], junk: list[Reading]) -> LineModel:
    """The model with its pools and its confidences fitted."""
    opinions = opinions_on(readings, model, left_out=[line.left_out for line in lines])
    weights = np.array([line.weight for line in lines])
    good = good_answers(model.headings, [line.headings for line in lines])
    mix = fitted_mix(Pool(heading_experts(opinions), opinions.quality, good, weights), HEADING_START, SAYING_TOO_LITTLE)
    links = links_of(model.lexicon, model.tariff, folding(model.hs, model.headings))
    headings = pooled(heading_experts(opinions), opinions.quality, mix)
    good_nace = good_answers(model.nace, [line.nace for line in lines])
    experts = nace_experts(opinions, headings, links)
    nace_mix = fitted_mix(Pool(experts, opinions.quality, good_nace, weights), NACE_START, SAYING_TOO_LITTLE)
    print("mix", mix.round(2).tolist(), nace_mix.round(2).tolist())
    model = replace(
        model,
        readers={
            "heading": Reader(mix, np.zeros(6)),
            "nace": Reader(nace_mix, np.zeros(6)),
            "hs": Reader(mix, np.zeros(6)),
        },
    )
    scales = fitted_scales(model, lines, opinions, opinions_on(junk, model))
    print("scales", {name: scale.round(2).tolist() for name, scale in scales.items()})
    return replace(model, readers={name: Reader(model.readers[name].mix, scales[name]) for name in model.readers})


def fitted_scales(
    model: LineModel, lines: list[Sample], opinions: Opinions, nothing: Opinions
) -> dict[str, np.ndarray]:
    """The coefficients of confidence of each kind of code; answers to junk lines (`nothing`) are all wrong."""
    best, void = best_of(model, opinions), best_of(model, nothing)
    wanted = {
        "heading": [line.headings for line in lines],
        "hs": [line.hs for line in lines],
        "nace": [line.nace for line in lines],
    }
    codes = {"heading": model.headings, "hs": model.hs, "nace": model.nace}
    scales = {}
    for name, found in best.items():
        right = np.array(
            [
                [float(codes[name][place] in ones) for place in places]
                for places, ones in zip(found.places.tolist(), wanted[name], strict=True)
            ]
        )
        told = np.array([line.weight * (bool(ones)) for line, ones in zip(lines, wanted[name], strict=True)])
        weights = np.concatenate([np.repeat(told, RANKS), np.full(void[name].places.size, JUNK_WEIGHT)])
        features = np.vstack([described(found, opinions), described(void[name], nothing)])
        scales[name] = fitted_scale(
            features, np.concatenate([right.ravel(), np.zeros(void[name].places.size)]), weights
        )
    return scales


def best_of(model: LineModel, opinions: Opinions) -> dict[str, Best]:
    """The first answers of lines, as the classifier gives them."""
    links = links_of(model.lexicon, model.tariff, folding(model.hs, model.headings)).tocsr()
    return best_answers(opinions, model, links, breakdown_of(model), RANKS)
