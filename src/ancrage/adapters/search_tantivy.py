"""Text search over the register, with Tantivy (fulfils `ports.SearchIndex`).

An index is a vintage of its own, `<source>-index`, built from a vintage of the register. Its files bear random names,
so the same register gives indexes of different hashes that answer alike: a dossier cites the register, not the index.

Words are folded (no accent, no case) before stemming, in the register and in the question alike, because the register
writes DECOUPAGE and people write "découpé". A final `ée`, `ées` is written `e` first: the French stemmer would keep
"decoupee" and "decoupe" apart once the accents are gone.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from ancrage.kernel.errors import VintageError
from ancrage.kernel.ports import Box, Hit, Search
from ancrage.reference.nomenclature import naf_rev2

_COLUMNS = ("siret", "name", "activity", "band", "department", "longitude", "latitude", "active", "statement")
_HEAP_BYTES = 128_000_000
_BATCH = 20_000
_STOP_WORDS = "a au aux avec d dans de des du en et l la le les ou par pour sur un une qu que".split()  # noqa: SIM905
_FINAL_E = re.compile(r"ees?\b")
_SCORE_DIGITS = 5
_ANALYZER = "folded_french"


class TantivyIndex:
    """A search index, opened read-only. Raises `VintageError` when its files are not an index of this version."""

    def __init__(self, folder: Path) -> None:
        self._analyzer = analyzer()
        # Tantivy writes a lock file beside an index that it opens, and a vintage is never written: it sees links to
        # the files, which may go once all of them are mapped.
        with tempfile.TemporaryDirectory(prefix="ancrage-index-") as links:
            for path in folder.iterdir():
                (Path(links) / path.name).symlink_to(path.absolute())
            try:
                self._index = tantivy.Index.open(links)
            except (ValueError, OSError) as error:
                raise VintageError("sources.index.unreadable", folder=folder.name) from error
            self._index.register_tokenizer(_ANALYZER, self._analyzer)
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()

    @classmethod
    def build(cls, table: Path, folder: Path) -> None:
        """Index a Parquet file of the register into an empty folder."""
        index = tantivy.Index(_schema(), str(folder), sort_by_field="siret")
        index.register_tokenizer(_ANALYZER, analyzer())
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        labels = {code: item.label_fr for code, item in naf_rev2().items.items()}
        for row in _rows(table):
            writer.add_document(_document(row, labels))
        writer.commit()
        writer.wait_merging_threads()
        for lock in folder.glob(".tantivy-*.lock"):
            lock.unlink()

    def search(self, question: Search) -> Sequence[Hit]:
        """The best establishments, best first, ties by SIRET. Without text, all score 0 and come by SIRET.

        A word of the question that the register does not hold counts for nothing; at least one must be found.
        """
        words = words_of(question.text, self._analyzer)
        if question.limit < 1 or (question.text.strip() and not words):
            return []
        query = self._query(words, question)
        found = self._by_score(query, question.limit) if words else self._by_siret(query, question.limit)
        return [Hit(f"{siret:014d}", score, self._found(address, words)) for score, siret, address in found]

    def _query(self, words: Mapping[str, str], question: Search) -> tantivy.Query:
        clauses = [(tantivy.Occur.Must, tantivy.Query.const_score_query(f, 0.0)) for f in self._filters(question)]
        terms = [tantivy.Query.term_query(self._index.schema, "text", stem) for stem in words]
        if terms:
            any_word = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
            clauses.append((tantivy.Occur.Must, any_word))
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()

    def _filters(self, question: Search) -> Iterator[tantivy.Query]:
        schema = self._index.schema
        lists = (("activity", question.activities), ("department", question.departments), ("band", question.bands))
        for field, values in lists:
            if values:
                yield tantivy.Query.term_set_query(schema, field, list(values))
        if not question.with_closed:
            yield tantivy.Query.term_query(schema, "active", "true")
        if question.box is not None:
            yield from self._within(question.box)

    def _within(self, box: Box) -> Iterator[tantivy.Query]:
        bounds = {"longitude": (box.west, box.east), "latitude": (box.south, box.north)}
        for field, (low, high) in bounds.items():
            yield tantivy.Query.range_query(self._index.schema, field, tantivy.FieldType.Float, low, high)

    def _by_siret(self, query: tantivy.Query, limit: int) -> list[tuple[float, int, Any]]:
        hits = self._searcher.search(query, limit, count=False, order_by_field="siret", order=tantivy.Order.Asc).hits
        return [(0.0, siret, address) for siret, address in hits]

    def _by_score(self, query: tantivy.Query, limit: int) -> list[tuple[float, int, Any]]:
        """The best `limit`, ties by SIRET: all that tie with the last one are looked at before it is cut."""
        asked = limit + 1
        while True:
            hits = self._searcher.search(query, asked, count=False).hits
            scores = [round(score, _SCORE_DIGITS) for score, _ in hits]
            if len(hits) < asked or scores[-1] < scores[limit - 1]:
                break
            asked *= 4
        sirets = self._searcher.fast_field_values("siret", [address for _, address in hits])
        ranked = zip(scores, sirets, [address for _, address in hits], strict=True)
        return sorted(ranked, key=lambda hit: (-hit[0], hit[1]))[:limit]

    def _found(self, address: Any, words: Mapping[str, str]) -> tuple[str, ...]:
        if not words:
            return ()
        stored = self._searcher.doc(address).to_dict().get("text", [])
        stems = {stem for text in stored for stem in self._analyzer.analyze(text)}
        return tuple(word for stem, word in words.items() if stem in stems)


def analyzer() -> tantivy.TextAnalyzer:
    """Folded text to stems."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.custom_stopword(_STOP_WORDS))
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )


def folded(text: str) -> str:
    """Without accents nor case; `œ` and `æ` as two letters; a final `ée`, `ées` as `e`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _FINAL_E.sub("e", plain)


def words_of(text: str, analysis: tantivy.TextAnalyzer) -> dict[str, str]:
    """The stems of a question, each with the first word that gave it, in the order of the question."""
    found: dict[str, str] = {}
    for word in re.findall(r"\w+", text):
        for stem in analysis.analyze(folded(word)):
            found.setdefault(stem, word)
    return found


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("siret", indexed=True, fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name=_ANALYZER, index_option="freq")
    for field in ("activity", "department", "band", "active"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("longitude", "latitude"):
        builder.add_float_field(field, fast=True)
    return builder.build()


def _rows(table: Path) -> Iterator[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(table) as file:
        for batch in file.iter_batches(_BATCH, columns=list(_COLUMNS)):
            yield from batch.to_pylist()


def _document(row: Mapping[str, Any], labels: Mapping[str, str]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("siret", int(row["siret"]))
    for text in (row["name"], labels.get(row["activity"] or ""), row["statement"]):
        if text:
            document.add_text("text", folded(text))
    for prefix in _prefixes(row["activity"]):
        document.add_text("activity", prefix)
    for field in ("department", "band"):
        if row[field] is not None:
            document.add_text(field, row[field])
    document.add_text("active", "true" if row["active"] else "false")
    for field in ("longitude", "latitude"):
        if row[field] is not None:
            document.add_float(field, row[field])
    return document


def _prefixes(activity: str | None) -> Iterable[str]:
    """`25.62B` under `25`, `25.6`, `25.62` and itself."""
    return () if activity is None else (activity[:2], activity[:4], activity[:5], activity)
