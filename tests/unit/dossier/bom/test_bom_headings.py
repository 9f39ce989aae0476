"""Headings in French or English, with a currency or a unit in them; unknown ones are proposed."""

from __future__ import annotations

from collections import Counter

import pytest

from ancrage.dossier.bom.headings import field_named, fields, propose, understand


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Référence", "item"),
        ("REFERENCE", "item"),
        ("Réf. article", "item"),
        ("part_no", "item"),
        ("P/N", "item"),
        ("Désignation", "label"),
        ("designation", "label"),
        ("long_name", "label"),
        ("Description", "label"),
        ("Qté", "quantity"),
        ("QTE.", "quantity"),
        ("qty_per_assembly", "quantity"),
        ("assembly_multiplier", "factor"),
        ("Prix unitaire H.T. (€)", "unit_price"),
        ("P.U. HT", "unit_price"),
        ("UnitPrice", "unit_price"),
        ("Total HT", "line_total"),
        ("cost_usd_total", "line_total"),
        ("cost_usd", "unit_price"),
        ("Total_INR", "line_total"),
        ("Pays d'origine", "origin"),
        ("Pays d’origine", "origin"),
        ("Made in", "origin"),
        ("Country of Origin", "origin"),
        ("Pays du fournisseur", "seller_country"),
        ("Provenance", "dispatch_country"),
        ("Code SH", "hs"),
        ("HS Code", "hs"),
        ("Nomenclature douanière", "hs"),
        ("Délai (semaines)", "lead_time"),
        ("Masse unitaire (kg)", "unit_mass"),
        ("Unit mass (kg)", "unit_mass"),
        ("Montant annuel 2025 (k€)", "annual_amount"),
        ("Niveau", "level"),
        ("Référence parent", "parent"),
        ("vendor", "supplier"),
        ("Fabricant", "detail"),
        ("Notes", "detail"),
    ],
)
def test_a_usual_heading_is_understood(text: str, field: str) -> None:
    assert understand(text).field == field


def test_a_heading_gives_its_currency_scale_and_unit() -> None:
    assert understand("Unit_Price_INR").currency == "INR"
    assert (understand("Montant annuel (k€)").currency, understand("Montant annuel (k€)").scale) == ("EUR", 1000)
    assert understand("Délai (semaines)").unit == "semaine"
    assert understand("Masse (g)").unit == "g"
    assert understand("Prix unitaire TTC").with_taxes


@pytest.mark.parametrize("name", list(fields()))
def test_every_label_and_synonym_is_found_again(name: str) -> None:
    for label in fields()[name].label.values():
        assert understand(label).field in {name, "item", "label"}
    if name != "ambiguous_item":
        assert field_named(fields()[name].label["fr"]) is not None
        assert field_named(name) == name


def test_a_near_heading_is_proposed_and_a_strange_one_is_not() -> None:
    near = propose("Quantitée")
    assert near is not None
    assert near.field == "quantity"
    assert propose("Zorglub") is None
    begun = propose("Qté lampe")
    assert begun is not None
    assert begun.field == "quantity"
    assert propose("Repère BE") is None
    assert understand("Quantitée").field is None


def test_no_synonym_belongs_to_two_fields() -> None:
    keys = Counter(key for field in fields().values() for key in field.keys)
    assert [key for key, times in keys.items() if times > 1] == []
