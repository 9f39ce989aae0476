"""La Poste's official base of postcodes, for the point that it gives to each commune.

One row per commune, postcode and hamlet, so several per commune. Until 2023 the point is one column `coordonnees_gps`
(`latitude, longitude`), since then `_geopoint`; other editions of the file have two columns. The edition that La Poste
names `019HexaSmal.csv` has no point at all and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

_CODE = ("#Code_commune_INSEE", "Code_commune_INSEE", "code_commune_INSEE")

ONE_COLUMN = SourceFile(
    name="base-officielle-codes-postaux",
    needed=("code_commune_insee", "_geopoint"),
    address=(
        "https://datanova.laposte.fr/data-fair/api/v1/datasets/laposte-hexasmal/metadata-attachments/"
        "base-officielle-codes-postaux.csv"
    ),
    required=False,
    synonyms={
        "code_commune_insee": _CODE,
        "_geopoint": ("coordonnees_gps", "Coordonnées GPS", "Coordonnée géographique"),
    },
)

TWO_COLUMNS = SourceFile(
    name="laposte_hexasmal",
    needed=("code_commune_insee", "latitude", "longitude"),
    required=False,
    synonyms={"code_commune_insee": _CODE, "latitude": ("lat", "Latitude"), "longitude": ("lon", "Longitude")},
)


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `commune_points` of the files at hand."""
    import ibis

    from ancrage.reference.commune_points import points_of_communes

    parts = []
    one, two = raw.get(ONE_COLUMN.name), raw.get(TWO_COLUMNS.name)
    if one is not None:
        pair = r"^\s*(-?[0-9.]+)\s*,\s*(-?[0-9.]+)\s*$"
        given = one["_geopoint"].strip().nullif("")
        lat, lon = (given.re_extract(pair, group) for group in (1, 2))
        parts.append(one.select(commune=one.code_commune_insee, lat=lat, lon=lon))
    if two is not None:
        parts.append(two.select(commune=two.code_commune_insee, lat=two.latitude, lon=two.longitude))
    return points_of_communes(reduce(ibis.union, parts))


SOURCE = Source(
    id="commune-points",
    title={
        "fr": "Base officielle des codes postaux : point de chaque commune",
        "en": "Official base of postcodes: point of each commune",
    },
    publisher="La Poste",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/datasets/base-officielle-des-codes-postaux",
    cadence=Cadence.ON_REVISION,
    formats=("csv", "csv.gz", "zip", "parquet"),
    files=(ONE_COLUMN, TWO_COLUMNS),
    table="commune_points",
    order=("commune",),
    read=read,
    limits={"commune": Decimal("0.01"), "no_point": Decimal("0.05"), "point": Decimal("0.01")},
    hosts=("datanova.laposte.fr", "www.data.gouv.fr"),
)
