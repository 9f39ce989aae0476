"""Laws of the vocabulary: subsumption is a partial order, and names are found wherever they stand as words."""

import itertools
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kernel.errors import CatalogueError
from ancrage.reference.capability import Entry, load_capabilities, names_of, parse_capabilities
from ancrage.reference.phrase import compiled, fold, folded_words

VOCABULARY = load_capabilities()
IDENTIFIERS = sorted(VOCABULARY.entries)
NAMES = sorted({(name, entry.id) for entry in VOCABULARY.entries.values() for name in names_of(entry)})
BEFORE = ("", "rep. 4 : ", "(", "xx ", "plan 12-B, ", "Ø12 x 30 — ", "réf.\t", "« ", "l'", "d’")
AFTER = ("", ".", " xx", ", qté 4", ")", " »", " / rep. 7", "\n", "_v2")


def unaccented(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def hyphened(text: str) -> str:
    return text.replace(" ", "-")


WRITINGS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, unaccented, decomposed, hyphened)


# ---- subsumption ----


@given(st.sampled_from(IDENTIFIERS))
def test_an_offer_answers_its_own_need_and_is_not_above_itself(one: str) -> None:
    assert VOCABULARY.answers(one, one)
    assert one not in VOCABULARY.ancestors(one)


def test_two_entries_that_answer_each_other_are_the_same() -> None:
    for one, other in itertools.combinations(IDENTIFIERS, 2):
        assert not (VOCABULARY.answers(one, other) and VOCABULARY.answers(other, one)), (one, other)


def test_what_is_above_an_ancestor_is_above_the_entry() -> None:
    for one in IDENTIFIERS:
        for above in VOCABULARY.ancestors(one):
            assert VOCABULARY.ancestors(above) < VOCABULARY.ancestors(one), (one, above)


def test_an_ancestor_is_of_the_same_kind() -> None:
    for one in IDENTIFIERS:
        for above in VOCABULARY.ancestors(one):
            assert type(VOCABULARY.entry(above)) is type(VOCABULARY.entry(one))


def vocabulary_of(parents: list[list[int]]) -> dict[str, Any]:
    """A file of materials `m0`, `m1`, ... with these parents, and the least of everything else."""
    label = {"fr": "Autre", "en": "Other"}
    materials = [
        {
            "id": f"m{child}",
            "parents": [f"m{parent}" for parent in above],
            "label": {"fr": f"Matière {child}", "en": f"Material {child}"},
            "synonyms": {"fr": [f"mat {child}"], "en": [f"stuff {child}"]},
        }
        for child, above in enumerate(parents)
    ]
    other = {"label": label, "synonyms": {"fr": ["divers"], "en": ["various"]}}
    process = {"id": "p", "family": "f", "parents": [], **other, "naf": ["25.62B"], "nace": ["25.62"]}
    seal = {"label": {"fr": "Sceau", "en": "Seal"}, "synonyms": {"fr": ["sceau rouge"], "en": ["red seal"]}}
    return {
        "family": [{"id": "f", "label": label}],
        "process": [process],
        "material": materials,
        "certificate": [{"id": "c", **seal, "covers": label}],
    }


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 7))
    nodes = st.integers(0, size - 1)
    return [draw(st.lists(nodes, unique=True, max_size=3)) for _ in range(size)]


def reachable(parents: list[list[int]]) -> list[list[bool]]:
    """Warshall's transitive closure of the parents, as an oracle."""
    size = len(parents)
    closure = [[above in parents[child] for above in range(size)] for child in range(size)]
    for middle, child, above in itertools.product(range(size), repeat=3):
        closure[child][above] |= closure[child][middle] and closure[middle][above]
    return closure


@given(graphs())
def test_answers_are_reachability_and_circles_are_refused(parents: list[list[int]]) -> None:
    closure = reachable(parents)
    size = len(parents)
    if any(closure[node][node] for node in range(size)):
        with pytest.raises(CatalogueError, match=r"capability\.wrong"):
            parse_capabilities(vocabulary_of(parents))
        return
    vocabulary = parse_capabilities(vocabulary_of(parents))
    for child, above in itertools.product(range(size), repeat=2):
        expected = child == above or closure[child][above]
        assert vocabulary.answers(f"m{child}", f"m{above}") == expected


# ---- names ----


@pytest.mark.parametrize("write", WRITINGS)
def test_every_name_is_found_in_a_sentence_however_it_is_written(write: Callable[[str], str]) -> None:
    sentences = itertools.cycle(itertools.product(BEFORE, AFTER))
    for (name, identifier), (before, after) in zip(NAMES, sentences, strict=False):
        check_found(name, identifier, before + write(name) + after)


@given(st.sampled_from(NAMES), st.sampled_from(BEFORE), st.sampled_from(AFTER), st.sampled_from(WRITINGS))
def test_a_name_is_found_between_any_words(
    named: tuple[str, str], before: str, after: str, write: Callable[[str], str]
) -> None:
    name, identifier = named
    check_found(name, identifier, before + write(name) + after)


def check_found(name: str, identifier: str, text: str) -> None:
    hits = [hit for hit in VOCABULARY.find(text) if hit.id == identifier]
    assert hits, (text, VOCABULARY.find(text))
    assert folded_words(hits[0].words) == folded_words(name)


@given(st.text())
def test_hits_are_in_order_do_not_overlap_and_quote_the_text(text: str) -> None:
    check_hits(text)


@given(st.lists(st.sampled_from([name for name, _ in NAMES]), max_size=6).map(", ".join))
def test_hits_of_names_in_a_row_are_in_order_do_not_overlap_and_quote_the_text(text: str) -> None:
    check_hits(text)
    assert (VOCABULARY.find(text) == ()) == (text == "")


def check_hits(text: str) -> None:
    last = 0
    for hit in VOCABULARY.find(text):
        entry: Entry = VOCABULARY.entry(hit.id)
        assert last <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.words
        assert folded_words(hit.words) in {folded_words(name) for name in names_of(entry)}
        last = hit.end


LETTERS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3)


def leftmost_longest(names: set[tuple[str, ...]], words: list[str]) -> list[tuple[str, ...]]:
    """The naive reading: at each word try every name, longest first."""
    found, position = [], 0
    while position < len(words):
        fitting = [name for name in names if tuple(words[position : position + len(name)]) == name]
        best = max(fitting, key=len, default=None)
        position += len(best) if best else 1
        found += [best] if best else []
    return found


@given(st.lists(LETTERS, max_size=8), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_phrasebook_agrees_with_the_naive_reading(names: list[list[str]], words: list[str]) -> None:
    book = compiled((" ".join(name), "-".join(name)) for name in names)
    read = [tuple(span.target.split("-")) for span in book.spans(" ".join(words))]
    assert read == leftmost_longest({tuple(name) for name in names}, words)


EUROPEAN = st.text(st.characters(max_codepoint=0x17F))


@given(EUROPEAN)
def test_folding_does_not_depend_on_case_nor_on_how_accents_are_coded(word: str) -> None:
    assert fold(word.casefold()) == fold(word)
    assert folded_words(unicodedata.normalize("NFC", word)) == folded_words(unicodedata.normalize("NFD", word))
