"""The real communes of the region, with the group of communes each belongs to."""

from __future__ import annotations

import csv
import gzip
import io
import math
from dataclasses import dataclass
from pathlib import Path

REGION = "27"
"""Bourgogne-Franche-Comté."""

_N, _C, _E = 0.7256077650532670, 11754255.426096, 0.0818191910428158
_X_APEX, _Y_APEX, _MERIDIAN = 700000.0, 12655612.049876, 3.0


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune; `point` is (latitude, longitude) in degrees when it has one of its own, else None."""

    code: str
    name: str
    group: str
    population: int
    postcode: str
    point: tuple[float, float] | None


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))


def read_communes(catalogue: Path) -> list[Commune]:
    """The current communes of the region, by code. Raises `ValueError` when there is none."""
    groups = {row["code"]: row["name"] for row in _rows(catalogue / "territory" / "epci.csv.gz")}
    found = [
        Commune(
            row["code"],
            row["name"],
            groups.get(row["epci"], ""),
            int(row["population"] or 0),
            row["postcodes"].split("|")[0].split(" ")[0],
            None if row["point"].startswith("approximate") else (float(row["lat"]), float(row["lon"])),
        )
        for row in _rows(catalogue / "territory" / "communes.csv.gz")
        if row["region"] == REGION and row["current"] == "1" and row["kind"] == "commune"
    ]
    if not found:
        raise ValueError(f"no commune of region {REGION} in {catalogue}")
    return sorted(found, key=lambda commune: commune.code)


def to_lambert(point: tuple[float, float]) -> tuple[float, float]:
    """Latitude and longitude in degrees to Lambert-93 metres (IGN, NTG 71, algorithm ALG0003)."""
    latitude, longitude = math.radians(point[0]), point[1]
    isometric = math.atanh(math.sin(latitude)) - _E * math.atanh(_E * math.sin(latitude))
    radius = _C * math.exp(-_N * isometric)
    angle = math.radians(_N * (longitude - _MERIDIAN))
    return (_X_APEX + radius * math.sin(angle), _Y_APEX - radius * math.cos(angle))
