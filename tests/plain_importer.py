"""The control: what a script written in an afternoon does with csv and openpyxl. It must fail on most hostile files."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator, Sequence

import openpyxl


def plain_totals(content: bytes, name: str) -> tuple[int, dict[str, str]]:
    """Lines and totals as a plain script gives them; raises whatever its libraries raise."""
    rows = list(_rows(content, name))
    head = [str(cell).strip().lower() for cell in rows[0]]
    quantity, price = _place(head, "quantité"), _place(head, "prix unitaire")
    currency = head.index("devise") if "devise" in head else None
    totals: dict[str, float] = {}
    for row in rows[1:]:
        key = str(row[currency]) if currency is not None else "EUR"
        totals[key] = totals.get(key, 0.0) + _number(row[quantity]) * _number(row[price])
    return len(rows) - 1, {key: format(round(total, 6), "g") for key, total in totals.items()}


def _place(head: Sequence[str], start: str) -> int:
    return next(index for index, cell in enumerate(head) if cell.startswith(start))


def _number(cell: object) -> float:
    return float(str(cell).replace(",", ".")) if cell not in {None, ""} else 0.0


def _rows(content: bytes, name: str) -> Iterator[Sequence[object]]:
    if name.endswith(".csv"):
        text = content.decode("utf-8-sig")
        dialect = csv.Sniffer().sniff(text)
        yield from csv.reader(io.StringIO(text), dialect)
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
            yield from sheet.iter_rows(values_only=True)
