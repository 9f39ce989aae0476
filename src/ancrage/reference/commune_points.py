"""The official points of communes as Ibis expressions: from the publisher's rows, and into the communes of an import.

`territory.with_points` does the same to a territory in memory: both follow one rule.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ancrage.reference.company import METROPOLE, is_commune

_UNITS = 1_000_000
"""Points are counted in millionths of a degree (a tenth of a metre), so that a mean does not depend on its order."""


def points_of_communes(rows: ir.Table) -> ir.Table:
    """The table `commune_points` of rows `commune`, `lat`, `lon` (text, degrees WGS 84), several per commune at will.

    One row of a commune is kept, with the mean of the commune's distinct points. Reasons: `abroad` (Monaco),
    `commune` (not a code), `no_point` (none given), `point` (not one, or a metropolitan one outside of France),
    `merged` (another row of a commune that is kept).
    """
    read = rows.mutate(lat=rows.lat.try_cast("float64"), lon=rows.lon.try_cast("float64"), given=rows.lat.notnull())
    judged = read.mutate(flaw=_flaw(read), y=(read.lat * _UNITS).round(), x=(read.lon * _UNITS).round())
    of_point = ibis.window(group_by=[judged.commune, judged.flaw, judged.y, judged.x])
    counted = judged.mutate(is_first=ibis.row_number().over(of_point) == 0)
    of_commune = ibis.window(group_by=[counted.commune, counted.flaw])
    summed = counted.mutate(
        rank=ibis.row_number().over(of_commune),
        points=counted.commune.count(where=counted.is_first).over(of_commune),
        sum_y=counted.y.cast("int64").sum(where=counted.is_first).over(of_commune),
        sum_x=counted.x.cast("int64").sum(where=counted.is_first).over(of_commune),
    )
    return summed.select(
        commune=summed.commune,
        longitude=_mean(summed.sum_x, summed.points),
        latitude=_mean(summed.sum_y, summed.points),
        points=summed.points,
        reason=ibis.coalesce(summed.flaw, (summed.rank > 0).ifelse("merged", ibis.null("string"))),
    )


def _mean(total: ir.IntegerValue, count: ir.IntegerValue) -> ir.FloatingValue:
    return (total.cast("float64") / count.cast("float64") / _UNITS).round(6)


def _flaw(rows: ir.Table) -> ir.StringValue:
    west, east, south, north = METROPOLE
    overseas = rows.commune.left(2).isin(("97", "98"))
    on_earth = rows.lat.between(-90, 90) & rows.lon.between(-180, 180)
    in_france = rows.lat.between(south, north) & rows.lon.between(west, east)
    return ibis.cases(
        (rows.commune.startswith("99").fill_null(False), "abroad"),
        (~is_commune(rows.commune).fill_null(False), "commune"),
        (~rows.given, "no_point"),
        (~overseas.ifelse(on_earth, in_france).fill_null(False), "point"),
        else_=ibis.null("string"),
    )


def located(communes: ir.Table, points: ir.Table) -> ir.Table:
    """The communes of an import with official points in place of theirs.

    A code without a point of its own takes that of its successor when what it has is approximate, and stays
    approximate; what has neither stays where it was.
    """
    own = points.select(own=points.commune, own_x=points.longitude, own_y=points.latitude)
    heir = points.select(heir=points.commune, heir_x=points.longitude, heir_y=points.latitude)
    joined = communes.left_join(own, communes.commune == own.own).left_join(heir, communes.successor == heir.heir)
    inherits = joined.approximate & joined.heir.notnull()
    return joined.mutate(
        longitude=ibis.coalesce(joined.own_x, inherits.ifelse(joined.heir_x, joined.longitude)),
        latitude=ibis.coalesce(joined.own_y, inherits.ifelse(joined.heir_y, joined.latitude)),
        approximate=joined.approximate & joined.own.isnull(),
    ).drop("own", "own_x", "own_y", "heir", "heir_x", "heir_y")
