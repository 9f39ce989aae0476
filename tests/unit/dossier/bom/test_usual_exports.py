"""What usual programs export (made by hand in their shape): ERP, CAD, electronics, purchases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.model import BomReading, SheetKind
from ancrage.kernel.evidence import Evidence

ERP = (
    "Niveau;Code article;Libellé;Qté;UdM;PUHT;Frs;Origine\n0;P1;Vélo;1;U;;;\n1;C1;Cadre alu;1;U;125,40;ACME;IT\n"
    "1;R1;Roue;2;U;;RS;CN\n2;R11;Jante;1;U;12,00;;CN\n2;R12;Rayon;32;U;0,08;;CN\n"
)
PRICE_BASE = (
    "Composant;Désignation composant;Qté composant;UQ;Prix standard;Base de prix;Devise\n"
    "1000;Vis;12;PC;4,50;100;EUR\n1001;Écrou;12;PC;2,00;;EUR\n"
)
ELECTRONICS = (
    '"Reference","Value","Footprint","Qty","Manufacturer","MPN"\n"R1, R2","10k","R_0603","2","Yageo","RC0603"\n'
)
PARENT_LABEL = (
    "Ensemble parent,Pièce,Qté,Prix unitaire (€)\n,Table,1,\nTable,Pied,4,\nPied,Vis,2,0.10\nTable,Plateau,1,25.00\n"
)
CAD = "N° ARTICLE\tNUMERO DE PIECE\tDESCRIPTION\tQTE\n1\tABC-001\tBride usinée\t2\n1.1\tABC-002\tGoujon M8\t4\n"
PREFILLED = "Désignation;Quantité;Prix unitaire;Devise\nVis;2;1,5;EUR\n;;;EUR\n;;;EUR\n"
PURCHASES = "Fournisseur;Désignation;Montant HT 2025 (€);Pays\nACME;Vis;12 345,60;Chine\nWürth;Écrous;1 000,00;DE\n"


def read(text: str, tmp_path: Path, **mapping: str) -> BomReading:
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8")
    return read_bom(read_sheet(path), Evidence("file:x", "bom.read"), mapping=mapping)


@pytest.mark.parametrize(
    ("text", "total", "fields"),
    [
        (ERP, {"EUR": "154.52"}, {"UdM": "unit", "PUHT": "unit_price", "Frs": "supplier", "Code article": "item"}),
        (PRICE_BASE, {"EUR": "0.54"}, {"Composant": "item", "UQ": "unit", "Base de prix": "price_base"}),
        (ELECTRONICS, {}, {"Reference": "item", "Value": "label", "Manufacturer": "detail", "MPN": "detail"}),
        (PARENT_LABEL, {"EUR": "25.8"}, {"Ensemble parent": "parent", "Pièce": "label"}),
        (CAD, {}, {"N° ARTICLE": "level", "NUMERO DE PIECE": "item"}),
        (PREFILLED, {"EUR": "3"}, {"Désignation": "label"}),
        ("Désignation;Quantité;Valeur (EUR)\nAcier;2;5,20\n", {"EUR": "5.2"}, {"Valeur (EUR)": "line_total"}),
        (
            "Désignation;Quantité (kg);Prix unitaire (€/kg)\nAcier;2,5;1,20\n",
            {"EUR": "3"},
            {"Quantité (kg)": "quantity"},
        ),
    ],
)
def test_a_usual_export_is_understood(text: str, total: dict[str, str], fields: dict[str, str], tmp_path: Path) -> None:
    reading = read(text, tmp_path)
    assert reading.lines
    assert reading.totals == {currency: Decimal(amount) for currency, amount in total.items()}
    assert fields.items() <= reading.understood.items()


def test_a_price_base_that_is_missing_leaves_the_price_unknown(tmp_path: Path) -> None:
    first, second = read(PRICE_BASE, tmp_path).lines
    assert first.unit_price is not None
    assert first.unit_price.amount == Decimal("0.045")
    assert second.unit_price is None


def test_a_parent_may_be_named_by_its_description(tmp_path: Path) -> None:
    screw = read(PARENT_LABEL, tmp_path).lines[2]
    assert screw.total_quantity is not None
    assert (screw.parent, screw.total_quantity.value) == ("Pied", 8)


def test_a_quantity_takes_the_unit_of_its_heading(tmp_path: Path) -> None:
    (line,) = read("Désignation;Quantité (kg)\nAcier;2,5\n", tmp_path).lines
    assert line.quantity is not None
    assert line.quantity.unit == "kg"


def test_a_bare_country_is_not_taken_for_the_origin(tmp_path: Path) -> None:
    reading = read(PURCHASES, tmp_path)
    assert reading.kind is SheetKind.PURCHASES
    assert [line.origin for line in reading.lines] == [None, None]
    assert "bom.heading.country" in {problem.code for problem in reading.problems}
    confirmed = read(PURCHASES, tmp_path, Pays="Pays d'origine")
    assert [line.origin.country for line in confirmed.lines if line.origin] == ["CN", "DE"]
