# ruff: noqa: E501
"""Coins names that no firm bears: three syllables drawn at random, and a word of the trade."""

from __future__ import annotations

import random
import re

_HEADS = ("Zor", "Vel", "Quar", "Tam", "Bril", "Oxe", "Fran", "Gul", "Mirv", "Nad", "Plov", "Rux", "Sarv", "Tolv", "Ul",
          "Vaux", "Wil", "Yss", "Arv", "Brun", "Cald", "Dorv", "Elg", "Fold", "Ger", "Hald", "Isk", "Jorv", "Kel", "Lunz")  # fmt: skip
_MIDDLES = ("a", "e", "i", "o", "u", "ova", "eli", "ura", "ino", "aru", "ozi", "emba", "olu", "adri", "urke", "ivo")
_TAILS = ("vane", "dral", "mex", "toul", "bry", "zane", "quin", "ronde", "vigne", "lor", "stal", "nec", "phane", "zel",
          "marc", "drix", "vaut", "tane", "gouse", "velle", "xar", "mont", "fert", "noz", "dune")  # fmt: skip

_TRADES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"10\.51", ("Fromagerie", "Fruitière")),
    (r"10\.13|10\.2", ("Salaisons", "Charcuterie")),
    (r"10\.|11\.", ("Saveurs", "Maison", "Gourmandises")),
    (r"13\.|14\.", ("Textile", "Confection", "Tissages", "Atelier de couture")),
    (r"15\.", ("Maroquinerie", "Cuirs", "Bracelets cuir")),
    (r"16\.1", ("Scierie", "Sciages")),
    (r"16\.24", ("Emballages bois", "Palettes")),
    (r"16\.", ("Menuiserie", "Tournerie bois", "Bois", "Charpente")),
    (r"17\.", ("Cartonnages", "Papiers", "Emballages")),
    (r"18\.", ("Imprimerie", "Sérigraphie", "Impression")),
    (r"20\.|21\.", ("Chimie", "Laboratoires", "Formulation", "Pharma")),
    (r"22\.1", ("Caoutchouc", "Élastomères", "Joints")),
    (r"22\.29A", ("Plasturgie", "Injection plastique", "Plastiques techniques", "Surmoulage", "Composites")),
    (r"22\.", ("Plastiques", "Thermoformage", "Extrusion", "Profilés plastiques")),
    (r"23\.1", ("Verrerie", "Verres techniques")),
    (r"23\.4|23\.2", ("Céramiques", "Grès")),
    (r"23\.", ("Pierre", "Bétons", "Préfabrication")),
    (r"24\.5", ("Fonderie", "Fonderie de précision", "Fontes")),
    (r"24\.", ("Aciers", "Métallurgie", "Tubes", "Profilage", "Tréfilage")),
    (r"25\.11|25\.12", ("Constructions métalliques", "Métallerie", "Serrurerie")),
    (r"25\.2|25\.3", ("Chaudronnerie", "Chaudronnerie industrielle", "Chaudières")),
    (r"25\.50A", ("Forge", "Estampage", "Frittage", "Matriçage")),
    (r"25\.50B", ("Découpage", "Emboutissage", "Découpe emboutissage", "Tôlerie")),
    (r"25\.61", ("Traitement de surface", "Traitement thermique", "Galvanoplastie", "Peinture industrielle", "Polissage")),
    (r"25\.62A", ("Décolletage", "Décolletage de précision", "Microdécolletage")),
    (r"25\.62B", ("Usinage", "Mécanique de précision", "Mécanique générale", "Usinage grande vitesse", "Tôlerie fine",
                  "Rectification", "Électroérosion", "Fraisage 5 axes")),
    (r"25\.73", ("Outillage", "Moules", "Outils de découpe", "Outils coupants")),
    (r"25\.93", ("Ressorts", "Fils et ressorts")),
    (r"25\.94", ("Visserie", "Boulonnerie", "Frappe à froid")),
    (r"25\.", ("Métal", "Quincaillerie", "Serrures", "Pièces métalliques")),
    (r"26\.51", ("Instruments de mesure", "Capteurs", "Métrologie")),
    (r"26\.52", ("Horlogerie", "Microtechniques", "Micromécanique")),
    (r"32\.1", ("Bijouterie", "Joaillerie")),
    (r"26\.70|32\.50B", ("Optique", "Lunetterie", "Montures")),
    (r"26\.", ("Électronique", "Cartes électroniques", "Systèmes électroniques", "Capteurs")),
    (r"27\.11", ("Moteurs électriques", "Bobinage", "Machines tournantes")),
    (r"27\.20", ("Batteries", "Énergie stockée")),
    (r"27\.3", ("Câbles", "Câblage", "Connectique")),
    (r"27\.40", ("Éclairage", "Luminaires")),
    (r"27\.", ("Équipements électriques", "Tableaux électriques", "Électrotechnique")),
    (r"28\.15", ("Engrenages", "Transmissions", "Réducteurs", "Roulements")),
    (r"28\.4|28\.99", ("Machines spéciales", "Machines-outils", "Automatismes", "Robotique")),
    (r"28\.", ("Équipements industriels", "Hydraulique", "Constructions mécaniques", "Levage", "Pompes")),
    (r"29\.31", ("Faisceaux", "Électronique automobile")),
    (r"29\.", ("Automobile", "Équipements automobiles", "Carrosserie industrielle")),
    (r"30\.9", ("Cycles", "Mobilité")),
    (r"30\.", ("Ferroviaire", "Aéronautique", "Nautisme")),
    (r"31\.", ("Ameublement", "Sièges", "Mobilier", "Agencement", "Ébénisterie")),
    (r"32\.40", ("Jouets", "Jeux et jouets bois")),
    (r"32\.50A", ("Médical", "Implants", "Prothèses dentaires", "Dispositifs médicaux")),
    (r"32\.", ("Articles de sport", "Pipes et tournerie", "Brosserie", "Ateliers")),
    (r"33\.2", ("Installation industrielle", "Tuyauterie", "Montage industriel", "Automatismes")),
    (r"33\.", ("Maintenance industrielle", "Réparation mécanique", "Maintenance")),
    (r"46\.", ("Distribution", "Fournitures industrielles", "Négoce", "Comptoir")),
    (r"64\.20", ("Participations", "Holding", "Finances")),
    (r"70\.10", ("Groupe", "Management", "Direction")),
    (r"71\.|72\.|74\.", ("Ingénierie", "Études", "Bureau d'études", "Essais")),
    (r"49\.|52\.", ("Transports", "Logistique", "Entrepôts")),
    (r"38\.", ("Recyclage",)),
    (r"82\.", ("Conditionnement",)),
    (r"", ("Services", "Commerce", "Atelier")),
)  # fmt: skip


class Coiner:
    """Gives each company a name of its own, for ever the same for one seed."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._used: set[str] = set()

    def coin(self) -> str:
        """A coined word that was not given yet: `Zorevane`, `Mirvolustal`."""
        while True:
            word = self._source.choice(_HEADS) + self._source.choice(_MIDDLES) + self._source.choice(_TAILS)
            if word not in self._used:
                self._used.add(word)
                return word

    def company(self, activity: str) -> str:
        """A company's name in the manner of the register: capitals, the trade before or after."""
        word, trade = self.coin(), self.trade(activity)
        return (f"{trade} {word}" if self._source.random() < 0.4 else f"{word} {trade}").upper()

    def trade(self, activity: str) -> str:
        """A word of the trade of an activity."""
        return self._source.choice(next(words for pattern, words in _TRADES if re.match(pattern, activity)))
