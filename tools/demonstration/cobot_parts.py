# ruff: noqa: E501
"""What an invented cobot is made of: kinds of components, their sizes, bounds of price and mass, invented suppliers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of component: its designation (`{}` takes each of `sizes`), price and mass bounds, what is known of it."""

    label: str
    sizes: tuple[str, ...]
    price: tuple[float, float]
    mass: tuple[float, float] = (0.002, 0.05)
    hs: str = ""
    material: str = ""
    process: str = ""
    days: tuple[int, int] = (10, 40)
    trade: str = "mechanics"
    quantity: tuple[int, int] = (1, 1)
    critical: bool = False


SUPPLIERS: dict[str, tuple[tuple[str, str], ...]] = {
    "mechanics": (
        ("Ruxalor Usinage", "France"), ("Tolvimex Décolletage", "France"), ("Zorelivane Mécanique", "France"),
        ("Mirvastal Précision", "France"), ("Jorvelidral Usinage", "France"), ("Gerolurmarc Präzision", "Allemagne"),
        ("Falduzanoz Meccanica", "Italie"), ("Kelvozane Obrobka", "Tchéquie"),
    ),
    "foundry": (
        ("Calduvelle Fonderie", "France"), ("Sarvenoxar Fonderie", "France"), ("Falduzanoz Fusioni", "Italie"),
        ("Brunovadune Fundición", "Espagne"),
    ),
    "sheet": (
        ("Arvolumont Tôlerie", "France"), ("Oxemidral Tôlerie", "France"), ("Plovarufert Découpe", "France"),
        ("Bruneliquin Tubes", "Pologne"),
    ),
    "fasteners": (
        ("Quincavane", "France"), ("Elgovazel Visserie", "France"), ("Schraubovar", "Allemagne"),
        ("Vitonidune", "Italie"),
    ),
    "plastics": (
        ("Ulinoquin Plasturgie", "France"), ("Velozane Plastiques", "France"), ("Oxelor Joints", "France"),
        ("Gomarudral", "Espagne"),
    ),
    "seals": (("Oxelor Joints", "France"), ("Yssaruvelle Élastomères", "France"), ("Guarnivoxa", "Italie")),
    "electronics": (
        ("Plovinodune Électronique", "France"), ("Iskemivane Composants", "France"), ("Brilurastal Composants", "France"),
        ("Haldovaquin Elektronik", "Allemagne"), ("Lunzaribry Components", "Pays-Bas"),
        ("Wilaruxar Semiconductor", "Autriche"), ("Doruvanec Electronics", "Irlande"),
    ),
    "motors": (
        ("Atelier Kelovabob Bobinage", "France"), ("Tamarunec Moteurs", "France"), ("Falduzanoz Motori", "Italie"),
    ),
    "magnets": (("Gerolurmarc Magnete", "Allemagne"), ("Magnezorelu", "Slovénie")),
    "brakes": (("Gerolurmarc Bremsen", "Allemagne"), ("Tamarunec Freins", "France")),
    "sensors": (
        ("Sensoquarel Encoders", "Allemagne"), ("Mirvolunec Capteurs", "France"), ("Silicovarn Sensing", "Royaume-Uni"),
    ),
    "switchgear": (("Tolvadrivel Électrotechnique", "France"), ("Haldovaquin Schaltgeräte", "Allemagne")),
    "cables": (
        ("Plovinodune Câblage", "France"), ("Vautimelzel Câbles", "France"), ("Konektarolu", "Portugal"),
        ("Kabelvozane", "Tchéquie"),
    ),
    "transmission": (
        ("Foldozitane Réducteurs", "France"), ("Harmovelgar Getriebe", "Allemagne"), ("Lagerovaux", "Suède"),
        ("Distrivane Roulements", "France"), ("Cuscinarol", "Italie"),
    ),
    "print": (("Brilostal Impression", "France"), ("Joralonde Cartonnages", "France")),
}  # fmt: skip

_E24 = ("10", "12", "15", "18", "22", "27", "33", "39", "47", "56", "68", "82")
_RESISTORS = tuple(
    f"{value} {unit}ohm {size}" for size in ("0402", "0603", "0805") for unit in ("", "k") for value in _E24
)
_CAPACITORS = tuple(f"{value} {unit} {volt} V {size}" for size, volt in (("0402", 16), ("0603", 50), ("1206", 100)) for unit in ("pF", "nF", "uF") for value in _E24[::2])  # fmt: skip
_SCREWS = tuple(
    f"M{d}x{length}" for d in ("2", "2,5", "3", "4", "5", "6", "8") for length in (6, 8, 10, 12, 16, 20, 25, 30)
)

HOUSING = (
    Part("Carter d'axe aluminium moulé usiné Ø{}", ("132", "118", "104"), (86, 240), (0.9, 3.2), "", "AlSi7Mg", "Fonderie coquille", (35, 60), "foundry"),
    Part("Couvercle d'axe aluminium usiné Ø{} anodisé", ("128", "112", "96", "84"), (24, 62), (0.12, 0.5), "", "Aluminium 6082", "Fraisage", (20, 35)),
    Part("Bride de sortie alu 7075 fraisée 5 axes Ø{}", ("110", "92", "80"), (48, 96), (0.2, 0.7), "", "Aluminium 7075", "Fraisage 5 axes", (25, 40)),
    Part("Arbre creux acier rectifié Ø{}", ("25", "20", "16"), (32, 74), (0.2, 0.6), "8483", "42CrMo4", "Rectification", (25, 40)),
    Part("Entretoise tournée inox Ø{}", ("30x4", "26x3", "22x3", "18x2"), (2.1, 6.8), (0.01, 0.04), "", "Inox 303", "Décolletage"),
    Part("Goupille cylindrique trempée {}", ("3x12", "4x16", "5x20", "6x24"), (0.12, 0.5), (0.001, 0.01), "7318", "Acier", "", (5, 15), "fasteners", (2, 6)),
    Part("Capot d'axe PC/ABS injecté {}", ("gauche", "droit", "avant"), (3.2, 8.6), (0.06, 0.2), "", "PC/ABS", "Injection plastique", (15, 30), "plastics"),
    Part("Joint à lèvre {} NBR", ("90x110x8", "80x100x8", "60x80x7"), (2.2, 6.4), (0.01, 0.05), "4016", "NBR", "", (10, 20), "seals"),
    Part("Joint torique {} FKM", ("118x2", "96x2", "74x2", "52x1,5"), (0.4, 1.6), (0.001, 0.01), "4016", "FKM", "Moulage caoutchouc", (10, 20), "seals"),
)  # fmt: skip
DRIVE = (
    Part("Stator sans carter bobiné {}", ("Ø85 48 V", "Ø70 48 V", "Ø60 48 V"), (88, 210), (0.4, 1.4), "850300", "Cuivre", "Bobinage", (40, 70), "motors", (1, 1), True),
    Part("Rotor usiné équilibré {}", ("Ø56", "Ø46", "Ø38"), (34, 88), (0.2, 0.8), "850300", "Acier", "Tournage", (25, 40), "motors"),
    Part("Segment d'aimant NdFeB {}", ("N42SH 20x8x3", "N42SH 16x7x3"), (1.6, 3.4), (0.003, 0.008), "850511", "NdFeB", "", (60, 80), "magnets", (16, 28), True),
    Part("Frein de maintien 24 V {}", ("4,5 Nm", "2,2 Nm", "1,0 Nm"), (58, 120), (0.2, 0.6), "850520", "", "", (45, 75), "brakes", (1, 1), True),
    Part("Roulement à section mince {}", ("6816 ZZ", "6812 ZZ", "6810 ZZ", "6808 ZZ"), (8.5, 26), (0.04, 0.2), "8482", "Acier 100Cr6", "", (20, 45), "transmission"),
    Part("Roulement à rouleaux croisés Ø{}", ("90", "80", "70"), (94, 190), (0.3, 0.9), "8482", "Acier 100Cr6", "", (60, 80), "transmission", (1, 1), True),
    Part("Réducteur à onde de déformation {}", ("taille 25 i=100", "taille 20 i=100", "taille 17 i=80"), (310, 560), (0.4, 1.3), "848340", "", "", (60, 82), "transmission", (1, 1), True),
    Part("Disque codeur verre chromé Ø{}", ("58", "46", "36"), (14, 36), (0.01, 0.03), "", "Verre", "", (30, 60), "sensors"),
    Part("Capteur de température {}", ("KTY84", "NTC 10 kohm"), (1.2, 3.1), (0.001, 0.003), "9025", "", "", (20, 40), "sensors"),
)  # fmt: skip
BOARD = (
    Part("Résistance CMS {} 1 %", _RESISTORS, (0.004, 0.03), (0.00001, 0.00003), "853321", "", "", (20, 60), "electronics", (1, 12)),
    Part("Condensateur céramique CMS {}", _CAPACITORS, (0.01, 0.12), (0.00001, 0.00006), "853224", "", "", (20, 60), "electronics", (1, 14)),
    Part("Transistor MOSFET {}", ("60 V 40 A", "80 V 60 A", "100 V 30 A", "30 V 5 A"), (0.4, 1.9), (0.0002, 0.001), "854129", "", "", (40, 80), "electronics", (1, 6)),
    Part("Diode {}", ("Schottky 40 V 3 A", "TVS 58 V", "Zener 5,1 V", "redressement 1 A", "signal 1N4148W"), (0.03, 0.4), (0.0001, 0.0004), "854110", "", "", (20, 60), "electronics", (1, 6)),
    Part("Circuit intégré {}", ("driver de grille triphasé", "microcontrôleur 32 bits", "transceiver CAN FD", "interface EtherCAT", "régulateur 5 V", "régulateur 3,3 V", "amplificateur de courant", "mémoire EEPROM 64 ko", "superviseur de tension", "isolateur numérique"), (0.6, 9.8), (0.0002, 0.001), "8542", "", "", (50, 80), "electronics"),
    Part("Inductance de puissance {}", ("10 uH 6 A", "22 uH 3 A", "47 uH 2 A"), (0.3, 1.1), (0.0005, 0.004), "850450", "", "", (20, 60), "electronics"),
    Part("Connecteur carte {}", ("4 points pas 2,5", "6 points pas 1,25", "10 points pas 1,27", "bornier 2 points", "coaxial"), (0.2, 2.4), (0.0005, 0.006), "853669", "", "", (20, 50), "electronics", (1, 3)),
    Part("Circuit imprimé {}", ("8 couches 62x48", "6 couches Ø80", "4 couches 90x60"), (3.8, 14), (0.01, 0.05), "853400", "FR4", "Circuit imprimé", (25, 45), "electronics"),
    Part("DEL CMS {}", ("verte", "rouge", "bleue", "jaune"), (0.03, 0.1), (0.00001, 0.00002), "854141", "", "", (20, 50), "electronics", (1, 2)),
)  # fmt: skip
FASTENERS = (
    Part("Vis CHC {} 12.9 zinguée", _SCREWS, (0.02, 0.3), (0.0005, 0.02), "731815", "Acier", "Frappe à froid", (5, 15), "fasteners", (2, 24)),
    Part("Vis FHC {} inox A2", _SCREWS, (0.03, 0.34), (0.0005, 0.02), "731815", "Inox A2", "Frappe à froid", (5, 15), "fasteners", (2, 12)),
    Part("Rondelle {}", tuple(f"{kind} M{d}" for kind in ("plate", "Grower", "contact") for d in (2, 3, 4, 5, 6, 8)), (0.005, 0.06), (0.0001, 0.003), "731822", "Acier", "Découpage", (5, 15), "fasteners", (4, 40)),
    Part("Écrou {}", tuple(f"{kind} M{d}" for kind in ("H", "frein", "bas") for d in (3, 4, 5, 6, 8)), (0.01, 0.1), (0.0003, 0.005), "731816", "Acier", "", (5, 15), "fasteners", (2, 16)),
    Part("Insert fileté laiton {}", ("M2", "M2,5", "M3", "M4", "M5"), (0.05, 0.2), (0.0005, 0.003), "", "Laiton", "Décolletage", (10, 20), "fasteners", (2, 12)),
    Part("Rivet aveugle alu {}", ("3x8", "4x10", "4,8x12"), (0.02, 0.06), (0.0004, 0.002), "761610", "Aluminium", "", (5, 15), "fasteners", (2, 16)),
)  # fmt: skip
ARM = (
    Part("Tube de bras aluminium Ø{} usiné anodisé", ("120x410", "100x360"), (140, 260), (1.2, 2.8), "", "Aluminium 6082", "Usinage", (30, 45)),
    Part("Embout de bras fonderie alu usiné {}", ("coudé 90°", "droit"), (76, 150), (0.5, 1.4), "", "AlSi10Mg", "Fonderie sable", (40, 60), "foundry"),
    Part("Raidisseur tôle alu pliée {}", ("2 mm", "3 mm"), (6, 14), (0.1, 0.3), "", "Aluminium 5754", "Pliage", (15, 25), "sheet"),
    Part("Peau de protection mousse PU surmoulée {}", ("avant", "arrière", "coude"), (18, 42), (0.1, 0.4), "", "Polyuréthane", "Moulage polyuréthane", (20, 35), "plastics"),
    Part("Bague d'habillage silicone {}", ("Ø120", "Ø100", "Ø80"), (4, 9), (0.02, 0.08), "", "Silicone", "Moulage silicone", (15, 30), "seals"),
    Part("Capteur d'effort à jauges {}", ("axe", "bride"), (64, 130), (0.05, 0.2), "903180", "Inox 17-4PH", "", (45, 70), "sensors", (1, 1), True),
)  # fmt: skip
CABINET = (
    Part("Tôle d'armoire découpée pliée peinte {}", ("fond", "porte", "flanc gauche", "flanc droit", "toit", "platine"), (14, 58), (0.8, 4.2), "", "Acier DC01", "Découpe laser", (15, 25), "sheet"),
    Part("Alimentation à découpage {}", ("48 V 20 A", "24 V 5 A"), (84, 230), (0.6, 1.9), "850440", "", "", (40, 75), "electronics", (1, 1), True),
    Part("Disjoncteur {}", ("2P 10 A C", "2P 16 A C", "4P 20 A"), (18, 46), (0.1, 0.4), "853620", "", "", (15, 30), "switchgear"),
    Part("Contacteur de sécurité {}", ("24 V 9 A", "24 V 12 A"), (32, 64), (0.2, 0.5), "853649", "", "", (20, 40), "switchgear"),
    Part("Ventilateur 48 V {}", ("80x80", "120x120"), (9, 22), (0.1, 0.3), "841459", "", "", (20, 40), "switchgear"),
    Part("Bornier {}", ("2,5 mm² gris", "2,5 mm² bleu", "4 mm² terre", "6 mm²"), (0.6, 2.2), (0.005, 0.02), "853690", "Polyamide", "", (10, 20), "switchgear", (2, 12)),
    Part("Goulotte PVC {}", ("40x60", "25x40"), (2, 5), (0.1, 0.4), "3925", "PVC", "", (10, 20), "plastics"),
    Part("Bouton d'arrêt d'urgence {}", ("Ø40", "Ø40 lumineux"), (16, 34), (0.05, 0.1), "853650", "", "", (15, 30), "switchgear"),
)  # fmt: skip
HARNESS = (
    Part("Fil souple {} au mètre", ("0,25 mm² bleu", "0,25 mm² rouge", "0,5 mm² noir", "0,75 mm² gris", "1 mm² vert-jaune", "1,5 mm² noir", "2,5 mm² rouge"), (0.1, 0.8), (0.004, 0.03), "854449", "Cuivre", "", (10, 20), "cables", (2, 14)),
    Part("Contact à sertir {}", ("mâle 20 AWG", "femelle 20 AWG", "mâle 24 AWG", "femelle 24 AWG"), (0.03, 0.2), (0.0002, 0.001), "853690", "Laiton étamé", "Découpage", (15, 30), "cables", (4, 40)),
    Part("Boîtier de connecteur {} voies", ("2", "4", "6", "8", "12", "24"), (0.3, 2.6), (0.002, 0.02), "853669", "PBT", "Injection plastique", (15, 40), "cables", (1, 4)),
    Part("Gaine thermorétractable {}", ("Ø3", "Ø6", "Ø12", "Ø25"), (0.1, 0.7), (0.001, 0.006), "391732", "Polyoléfine", "Extrusion plastique", (10, 20), "plastics", (1, 6)),
    Part("Gaine tressée PET {}", ("Ø10", "Ø16", "Ø25"), (0.4, 1.8), (0.01, 0.04), "", "Polyester", "", (10, 25), "plastics", (1, 4)),
    Part("Câble blindé robotique {}", ("4x0,25", "4x0,75", "2x2x0,14", "7x1"), (1.6, 7.5), (0.05, 0.2), "854449", "Cuivre", "Câblage", (25, 45), "cables", (1, 6)),
    Part("Collier {}", ("100x2,5", "140x3,6", "200x4,8"), (0.01, 0.05), (0.0005, 0.002), "392690", "Polyamide", "", (5, 10), "plastics", (4, 30)),
)  # fmt: skip
FINISH = (
    Part("Étiquette {}", ("CE et traçabilité", "danger électrique", "axe 1", "axe 2", "axe 3", "axe 4", "axe 5", "axe 6", "couple de serrage"), (0.03, 0.4), (0.0005, 0.002), "3919", "Polyester", "Sérigraphie", (8, 15), "print"),
    Part("Notice {}", ("d'installation", "de sécurité", "de maintenance"), (0.8, 4.2), (0.05, 0.3), "4901", "Papier", "Impression offset", (8, 15), "print"),
    Part("Caisse carton {}", ("800x600x600", "600x400x300"), (3.2, 9.5), (0.8, 2.6), "4819", "Carton", "", (6, 12), "print"),
)  # fmt: skip

THREE = {
    ("AX2", "Réducteur à onde de déformation taille 25 i=100"): ("Kelozane Harmonic", "Japon", "486,00"),
    ("AX2", "Segment d'aimant NdFeB N42SH 20x8x3"): ("Shenlovaro Magnetics", "Chine", "2,85"),
    ("CCO", "Circuit intégré de lecture codeur absolu 22 bits"): ("Kelozane Sensors", "Japon", "31,40"),
}
"""The three components made in China and Japan, by assembly and designation."""

ENCODER_CHIP = Part(
    "Circuit intégré de lecture codeur absolu {}", ("22 bits",), (31, 32), (0.0003, 0.0004), "854231", "", "",
    (150, 150), "electronics", (6, 6), True,
)  # fmt: skip
