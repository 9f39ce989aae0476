"""Trains the line classifier from the catalogue and writes `catalogue/models/line_classifier.npz`.

    python -m tools.train_classifier

Only the committed catalogue and the `look` half of the labelled lines are read; the `sealed` half never is. Seeded: the
same catalogue gives the same model on one machine (sums of floating numbers may differ in the last digits on another).
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import numpy as np

from ancrage.dossier.bom.experts import read_line
from ancrage.dossier.bom.line_model import LineModel, Reader, matrix_arrays
from ancrage.dossier.bom.network import Network, features_of, reduced
from tools.classifier.attention import START
from tools.classifier.augment import junk_line, line_from
from tools.classifier.corpus import MODELS, Term, lexicon_terms, tariff_labels
from tools.classifier.index import Index, built_index, shared_out, sparse_rows
from tools.classifier.inputs import RECORD, trained_on
from tools.classifier.joining import with_readers, with_scores
from tools.classifier.learning import trained
from tools.classifier.samples import samples

SEED = 20260401
COPIES = 4
EPOCHS = 8
HELD_ROWS = 600
JUNK_LINES = 200
LABEL_WEIGHT, LABEL_LENGTH = 0.3, 160


def empty_model(index: Index, network: Network, headings: tuple[str, ...]) -> LineModel:
    """The model before its joining weights are fitted."""
    start = Reader(np.array([[1.0, 0.0], [0.1, 0.0], [0.4, 0.0], [0.3, 0.0]]), np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0]))
    return LineModel(
        sha256="",
        vocabulary=index.vocabulary,
        french_share=index.french_share,
        lexicon=index.lexicon_terms,
        tariff=index.tariff_terms,
        lexicon_score=START,
        tariff_score=START,
        network=network,
        headings=headings,
        hs=index.hs,
        nace=index.nace,
        processes=index.processes,
        term_texts=tuple(document.text for document in index.lexicon),
        tariff_codes=tuple(next(iter(document.hs)) for document in index.tariff),
        readers={"heading": start, "hs": start, "nace": start},
    )


def learnt_network(index: Index, held: frozenset[str], model: LineModel) -> Network:
    """The network, trained on every entry of the lexicon but the held ones, and on the labels of the tariff."""
    examples = _examples(held)
    readings = [read_line(text, None, model, index.capabilities) for _, text, _ in examples]
    features = features_of([reading.positions for reading in readings], index.vocabulary.words)
    headings = {heading: column for column, heading in enumerate(model.headings)}
    classes = {code: column for column, code in enumerate(model.nace)}
    wanted = (
        sparse_rows([_summed(headings, shared_out(term.hs), 4) for term, _, _ in examples], len(headings)),
        sparse_rows([_summed(classes, shared_out(term.nace), 5) for term, _, _ in examples], len(classes)),
    )
    return trained(features, wanted, np.array([weight for _, _, weight in examples]), EPOCHS, SEED)


def _examples(held: frozenset[str]) -> list[tuple[Term, str, float]]:
    """Terms, a line made of each, and what it weighs."""
    random = np.random.default_rng(SEED)
    found = []
    for term in lexicon_terms():
        if term.row not in held and term.hs:
            found += [(term, text, 1.0) for text in (term.text, *(line_from(term, random) for _ in range(COPIES - 1)))]
    return found + [(term, term.text[:LABEL_LENGTH], LABEL_WEIGHT) for term in tariff_labels()]


def _summed(places: dict[str, int], shares: dict[str, float], length: int) -> dict[int, float]:
    """Shares by column, codes cut to a length."""
    total: dict[int, float] = {}
    for code, share in shares.items():
        column = places[code[:length]]
        total[column] = total.get(column, 0.0) + share
    return total


def written(model: LineModel) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of the model file."""
    vocabulary = model.vocabulary
    said = {
        "words": vocabulary.words,
        "abbreviations": vocabulary.abbreviations,
        "minor": sorted(vocabulary.minor),
        "shapes": vocabulary.shapes,
        "matters": sorted(vocabulary.matters),
        "headings": model.headings,
        "hs": model.hs,
        "nace": model.nace,
        "processes": model.processes,
        "term_texts": model.term_texts,
        "tariff_codes": model.tariff_codes,
    }
    arrays = {
        "said": np.frombuffer(json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8"), dtype=np.uint8),
        "idf": model.lexicon.idf.astype(np.float32),
        "frequency": vocabulary.frequency,
        "french_share": model.french_share.astype(np.float32),
        "lexicon.score": model.lexicon_score,
        "tariff.score": model.tariff_score,
    }
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
    model = replace(model, network=learnt_network(index, held, model))
    print(f"held network {time.perf_counter() - begun:.0f} s")
    lines = samples(index, held, SEED + 1)
    readings = [read_line(line.text, None, model, index.capabilities) for line in lines]
    random = np.random.default_rng(SEED + 2)
    junk = [read_line(junk_line(random), None, model, index.capabilities) for _ in range(JUNK_LINES)]
    model = with_scores(model, lines, readings)
    model = with_readers(model, lines, readings, junk)
    model = replace(model, network=learnt_network(index, frozenset(), model))
    target = MODELS / "line_classifier.npz"
    np.savez_compressed(target, allow_pickle=False, **written(model))
    RECORD.write_text(trained_on(), "utf-8")
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
