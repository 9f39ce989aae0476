"""How lines hang together: flat, by level, or by the reference of the parent. Also the lines that are only totals.

A *node* is what can have components: with levels, the row itself; with parent references, the part number, so that an
assembly used in twenty places is described once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ancrage.dossier.bom.headings import fold
from ancrage.dossier.bom.rows import Draft
from ancrage.dossier.bom.sheet import Cell
from ancrage.dossier.model import Problem, Severity
from ancrage.kernel.message import message

Node = int | str
_OUTLINE = re.compile(r"[0-9]+(?:\.[0-9]+)+\.?")
_DOTS = re.compile(r"[.\-\s_>+*]*([0-9]{1,5})\.?")
_MINUS = re.compile(r"([-\u2212]+)\s*([0-9]{1,5})\.?")
_MAYBE_TOTAL = re.compile("tota|somme|sum|tva|vat", re.IGNORECASE)
_TOTAL = frozenset({"total", "totaux", "subtotal", "somme", "sum", "tva", "vat", "soustotal"})
_AROUND = frozenset(
    {
        "sous",
        "sub",
        "grand",
        "general",
        "ht",
        "ttc",
        "hors",
        "taxe",
        "taxes",
        "20",
        "eur",
        "usd",
        "gbp",
        "euros",
        "montant",
        "cout",
        "cost",
        "prix",
        "price",
        "net",
        "a",
        "payer",
        "of",
        "de",
        "la",
        "du",
        "des",
        "nomenclature",
        "bom",
        "lignes",
        "ligne",
        "materials",
        "matieres",
        "composants",
        "components",
        "produit",
        "product",
        "amount",
        "the",
        "all",
        "5",
        "10",
        "inc",
        "incl",
        "excl",
        "generale",
    }
)


@dataclass(frozen=True, slots=True)
class Tree:
    """For each line: its node and that of its parent (None at the top)."""

    nodes: tuple[Node, ...]
    parents: tuple[Node | None, ...]
    levels: tuple[int | None, ...]


def total_kind(row: Sequence[Cell]) -> str | None:
    """`total`, `subtotal` or `tax` when a row is not a part but a sum written below the parts."""
    for cell in row:
        if isinstance(cell, str) and 3 <= len(cell) <= 60 and _MAYBE_TOTAL.search(cell):
            words = re.findall(r"[a-z0-9]+", fold(cell))
            if words and set(words) <= _TOTAL | _AROUND and set(words) & _TOTAL:
                if set(words) & {"tva", "vat", "ttc"}:
                    return "tax"
                return "subtotal" if set(words) & {"sous", "sub", "subtotal", "soustotal"} else "total"
    return None


def flat(drafts: Sequence[Draft]) -> Tree:
    """No tree: every line stands under the product."""
    return Tree(tuple(range(len(drafts))), (None,) * len(drafts), (None,) * len(drafts))


def by_level(drafts: Sequence[Draft], column: str) -> tuple[Tree, tuple[Problem, ...]]:
    """Each line hangs under the nearest line above of a lower level. A level that cannot be read rejects the file."""
    texts = [draft.level or "" for draft in drafts]
    is_outline = any(_OUTLINE.fullmatch(text) for text in texts)
    levels: list[int | None] = [_level(text, is_outline=is_outline) for text in texts]
    if not _is_indented_by_dashes(texts):
        levels = [None if _MINUS.fullmatch(text.strip()) else level for text, level in zip(texts, levels, strict=True)]
    problems, parents = [], []
    stack: list[tuple[int, int]] = []
    for index, (draft, level) in enumerate(zip(drafts, levels, strict=True)):
        if level is None:
            text = message("bom.level.unreadable", text=(draft.level or "")[:40])
            return flat(drafts), (Problem(Severity.ERROR, text, draft.number, column),)
        while stack and stack[-1][0] >= level:
            stack.pop()
        if stack and level > stack[-1][0] + 1:
            text = message("bom.level.jump", above=stack[-1][0], level=level)
            problems.append(Problem(Severity.WARNING, text, draft.number, column))
        parents.append(stack[-1][1] if stack else None)
        stack.append((level, index))
    return Tree(tuple(range(len(drafts))), tuple(parents), tuple(levels)), tuple(problems)


def _is_indented_by_dashes(texts: Sequence[str]) -> bool:
    """`-1`, `--2`, `---3` is a tree drawn with dashes, one a level, and needs one level of two at least to be known
    from `-1`, which is no level."""
    found = [dashed.groups() for text in texts if (dashed := _MINUS.fullmatch(text.strip()))]
    return any(len(dashes) > 1 for dashes, _ in found) and all(len(dashes) == int(level) for dashes, level in found)


def _level(text: str, *, is_outline: bool) -> int | None:
    text = text.strip()
    if is_outline and re.fullmatch(r"[0-9]+(?:\.[0-9]+)*\.?", text):
        return len(text.rstrip(".").split("."))
    found = _DOTS.fullmatch(text)
    return int(found.group(1)) if found and not is_outline else None


def by_parent(drafts: Sequence[Draft], column: str) -> tuple[Tree, tuple[Problem, ...]]:
    """Each line hangs under the part number it names, else under the only line of that description. One that is
    nowhere in the file is the product itself."""
    nodes: list[Node] = [draft.item if draft.item is not None else index for index, draft in enumerate(drafts)]
    labels = Counter(draft.label for draft in drafts)
    named: dict[str | None, Node] = {
        draft.label: node for draft, node in zip(drafts, nodes, strict=True) if labels[draft.label] == 1
    }
    named.update((draft.item, draft.item) for draft in drafts if draft.item is not None)
    parents = [None if draft.parent is None else named.get(draft.parent) for draft in drafts]
    strange: dict[str, int] = {}
    for draft in drafts:
        if draft.parent is not None and draft.parent not in named:
            strange.setdefault(draft.parent, draft.number)
    return Tree(tuple(nodes), tuple(parents), (None,) * len(drafts)), tuple(_strange(strange, drafts, column))


def _strange(strange: dict[str, int], drafts: Sequence[Draft], column: str) -> Iterator[Problem]:
    has_top = any(draft.parent is None for draft in drafts)
    for parent, line in strange.items():
        is_product = len(strange) == 1 and not has_top
        severity = Severity.NOTE if is_product else Severity.WARNING
        code = "bom.parent.product" if is_product else "bom.parent.unknown"
        yield Problem(severity, message(code, parent=parent[:60]), line, column)


def disagreements(drafts: Sequence[Draft], tree: Tree, column: str) -> Iterator[Problem]:
    """With levels and parent references, the levels decide: lines whose parent reference says otherwise."""
    for draft, parent in zip(drafts, tree.parents, strict=True):
        above = drafts[parent].item if isinstance(parent, int) else None
        if draft.parent is not None and above is not None and draft.parent != above:
            text = message("bom.parent.other", parent=draft.parent[:60], above=above[:60])
            yield Problem(Severity.WARNING, text, draft.number, column)
