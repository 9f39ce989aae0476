"""What the invented establishments do, and where each trade gathers.

Counts are a plausible share of each NAF rev. 2 sub-class in Bourgogne-Franche-Comté; the gatherings follow the known
industrial geography of the region (cars around Montbéliard and Belfort, watchmaking and micro-mechanics in the Doubs,
plastics, spectacles and toys in the Haut-Jura, foundry and metal in Haute-Saône and Saône-et-Loire...). Nothing here is
drawn from a register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

INDUSTRY: Mapping[str, int] = {
    "10.13A": 50, "10.13B": 20, "10.20Z": 6, "10.39A": 8, "10.51A": 12, "10.51C": 90, "10.61A": 10, "10.82Z": 14,
    "10.84Z": 10, "10.85Z": 12, "10.89Z": 20, "10.91Z": 15, "11.01Z": 10, "11.02B": 40, "11.05Z": 20, "11.07A": 4,
    "13.20Z": 8, "13.30Z": 6, "13.92Z": 35, "13.95Z": 4, "13.96Z": 12, "13.99Z": 8, "14.13Z": 20, "14.19Z": 10,
    "14.39Z": 4, "15.11Z": 4, "15.12Z": 34, "15.20Z": 4, "16.10A": 130, "16.10B": 12, "16.21Z": 8, "16.22Z": 8,
    "16.23Z": 120, "16.24Z": 45, "16.29Z": 85, "17.12Z": 4, "17.21A": 18, "17.21B": 14, "17.21C": 3, "17.29Z": 10,
    "18.12Z": 110, "18.14Z": 8, "20.11Z": 3, "20.16Z": 5, "20.30Z": 8, "20.41Z": 5, "20.42Z": 16, "20.52Z": 3,
    "20.59Z": 12, "20.60Z": 1, "21.10Z": 4, "21.20Z": 12, "22.11Z": 2, "22.19Z": 30, "22.21Z": 26, "22.22Z": 20,
    "22.23Z": 40, "22.29A": 210, "22.29B": 45, "23.12Z": 18, "23.13Z": 4, "23.19Z": 12, "23.20Z": 5, "23.32Z": 8,
    "23.41Z": 12, "23.44Z": 5, "23.49Z": 4, "23.61Z": 36, "23.63Z": 36, "23.70Z": 60, "24.10Z": 10, "24.20Z": 12,
    "24.31Z": 5, "24.33Z": 6, "24.34Z": 8, "24.42Z": 6, "24.44Z": 4, "24.51Z": 18, "24.52Z": 8, "24.53Z": 16,
    "24.54Z": 7, "25.11Z": 130, "25.12Z": 60, "25.21Z": 4, "25.29Z": 30, "25.30Z": 6, "25.50A": 32, "25.50B": 120,
    "25.61Z": 140, "25.62A": 140, "25.62B": 410, "25.71Z": 14, "25.72Z": 16, "25.73A": 115, "25.73B": 36,
    "25.91Z": 3, "25.92Z": 5, "25.93Z": 34, "25.94Z": 18, "25.99A": 12, "25.99B": 90, "26.11Z": 18, "26.12Z": 30,
    "26.20Z": 3, "26.30Z": 8, "26.40Z": 3, "26.51A": 5, "26.51B": 50, "26.52Z": 60, "26.60Z": 6, "26.70Z": 12,
    "27.11Z": 22, "27.12Z": 26, "27.20Z": 8, "27.31Z": 2, "27.32Z": 10, "27.33Z": 10, "27.40Z": 20, "27.51Z": 6,
    "27.90Z": 28, "28.11Z": 6, "28.12Z": 7, "28.13Z": 5, "28.14Z": 8, "28.15Z": 26, "28.21Z": 8, "28.22Z": 30,
    "28.25Z": 18, "28.29A": 10, "28.29B": 42, "28.30Z": 32, "28.41Z": 20, "28.49Z": 10, "28.92Z": 10, "28.93Z": 18,
    "28.94Z": 4, "28.96Z": 12, "28.99B": 40, "29.10Z": 4, "29.20Z": 28, "29.31Z": 16, "29.32Z": 66, "30.12Z": 5,
    "30.20Z": 10, "30.30Z": 8, "30.91Z": 5, "30.92Z": 14, "31.01Z": 30, "31.02Z": 18, "31.03Z": 4, "31.09A": 16,
    "31.09B": 100, "32.12Z": 55, "32.13Z": 12, "32.20Z": 10, "32.30Z": 14, "32.40Z": 45, "32.50A": 75, "32.50B": 34,
    "32.91Z": 12, "32.99Z": 50, "33.11Z": 42, "33.12Z": 150, "33.13Z": 20, "33.14Z": 30, "33.17Z": 8, "33.19Z": 8,
    "33.20A": 45, "33.20B": 50, "33.20C": 18, "33.20D": 26,
}  # fmt: skip
"""Sub-classes of divisions 10 to 33, and how many of about 4,000 establishments each has."""

AROUND: Mapping[str, int] = {
    "46.14Z": 25, "46.49Z": 22, "46.52Z": 10, "46.62Z": 22, "46.65Z": 8, "46.69A": 60, "46.69B": 120, "46.72Z": 30,
    "46.73A": 50, "46.74A": 40, "46.75Z": 15, "46.76Z": 22, "64.20Z": 130, "70.10Z": 90, "71.12B": 140, "71.20B": 32,
    "72.19Z": 15, "74.10Z": 20, "52.10B": 32, "52.29B": 15, "49.41A": 28, "49.41B": 22, "47.52B": 18, "47.59A": 12,
    "45.20A": 22, "82.92Z": 14, "77.39Z": 8, "38.32Z": 14,
}  # fmt: skip
"""What stands beside production sites in a register and must be told apart from them."""

_HAUT_DOUBS = ("Val de Morteau", "Pays de Maîche", "Plateau de Russey", "Grand Pontarlier", "Besançon Métropole")
_HAUT_JURA = ("Haut-Jura", "Terre d'Émeraude", "Champagnole")
_CARS = ("Montbéliard", "Grand Belfort", "Sud Territoire", "Héricourt", "Pays de Lure", "CA de Vesoul")
_METAL_71 = ("Creusot", "Grand Chalon", "Charolais", "Autunois")

GATHERINGS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    (r"29\.|30\.9", _CARS, 20.0),
    (r"25\.50B|25\.61|25\.73|22\.29A|22\.19", _CARS, 4.0),
    (r"26\.52|32\.12|32\.13", _HAUT_DOUBS, 14.0),
    (r"25\.62A|26\.51|32\.50A|26\.11|26\.12", ("Besançon Métropole", "Val de Morteau", "Pays de Maîche"), 6.0),
    (r"15\.12", ("Besançon Métropole", "Val de Morteau", "Montbéliard", "Pays de Maîche"), 6.0),
    (r"22\.2|32\.40|25\.73A", _HAUT_JURA, 10.0),
    (r"32\.50B|26\.70", ("Haut-Jura Arcade", "Haut-Jura Saint-Claude", "Station des Rousses"), 90.0),
    (r"16\.|31\.", (*_HAUT_JURA, "Arbois", "Morvan", "Haut-Doubs", "Châtillonnais", "1000 étangs"), 5.0),
    (r"24\.|25\.50A", ("Val de Gray", "Pays de Lure", "Triangle Vert", "Pays de Luxeuil", *_METAL_71), 6.0),
    (r"25\.29|25\.30|25\.11|28\.11|30\.20", (*_METAL_71, "Grand Belfort"), 7.0),
    (r"27\.1|28\.11", ("Grand Belfort", "Dijon Métropole", "Grand Chalon"), 6.0),
    (r"21\.|20\.4|26\.|27\.", ("Dijon Métropole", "Grand Chalon", "Besançon Métropole"), 4.0),
    (r"10\.51|28\.93", ("Doubs", "Jura", "Pontarlier", "Arbois"), 4.0),
    (r"11\.02", ("Beaune", "Nuits-Saint-Georges", "Chablis", "Mâconnais"), 10.0),
    (r"10\.13", ("Charolais", "Morteau", "Brionnais"), 4.0),
    (r"13\.|14\.", ("Charolais", "Mâconnais", "Pays de Luxeuil", "Autunois"), 4.0),
    (r"23\.4", ("Charolais", "Puisaye", "Nevers"), 8.0),
    (r"28\.|25\.62B|25\.99", ("Auxerrois", "Sénonais", "Nevers", "Migennoise", "Coeur de Loire"), 2.5),
    (r"28\.1|29\.3", ("Nevers", "Coeur de Loire", "Sud Nivernais"), 4.0),
)
"""(activities, parts of the name of the group of communes, how many times more likely there)."""

BANDS: tuple[tuple[str, str, float], ...] = (
    # tranche code of SIRENE, employer (O, N or unknown), weight
    ("NN", "N", 11.0),
    ("NN", "", 7.0),
    ("", "", 4.0),
    ("00", "N", 4.0),
    ("01", "O", 17.0),
    ("02", "O", 13.0),
    ("03", "O", 12.0),
    ("11", "O", 13.0),
    ("12", "O", 10.0),
    ("21", "O", 4.5),
    ("22", "O", 3.2),
    ("31", "O", 0.9),
    ("32", "O", 0.5),
    ("41", "O", 0.25),
    ("42", "O", 0.08),
)
"""Headcount bands of production sites. `NN` and empty are unknown to a reader; `00` is nobody."""

_BIG = re.compile(r"29\.|24\.|21\.|27\.11|28\.11|22\.11")
_SMALL = re.compile(r"64\.20|70\.10|71\.12|16\.10|31\.09B|32\.99|33\.")


def band_weights(activity: str) -> list[float]:
    """The weights of `BANDS` for an activity: heavier at the top for cars, metal and drugs, at the foot for others."""
    weights = [weight for _, _, weight in BANDS]
    if _BIG.match(activity):
        return [weight * (0.4 if rank < 7 else 2.5) for rank, weight in enumerate(weights)]
    if _SMALL.match(activity):
        return [weight * (1.8 if rank < 6 else 0.4) for rank, weight in enumerate(weights)]
    return weights


def pull(activity: str, group_name: str) -> float:
    """How many times more likely an activity is in a group of communes than its population says."""
    found = 1.0
    for pattern, places, factor in GATHERINGS:
        if re.match(pattern, activity) and any(place in group_name for place in places):
            found = max(found, factor)
    return found
