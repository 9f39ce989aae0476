"""Lambert conformal conic coordinates to longitude and latitude, as Ibis expressions.

Formulas: IGN, "Projection cartographique conique conforme de Lambert" (NTG 71), algorithm ALG0004; the latitude from
the isometric latitude by the series of J. P. Snyder, "Map Projections: A Working Manual" (USGS 1395, 1987), equation
3-5, cut after e^8 (below 1e-9 degree), which needs no iteration.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Conic:
    """Constants of a projection: exponent `n`, constant `c` (m), apex (m), central meridian (degrees), eccentricity."""

    n: float
    c: float
    x_apex: float
    y_apex: float
    meridian: float
    e: float


LAMBERT_93 = Conic(0.7256077650532670, 11754255.426096, 700000.0, 12655612.049876, 3.0, 0.0818191910428158)
"""RGF93 / Lambert-93 on GRS 80 (EPSG:2154; IGN NTG 71): within a centimetre of WGS84 in metropolitan France."""


def geographic(table: ir.Table, projection: Conic, metres: tuple[str, str], degrees: tuple[str, str]) -> ir.Table:
    """The table with two more columns, longitude and latitude, from two columns in metres (null where either is).

    `metres` names the columns of x and y, `degrees` the new ones.

    Intermediate values are columns of their own, so that no engine computes one twice; none remains.
    """
    (x, y), (longitude, latitude) = metres, degrees
    polar = table.mutate(g_east=table[x] - projection.x_apex, g_north=projection.y_apex - table[y])
    squared = (polar.g_east**2 + polar.g_north**2) / projection.c**2
    turned = polar.mutate(
        g_lon=polar.g_east.atan2(polar.g_north) * (180 / pi / projection.n) + projection.meridian,
        g_conformal=(squared.nullif(0.0).ln() * (-0.5 / projection.n)).exp().atan() * 2 - pi / 2,
    )
    waves = turned.mutate(g_sin=(turned.g_conformal * 2).sin(), g_cos=(turned.g_conformal * 2).cos())
    angle = waves.g_conformal + _series(projection.e, waves.g_sin, waves.g_cos)
    named = waves.mutate(**{longitude: waves.g_lon, latitude: angle * (180 / pi)})
    return named.drop("g_east", "g_north", "g_lon", "g_conformal", "g_sin", "g_cos")


def _series(e: float, sine: ir.FloatingValue, cosine: ir.FloatingValue) -> ir.FloatingValue:
    """Geodetic minus conformal latitude, from the sine and cosine of twice the conformal one (Snyder, 3-5).

    The sines of four, six and eight times it are products of these two.
    """
    e2, e4, e6, e8 = e**2, e**4, e**6, e**8
    a = e2 / 2 + 5 * e4 / 24 + e6 / 12 + 13 * e8 / 360
    b = 7 * e4 / 48 + 29 * e6 / 240 + 811 * e8 / 11520
    c = 7 * e6 / 120 + 81 * e8 / 1120
    d = 4279 * e8 / 161280
    # sin 2t = 2 s c; sin 3t = s (4 c^2 - 1); sin 4t = s (8 c^3 - 4 c), with t twice the conformal latitude
    return sine * (((cosine * (8 * d) + 4 * c) * cosine + (2 * b - 4 * d)) * cosine + (a - c))
