"""A product bought by reference is no work to place; a part made to drawing, or a process asked, is."""

from __future__ import annotations

import pytest

from ancrage.dossier.bom import bought
from ancrage.dossier.bom.bought import load_bought_goods
from ancrage.dossier.bom.classify import LineClassifier, load_classifier
from ancrage.dossier.model import Classification
from ancrage.kernel.errors import CatalogueError

CONFIDENT = 0.6
"""Above this, the dossier would send an adviser to the sites that do the process."""

BOUGHT = [
    "Roulement 6205-2RS C3",
    "Bearing 7208 BECBP",
    "Butée à aiguilles AXK 3047",
    "Roulement à aiguilles douille emboutie",
    "Vis CHC M6x20 12.9",
    "Vis H M10x40 8.8 zn",
    "Vis zinguée M8",
    "Screw pan head M3x8 A2",
    "Sheet metal screw 4.2x13",
    "Ecrou H M8 inox A4",
    "Weld nut M8",
    "Ecrou à sertir M5",
    "Insert taraudé M5",
    "Rondelle plate M6",
    "Washer spring M5",
    "Rivet aveugle 4x10 alu",
    "Courroie trapézoïdale SPA 1250",
    "Conveyor belt",
    "Chaine à rouleaux 08B-1",
    "Roller chain 10B-1",
    "Coussinet bronze 20/26x25",
    "Moteur pas à pas NEMA 23",
    "Motoréducteur 0.37 kW 1/30",
    "Servomoteur 400W avec frein",
    "Ball screw SFU1605",
    "Linear bearing LM12UU",
    "Capteur inductif M12 PNP",
    "Capteur de température PT100",
    "Photocell M18 diffuse",
    "Pressure transmitter 0-10 bar",
    "Load cell 50 kg",
    "Cellule lithium-ion 18650",
    "Pile AA alcaline",
    "Résistance CMS 10k 0805",
    "Condensateur 100nF 50V X7R",
    "Inductor 10uH shielded SMD",
    "Fusible CMS 1A",
    "Connecteur CMS pas 1.27",
    "Diode 1N4148",
    "MOSFET IRFZ44N",
    "Microcontroller STM32F407VGT6",
    "Op amp LM358D SOIC8",
    "Quartz 8 MHz",
    "LED rouge 5mm",
    "Relais 24VDC 2RT",
    "Disjoncteur C16 2P",
    "Contacteur 9A 24VDC",
    "Alimentation 24V 5A rail DIN",
    "Variateur de fréquence 1.5kW",
    "Borne de raccordement 4mm2",
    "Ventilateur 24VDC 80x80",
    "Vérin pneumatique D32 C100",
    "Vérin simple effet rappel ressort D20",
    "Electrovanne 5/2 G1/4 24VDC",
    "Pompe à engrenages 8cc",
    "Pneu 700x35C",
    "Serrure 3 points",
    "Roulette pivotante D80",
    "Automate S7-1200",
    "Manomètre 0-10 bar",
    "Taraud M6",
    "Grinding wheel 200x20",
    "Welding electrode 2.5",
    "Peinture poudre RAL 9005",
]


@pytest.fixture(scope="module")
def classifier() -> LineClassifier:
    return load_classifier()


def _one(classifier: LineClassifier, text: str, process: str | None = None) -> Classification:
    return classifier.classify([text], processes=[process])[0]


def _sure(found: Classification) -> set[str]:
    return {one.code for one in found.processes if one.confidence >= CONFIDENT}


@pytest.mark.parametrize("text", BOUGHT)
def test_a_product_bought_by_reference_asks_no_process(classifier: LineClassifier, text: str) -> None:
    assert _sure(_one(classifier, text)) == set()


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("Vis spéciale frappe à froid selon plan 1234", "cold-heading"),
        ("Carte électronique CMS montée", "surface-mount-assembly"),
        ("Support soudé acier", "welding"),
        ("Ressort de compression 1.5x12x40", "spring-making"),
        ("Arbre rectifié trempé D16", "cylindrical-grinding"),
        ("Capot tôle pliée riveté", "riveting"),
    ],
)
def test_work_named_for_a_part_made_to_drawing_stays(classifier: LineClassifier, text: str, process: str) -> None:
    assert process in _sure(_one(classifier, text))


def test_the_process_column_is_believed_even_for_bought_goods(classifier: LineClassifier) -> None:
    assert "surface-mount-assembly" not in _sure(_one(classifier, "Résistance CMS 10k 0805"))
    assert "surface-mount-assembly" in _sure(_one(classifier, "Résistance CMS 10k 0805", "pose CMS"))


@pytest.mark.parametrize("row", ["named,7318,alchemy,none", "wished,7318,welding,none"])
def test_a_rule_of_an_unknown_kind_or_process_is_refused(
    classifier: LineClassifier, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    content = f"rule,headings,processes,reason\n{row}\n".encode()
    monkeypatch.setattr(bought, "embedded_bytes", lambda _: content)
    with pytest.raises(CatalogueError, match=r"rule_wrong"):
        load_bought_goods(classifier.capabilities)
