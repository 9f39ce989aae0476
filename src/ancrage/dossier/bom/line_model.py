"""The arrays of the line classifier, as embedded in the catalogue: `models/line_classifier.npz`.

The file is made by `tools/train_classifier.py` from the catalogue alone; nothing in it is code. Its sha-256 stands in
the evidence of every classification.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ancrage.dossier.bom.lexical import Floats, Terms
from ancrage.dossier.bom.network import Network
from ancrage.dossier.bom.vocabulary import Vocabulary
from ancrage.kernel.errors import CatalogueError

FILE = "models/line_classifier.npz"


@dataclass(frozen=True)
class Reader:
    """How one kind of code (heading, six-digit code, class) is read from the experts.

    `mix` weighs the logarithms of what each expert says; `scale` turns a mixed share into a confidence: see
    `confidence.calibrated`.
    """

    mix: Floats
    scale: Floats


@dataclass(frozen=True)
class LineModel:
    """Everything the classifier knows."""

    sha256: str
    vocabulary: Vocabulary
    french_share: Floats
    lexicon: Terms
    tariff: Terms
    lexicon_score: Floats
    tariff_score: Floats
    network: Network
    headings: tuple[str, ...]
    hs: tuple[str, ...]
    nace: tuple[str, ...]
    processes: tuple[str, ...]
    term_texts: tuple[str, ...]
    tariff_codes: tuple[str, ...]
    readers: Mapping[str, Reader]


def load_model() -> LineModel:
    """The embedded model. Raises `CatalogueError` when the file is absent or damaged."""
    try:
        content = resources.files("ancrage").joinpath("catalogue", *FILE.split("/")).read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return _model(arrays, hashlib.sha256(content).hexdigest())
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise CatalogueError("classify.model_unreadable", file=FILE, reason=str(error)) from error


def matrix_arrays(name: str, matrix: sparse.csr_matrix, *, ones: bool = False) -> dict[str, NDArray[Any]]:
    """A sparse matrix as arrays; `ones` leaves out values that are all 1."""
    arrays = {f"{name}.starts": matrix.indptr.astype(np.int32), f"{name}.columns": matrix.indices.astype(np.int32)}
    return arrays if ones else {**arrays, f"{name}.values": matrix.data.astype(np.float32)}


def _matrix(arrays: Mapping[str, NDArray[Any]], name: str, width: int) -> sparse.csr_matrix:
    columns = arrays[f"{name}.columns"]
    values = arrays[f"{name}.values"].astype(np.float64) if f"{name}.values" in arrays else np.ones(len(columns))
    starts = arrays[f"{name}.starts"]
    return sparse.csr_matrix((values, columns, starts), shape=(len(starts) - 1, width))


def _terms(arrays: Mapping[str, NDArray[Any]], name: str, words: int, sizes: tuple[int, int, int]) -> Terms:
    return Terms(
        words=_matrix(arrays, f"{name}.words", words),
        heads=_matrix(arrays, f"{name}.heads", words),
        idf=arrays["idf"].astype(np.float64),
        french=arrays[f"{name}.french"].astype(np.float64),
        hs=_matrix(arrays, f"{name}.hs", sizes[0]),
        nace=_matrix(arrays, f"{name}.nace", sizes[1]),
        process=_matrix(arrays, f"{name}.process", sizes[2]),
    )


def _model(arrays: Mapping[str, NDArray[Any]], sha256: str) -> LineModel:
    said: dict[str, Any] = json.loads(arrays["said"].tobytes().decode("utf-8"))
    words, hs, nace, processes = (tuple(said[name]) for name in ("words", "hs", "nace", "processes"))
    sizes = (len(hs), len(nace), len(processes))
    vocabulary = Vocabulary(
        words=words,
        frequency=arrays["frequency"],
        abbreviations={short: tuple(long) for short, long in said["abbreviations"].items()},
        minor=frozenset(said["minor"]),
        shapes={stem: tuple(shapes) for stem, shapes in said["shapes"].items()},
        matters=frozenset(said["matters"]),
    )
    headings = tuple(said["headings"])
    return LineModel(
        sha256=sha256,
        vocabulary=vocabulary,
        french_share=arrays["french_share"].astype(np.float64),
        lexicon=_terms(arrays, "lexicon", len(words), sizes),
        tariff=_terms(arrays, "tariff", len(words), sizes),
        lexicon_score=arrays["lexicon.score"],
        tariff_score=arrays["tariff.score"],
        network=Network.from_arrays(arrays, headings, nace),
        headings=headings,
        hs=hs,
        nace=nace,
        processes=processes,
        term_texts=tuple(said["term_texts"]),
        tariff_codes=tuple(said["tariff_codes"]),
        readers={name: Reader(arrays[f"{name}.mix"], arrays[f"{name}.scale"]) for name in ("heading", "hs", "nace")},
    )
