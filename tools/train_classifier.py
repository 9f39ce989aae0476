"""Trains the line classifier from the catalogue and writes `catalogue/models/line_classifier.npz`.

    python -m tools.train_classifier

Only the committed catalogue and the `look` half of the labelled lines are read; the `sealed` half never is. Seeded: the
same catalogue gives the same model on one machine (sums of floating numbers may differ in the last digits on another).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace

import numpy as np

from ancrage.dossier.bom.experts import (
    Opinions, Reading, folding, heading_experts, links_of, nace_experts, opinions_on, pooled, read_line, six_digits, usual_codes,
    without_terms,
)  # fmt: skip
from ancrage.dossier.bom.lexical import lines_of, pairs_of
from ancrage.dossier.bom.line_model import LineModel, Reader, matrix_arrays
from ancrage.dossier.bom.network import Network, features_of, reduced
from tools.classifier.attention import START, fitted, shares_acceptable
from tools.classifier.augment import junk_line, line_from
from tools.classifier.corpus import MODELS, Term, labelled_lines, lexicon_terms, tariff_labels
from tools.classifier.fitting import answers, fitted_mix, fitted_scale
from tools.classifier.index import Index, _csr, built_index, shared_out
from tools.classifier.learning import trained

SEED = 20260401
COPIES = 4
EPOCHS = 8
HELD_ROWS = 600
LOOK_WEIGHT, HELD_WEIGHT, KNOWN_WEIGHT, JUNK_WEIGHT = 4.0, 0.25, 0.25, 0.5


@dataclass(frozen=True)
class Sample:
    """A line with its acceptable codes; `left_out`: the terms it must not see."""

    text: str
    headings: tuple[str, ...]
    hs: tuple[str, ...]
    nace: tuple[str, ...]
    weight: float
    left_out: frozenset[int] = frozenset()


def empty_model(index: Index, network: Network, headings: tuple[str, ...]) -> LineModel:
    """The model before its joining weights are fitted."""
    start = Reader(np.array([[1.0, 0.0], [0.1, 0.0], [0.4, 0.0]]), np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0]))
    return LineModel(
        sha256="", vocabulary=index.vocabulary, french_share=index.french_share, lexicon=index.lexicon_terms, tariff=index.tariff_terms,
        lexicon_score=START, tariff_score=START, network=network, headings=headings, hs=index.hs, nace=index.nace,
        processes=index.processes, term_texts=tuple(document.text for document in index.lexicon),
        tariff_codes=tuple(next(iter(document.hs)) for document in index.tariff), readers={"heading": start, "hs": start, "nace": start},
    )  # fmt: skip


def learnt_network(
    index: Index, headings: tuple[str, ...], held: frozenset[str], model: LineModel, seed: int
) -> Network:
    """The network, trained on every entry of the lexicon but the held ones, and on the labels of the tariff."""
    random = np.random.default_rng(seed)
    terms, texts, weights = [], [], []
    for term in lexicon_terms():
        if term.row not in held and term.hs:
            terms += [term] * COPIES
            texts += [term.text, *(line_from(term, random) for _ in range(COPIES - 1))]
            weights += [1.0] * COPIES
    for term in tariff_labels():
        terms.append(term)
        texts.append(term.text[:160])
        weights.append(0.3)
    readings = [read_line(text, None, model, index.capabilities) for text in texts]
    features = features_of([reading.positions for reading in readings], index.vocabulary.words)
    place = {heading: column for column, heading in enumerate(headings)}
    of_nace = {code: column for column, code in enumerate(index.nace)}
    heading_rows = [
        _summed([(place[code[:4]], weight) for code, weight in shared_out(term.hs).items()]) for term in terms
    ]
    nace_rows = [{of_nace[code]: weight for code, weight in shared_out(term.nace).items()} for term in terms]
    return trained(
        features, _csr(heading_rows, len(headings)), _csr(nace_rows, len(index.nace)), np.array(weights), EPOCHS, seed
    )


def _summed(pairs: list[tuple[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for column, weight in pairs:
        total[column] = total.get(column, 0.0) + weight
    return total


def samples(index: Index, held: frozenset[str]) -> list[Sample]:
    """Lines to fit the joining weights on: the `look` half, lines of held entries (their terms hidden) and of others."""
    random = np.random.default_rng(SEED + 1)
    by_row: dict[str, set[int]] = {}
    for number, document in enumerate(index.lexicon):
        for row in document.rows:
            by_row.setdefault(row, set()).add(number)
    found = [Sample(line.text, line.headings, line.hs, line.nace, LOOK_WEIGHT) for line in labelled_lines("look")]
    pool = [term for term in lexicon_terms() if term.hs]
    for term in _drawn([term for term in pool if term.row in held], 800, random):
        found.append(_sample(term, random, HELD_WEIGHT, frozenset(by_row[term.row])))
    for term in _drawn([term for term in pool if term.row not in held], 500, random):
        found.append(_sample(term, random, KNOWN_WEIGHT, frozenset()))
    return found


def _drawn(terms: list[Term], most: int, random: np.random.Generator) -> list[Term]:
    return [terms[place] for place in random.choice(len(terms), min(most, len(terms)), replace=False)]


def _sample(term: Term, random: np.random.Generator, weight: float, left_out: frozenset[int]) -> Sample:
    hs = tuple(code for code in term.hs if len(code) == 6)
    return Sample(
        line_from(term, random), tuple(dict.fromkeys(code[:4] for code in term.hs)), hs, term.nace, weight, left_out
    )


def good_answers(codes: tuple[str, ...], wanted: list[tuple[str, ...]]) -> np.ndarray:
    """Lines by codes: 1 where the code is acceptable."""
    place = {code: column for column, code in enumerate(codes)}
    good = np.zeros((len(wanted), len(codes)))
    for row, ones in enumerate(wanted):
        good[row, [place[code] for code in ones if code in place]] = 1.0
    return good


def with_scores(model: LineModel, index: Index, lines: list[Sample], readings: list[Reading]) -> LineModel:
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
    mix = fitted_mix(heading_experts(opinions), opinions.quality, good, weights, (1.0, 0.1, 0.4))
    links = links_of(model.lexicon, model.tariff, folding(model.hs, model.headings))
    headings = pooled(heading_experts(opinions), opinions.quality, mix)
    good_nace = good_answers(model.nace, [line.nace for line in lines])
    nace_mix = fitted_mix(
        nace_experts(opinions, headings, links), opinions.quality, good_nace, weights, (0.7, 0.1, 0.3, 0.3)
    )
    print("mix", mix.round(2).tolist(), nace_mix.round(2).tolist())
    model = replace(
        model,
        readers={
            "heading": Reader(mix, np.zeros(6)),
            "nace": Reader(nace_mix, np.zeros(6)),
            "hs": Reader(mix, np.zeros(6)),
        },
    )
    mixed = shares_of(model, opinions)
    wanted = {"heading": good, "nace": good_nace, "hs": good_answers(model.hs, [line.hs for line in lines])}
    nothing = opinions_on(junk, model)
    scales = {}
    for name, share in mixed.items():
        kept = np.array([bool(line.hs) or name != "hs" for line in lines])
        features, right, owner = answers(
            share[kept], wanted[name][kept], opinions.quality[kept], opinions.recognised[kept]
        )
        empty, wrong, _ = answers(
            shares_of(model, nothing)[name], np.zeros((len(junk), share.shape[1])), nothing.quality, nothing.recognised
        )
        scales[name] = fitted_scale(
            np.vstack([features, empty]),
            np.concatenate([right, wrong]),
            np.concatenate([weights[kept][owner], np.full(len(wrong), JUNK_WEIGHT)]),
        )
    print("scales", {name: scale.round(2).tolist() for name, scale in scales.items()})
    return replace(model, readers={name: Reader(model.readers[name].mix, scales[name]) for name in model.readers})


def shares_of(model: LineModel, opinions: Opinions) -> dict[str, np.ndarray]:
    """The pooled shares of each kind of code."""
    links = links_of(model.lexicon, model.tariff, folding(model.hs, model.headings))
    headings = pooled(heading_experts(opinions), opinions.quality, model.readers["heading"].mix)
    nace = pooled(nace_experts(opinions, headings, links), opinions.quality, model.readers["nace"].mix)
    return {"heading": headings, "nace": nace, "hs": six_digits(headings, opinions, model, usual_codes(model.lexicon))}


def written(model: LineModel) -> dict[str, np.ndarray]:
    """The arrays of the model file."""
    vocabulary = model.vocabulary
    said = {
        "words": vocabulary.words, "abbreviations": vocabulary.abbreviations, "minor": sorted(vocabulary.minor), "shapes": vocabulary.shapes,
        "matters": sorted(vocabulary.matters), "headings": model.headings, "hs": model.hs, "nace": model.nace, "processes": model.processes,
        "term_texts": model.term_texts, "tariff_codes": model.tariff_codes,
    }  # fmt: skip
    arrays = {
        "said": np.frombuffer(json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8"), dtype=np.uint8),
        "idf": model.lexicon.idf.astype(np.float32), "frequency": vocabulary.frequency, "french_share": model.french_share.astype(np.float32),
        "lexicon.score": model.lexicon_score, "tariff.score": model.tariff_score,
    }  # fmt: skip
    for name, terms in (("lexicon", model.lexicon), ("tariff", model.tariff)):
        arrays |= {f"{name}.french": terms.french.astype(np.float32)}
        arrays |= matrix_arrays(f"{name}.words", terms.words, ones=True) | matrix_arrays(
            f"{name}.heads", terms.heads, ones=True
        )
        for kind in ("hs", "nace", "process"):
            arrays |= matrix_arrays(f"{name}.{kind}", getattr(terms, kind))
    for name in ("first", "heading", "nace"):
        arrays |= reduced(f"network.{name}", getattr(model.network, name))
    for name, reader in model.readers.items():
        arrays |= {f"{name}.mix": reader.mix, f"{name}.scale": reader.scale}
    return arrays


def main() -> None:
    """Build the index, learn with some entries held, fit the joining weights on them, then learn again with all."""
    begun = time.perf_counter()
    index = built_index()
    headings = tuple(sorted({code[:4] for code in index.hs}))
    rows = sorted({term.row for term in lexicon_terms()})
    held = frozenset(np.random.default_rng(SEED).choice(rows, HELD_ROWS, replace=False).tolist())
    blank = Network(
        *(np.zeros(shape, dtype=np.float32) for shape in ((1, 1), (1, len(headings)), (1, len(index.nace))))
    )
    model = empty_model(index, blank, headings)
    print(f"{len(index.lexicon)} terms, {len(index.vocabulary.words)} words, {time.perf_counter() - begun:.0f} s")
    model = replace(model, network=learnt_network(index, headings, held, model, SEED))
    print(f"held network {time.perf_counter() - begun:.0f} s")
    lines = samples(index, held)
    readings = [read_line(line.text, None, model, index.capabilities) for line in lines]
    random = np.random.default_rng(SEED + 2)
    junk = [read_line(junk_line(random), None, model, index.capabilities) for _ in range(200)]
    model = with_scores(model, index, lines, readings)
    model = with_readers(model, lines, readings, junk)
    model = replace(model, network=learnt_network(index, headings, frozenset(), model, SEED))
    target = MODELS / "line_classifier.npz"
    np.savez_compressed(target, allow_pickle=False, **written(model))
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
