"""The labelled texts of the catalogue: lexicon, rules of matter, labels of the tariff."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ancrage.kernel.codes import HsCode
from ancrage.reference.nomenclature import cn2023, hs2022, nace_of_hs, naf_rev2

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src" / "ancrage" / "catalogue"
LEXICON = CATALOGUE / "lexicon"
MODELS = CATALOGUE / "models"
WORK_ON_PARTS = frozenset({"13.30", "24.51", "24.52", "24.53", "24.54", "25.50", "25.61", "25.62"})
"""Classes of work done on parts (casting, forging, machining, finishing): processes, unless the correspondence of
customs codes and activities gives them as a product."""
CPA_WITHOUT_CLASS = {"31.00": ("31.01", "31.09")}
_EXCLUDED = re.compile(
    r"\((?:à l'excl|à l'exclusion|excl|sauf|autres que|other than|except)[^()]*(?:\([^()]*\)[^()]*)*\)"
    r"|\bn\.d\.a\.|\bn\.e\.s\.?",
    re.IGNORECASE,
)
_SEE_ALSO = re.compile(r"(?:,\s*)?(?:autres que|other than|à l'exclusion d|excluding|except)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A labelled text. `hs` and `nace` are ordered, best first; `row` names the entry it comes from."""

    text: str
    lang: str
    hs: tuple[str, ...]
    nace: tuple[str, ...]
    process: tuple[str, ...]
    row: str


@dataclass(frozen=True)
class LabelledLine:
    """A line of the test set and its acceptable answers."""

    text: str
    lang: str
    domain: str
    headings: tuple[str, ...]
    hs: tuple[str, ...]
    nace: tuple[str, ...]


def classes_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """NACE classes that exist: CPA 31.00, which has none, becomes the classes it is made in."""
    found = [new for code in codes for new in CPA_WITHOUT_CLASS.get(code, (code,))]
    return tuple(dict.fromkeys(code for code in found if naf_rev2().exists(code)))


def nace_of(hs: str) -> tuple[str, ...]:
    """The class of a code of four or six digits."""
    return classes_of((nace_of_hs(HsCode(hs)).code,))


def product_classes(hs: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of an entry that are products, those of its codes when none is left."""
    own = tuple(dict.fromkeys(found for code in hs for found in nace_of(code)))
    return tuple(code for code in given if code in own or code not in WORK_ON_PARTS) or own


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def lexicon_terms() -> Iterator[Term]:
    """Every surface form of every file of the lexicon."""
    for path in sorted(LEXICON.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                hs = tuple(code for code in _split(row["hs"]) if hs2022().exists(code))
                nace = product_classes(hs, classes_of(_split(row["nace"])))
                for form in row["term"].split("|"):
                    if form.strip():
                        yield Term(form.strip(), row["lang"], hs, nace, _split(row["process"]), f"{path.stem}:{number}")


def rule_terms() -> Iterator[Term]:
    """The rules of matter, as terms of two hints."""
    with (MODELS / "material_rules.csv").open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=2):
            yield Term(
                f"{row['shape']} #m-{row['material']}",
                "",
                _split(row["hs"]),
                classes_of(_split(row["nace"])),
                (),
                f"rule:{number}",
            )


def without_exclusions(label: str) -> str:
    """A tariff label without what it says it is not."""
    return _SEE_ALSO.sub("", _EXCLUDED.sub(" ", label))


def tariff_terms() -> Iterator[Term]:
    """One text for each six-digit code and language: its own label from the heading down, and those of its CN codes."""
    below: dict[str, list[str]] = {}
    for item in cn2023().items.values():
        below.setdefault(item.code[:6], []).append(item.code)
    for item in hs2022().items.values():
        if item.level != "subheading":
            continue
        nace = nace_of(item.code)
        for lang in ("fr", "en"):
            labels = [
                hs2022().text(item.code, lang),
                *(cn2023().label(code, lang) for code in below.get(item.code, ())),
            ]
            yield Term(" ; ".join(map(without_exclusions, labels)), lang, (item.code,), nace, (), f"hs:{item.code}")


def tariff_labels() -> Iterator[Term]:
    """Each label of the tariff by itself, headings, six-digit and CN codes: examples to learn from."""
    for item in (*hs2022().items.values(), *cn2023().items.values()):
        if len(item.code) >= 4:
            for lang in ("fr", "en"):
                text = item.text_fr if lang == "fr" else item.text_en
                hs = item.code[:6]
                if hs2022().exists(hs[:4]):
                    yield Term(without_exclusions(text), lang, (hs,), nace_of(hs), (), f"cn:{item.code}")


def labelled_lines(half: str) -> tuple[LabelledLine, ...]:
    """A half of the test set, `look` or `sealed`, or the lines written `later`."""
    path = ROOT / "tests" / "golden" / "classify" / f"{half}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            LabelledLine(
                row["text"], row["lang"], row["domain"], _split(row["headings"]), _split(row["hs"]), _split(row["nace"])
            )
            for row in csv.DictReader(stream)
        )
