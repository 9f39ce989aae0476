"""What one gets without lexicon, shop-floor rules or learning: the nearest label of the tariff, by words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from tools.classifier.corpus import nace_of, tariff_labels

_WORD = re.compile(r"[a-z]{2,}")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(part for part in plain if not unicodedata.combining(part)))


def nearest_labels(
    texts: Sequence[str], top: int = 5
) -> tuple[list[list[tuple[str, float]]], list[list[tuple[str, float]]]]:
    """Headings and classes of the labels nearest to each text (cosine of TF-IDF), with their likeness."""
    labels = list(tariff_labels())
    vectorizer = TfidfVectorizer(analyzer=_words, sublinear_tf=True)
    known = vectorizer.fit_transform([label.text for label in labels])
    headings, classes = [], []
    for row in vectorizer.transform(texts) @ known.T:
        likeness = row.toarray().ravel()
        best = [place for place in np.argsort(-likeness, kind="stable")[:200] if likeness[place] > 0.0]
        headings.append(_distinct([(labels[place].hs[0][:4], float(likeness[place])) for place in best], top))
        classes.append(
            _distinct([(code, float(likeness[place])) for place in best for code in nace_of(labels[place].hs[0])], top)
        )
    return headings, classes


def _distinct(ranked: list[tuple[str, float]], top: int) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for code, likeness in ranked:
        found.setdefault(code, likeness)
    return list(found.items())[:top]
