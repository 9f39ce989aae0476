"""The establishments of an area, as aligned arrays: what is asked of thousands of lines is looked up, not recomputed.

Distances are great-circle distances by the haversine formula (mean Earth radius 6371.0088 km), in kilometres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ancrage.dossier.suppliers.rules import Rules
from ancrage.dossier.suppliers.sites import KINDS, SiteKind, kind_of_site
from ancrage.kernel.errors import InputError
from ancrage.reference.territory import EARTH_RADIUS_KM, Area

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_NEEDED = ("siret", "siren", "name", "activity", "band", "employer", "commune", "longitude", "latitude", "point_basis",
           "active")  # fmt: skip
_PRODUCTION = KINDS.index(SiteKind.PRODUCTION)


@dataclass(frozen=True, slots=True)
class Around:
    """Where to look: `centre` is (longitude, latitude) in degrees, where distances start (None: they have no start and
    stay unknown); establishments within `radius_km` of it or in the communes of `area` (either is enough); everywhere
    when neither is given. `neighbours` are the foreign countries (alpha-2) that the radius reaches into: the register
    covers France only."""

    centre: tuple[float, float] | None
    radius_km: float | None = None
    area: Area | None = None
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """Open establishments of the area, in the order of SIRET. Row numbers index every array.

    `activity` numbers `activities` (None among them for an unknown one), `kind` numbers `KINDS`, `company` numbers the
    SIREN, `band` numbers `bands`; `distance` is NaN when the point is unknown. `by_activity[starts[a]:starts[a + 1]]`
    are the rows of activity a.
    """

    table: pa.Table
    sirets: npt.NDArray[Any]
    activities: tuple[str | None, ...]
    activity: Ints
    bands: tuple[str | None, ...]
    band: Ints
    kind: Ints
    trade_kind: Ints
    """What each site would be if its activity were the one asked for: production, unless nobody works there."""
    company: Ints
    distance: Floats
    by_activity: Ints
    starts: Ints
    beside: Ints
    """The rows that are not production sites of companies that also have a production site here."""
    outside: int
    """Open establishments of the register that could not be placed, and were left out of a search by radius."""

    def row_of(self, siret: str) -> int | None:
        """The row of an establishment, None when it is not here."""
        row = int(np.searchsorted(self.sirets, siret))
        return row if row < len(self.sirets) and self.sirets[row] == siret else None


def survey(register: pa.Table, around: Around) -> Ground:
    """The ground of a register (columns of `establishments`) within an area. The order of its rows changes nothing.

    Raises `InputError` when a column is missing, or when a radius has no centre.
    """
    if around.radius_km is not None and around.centre is None:
        raise InputError("suppliers.radius_without_centre")
    missing = [name for name in _NEEDED if name not in register.column_names]
    if missing:
        raise InputError("suppliers.register.columns", columns=", ".join(missing))
    open_ones = register.select(_NEEDED).filter(pc.field("active"))
    distance = _distances(open_ones, around.centre)
    keep = _inside(open_ones, distance, around)
    unplaced = int(np.isnan(distance).sum()) if around.radius_km is not None else 0
    rows = np.flatnonzero(keep)
    order = rows[pc.sort_indices(open_ones.column("siret").take(pa.array(rows))).to_numpy()]
    table = open_ones.take(pa.array(order)).combine_chunks()
    return _ground(table, distance[order], unplaced)


def _ground(table: pa.Table, distance: Floats, unplaced: int) -> Ground:
    activity, activities = _numbered(table.column("activity"))
    band, bands = _numbered(table.column("band"))
    employer = table.column("employer").to_numpy(zero_copy_only=False)
    is_not_employer = np.array([value is False for value in employer], dtype=bool)
    combined = (activity * max(len(bands), 1) + band) * 2 + is_not_employer
    kind, trade_kind = (_kinds(combined, activities, bands, as_asked=as_asked) for as_asked in (False, True))
    sirens = pc.dictionary_encode(table.column("siren").combine_chunks())
    company = sirens.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    by_activity = np.argsort(activity, kind="stable")
    starts = np.searchsorted(activity[by_activity], np.arange(len(activities) + 1))
    producing = np.zeros(company.max(initial=-1) + 1, dtype=bool)
    producing[company[kind == _PRODUCTION]] = True
    beside = np.flatnonzero((kind != _PRODUCTION) & producing[company]) if len(company) else np.zeros(0, dtype=np.int64)
    sirets = table.column("siret").to_numpy(zero_copy_only=False).astype("U14")
    return Ground(table, sirets, activities, activity, bands, band, kind, trade_kind, company, distance, by_activity,
                  starts, beside, unplaced)  # fmt: skip


def _numbered(column: pa.ChunkedArray) -> tuple[Ints, tuple[str | None, ...]]:
    """Each value as a number, and the values in their own order, unknown last: the numbering is that of the content."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    values = encoded.dictionary.to_pylist()
    ordered = sorted(range(len(values)), key=lambda place: (values[place] is None, values[place] or ""))
    rank = np.empty(len(values), dtype=np.int64)
    rank[ordered] = np.arange(len(values))
    numbers = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return (rank[numbers] if len(numbers) else numbers), tuple(values[place] for place in ordered)


def _kinds(
    combined: Ints, activities: tuple[str | None, ...], bands: tuple[str | None, ...], *, as_asked: bool
) -> Ints:
    """`kind_of_site` of every row, computed once per combination of activity, band and employer."""
    distinct, inverse = np.unique(combined, return_inverse=True)
    kinds = [_kind(code, activities, bands, as_asked=as_asked) for code in distinct.tolist()]
    return np.array(kinds, dtype=np.int64)[inverse] if kinds else combined


def _kind(code: int, activities: tuple[str | None, ...], bands: tuple[str | None, ...], *, as_asked: bool) -> int:
    pair, is_not_employer = divmod(code, 2)
    activity, band = activities[pair // len(bands)], bands[pair % len(bands)]
    wanted = (activity,) if as_asked and activity is not None else ()
    return KINDS.index(kind_of_site(activity, band, False if is_not_employer else None, wanted))


def _distances(table: pa.Table, centre: tuple[float, float] | None) -> Floats:
    longitude = table.column("longitude").to_numpy(zero_copy_only=False).astype(np.float64)
    latitude = table.column("latitude").to_numpy(zero_copy_only=False).astype(np.float64)
    return np.full(len(longitude), np.nan) if centre is None else haversine_km(centre, longitude, latitude)


def haversine_km(centre: tuple[float, float], longitude: Floats, latitude: Floats) -> Floats:
    """Great-circle distance in kilometres from a (longitude, latitude) in degrees to others; NaN where unknown."""
    lon0, lat0 = map(math.radians, centre)
    lon, lat = np.radians(longitude), np.radians(latitude)
    half = np.sin((lat - lat0) / 2) ** 2 + math.cos(lat0) * np.cos(lat) * np.sin((lon - lon0) / 2) ** 2
    distances: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return distances


def _inside(table: pa.Table, distance: Floats, around: Around) -> Bools:
    if around.radius_km is None and around.area is None:
        return np.ones(table.num_rows, dtype=bool)
    kept = np.zeros(table.num_rows, dtype=bool)
    if around.radius_km is not None:
        kept |= np.nan_to_num(distance, nan=np.inf) <= around.radius_km
    if around.area is not None:
        codes = pa.array(sorted(around.area.codes), pa.string())
        kept |= pc.is_in(table.column("commune").cast(pa.string()), value_set=codes).to_numpy(zero_copy_only=False)
    return kept


def size_parts(ground: Ground, rules: Rules, *, large: bool) -> Floats:
    """The size part of every row, 0 to 1: by band, neutral when the headcount is unknown."""
    by_band = rules.size_large if large else rules.size_ordinary
    parts = [rules.size_unknown if band is None else by_band[band] for band in ground.bands]
    return np.array(parts, dtype=np.float64)[ground.band] if parts else np.zeros(0)


def distance_parts(ground: Ground, rules: Rules) -> Floats:
    """The distance part of every row, 0 to 1: half / (half + d)."""
    half = rules.distance["half_km"]
    known: Floats = half / (half + np.nan_to_num(ground.distance))
    return np.where(np.isnan(ground.distance), rules.distance["unknown"], known)
