"""From a list of establishments that somebody has to the declared table `establishments`, as Ibis expressions.

A list has one row per establishment and at least a SIRET. Every other column of `establishments` may be there, under
its name or one of the headings that `sources/establishment_list.py` knows; what a list does not say stays unknown,
except that an establishment without a state is taken as open. The activity is of NAF rev. 2 unless a column of
nomenclatures says otherwise. A name is kept as the list gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from ancrage.reference.company import BANDS, NAF_REV2_NAMES, department_of, dotted, is_commune, with_siret_check

FIELDS = (
    "name",
    "activity",
    "activity_2025",
    "nomenclature",
    "band",
    "employer",
    "head_office",
    "commune",
    "commune_name",
    "department",
    "postcode",
    "longitude",
    "latitude",
    "point_basis",
    "state",
    "company_category",
    "statement",
    "diffusion",
)
"""What a list may say beside the SIRET: columns of `establishments`, the commune by its name, the edition of the
activity, the state, the diffusion status."""

_YES = ("true", "o", "oui", "1", "yes", "vrai")
_NO = ("false", "n", "non", "0", "no", "faux")
_OPEN = ("a", "actif", "active", "ouvert", "open", *_YES)
_BASES: Mapping[str, tuple[str, ...]] = {
    "address": ("address", "adresse", "housenumber", "street"),
    "commune": ("commune", "municipality", "centre_commune", "centre_commune_2026"),
}


def listed_establishments(listed: ir.Table, communes: ir.Table) -> ir.Table:
    """One row per row of the list: the columns of `establishments`, then `reason` and one boolean per note.

    Reasons: `no_siret`, `siret` (not one), `partial_diffusion`. Notes: `band` (unknown), `no_commune`, `no_activity`,
    `no_point`.
    """
    absent = {name: ibis.null("string") for name in FIELDS if name not in listed.columns}
    table = with_siret_check(listed.mutate(**absent))
    table = _with_commune(table, communes)
    activity, activity_2025 = _activities(table)
    band = table.band.strip()
    given_x, given_y = table.longitude.try_cast("float64"), table.latitude.try_cast("float64")
    is_given = (given_x.between(-180, 180) & given_y.between(-90, 90)).fill_null(False)
    return table.select(
        siret=table.siret,
        siren=table.siret.left(9),
        name=table["name"].strip().nullif("").nullif("[ND]"),
        activity=activity,
        activity_2025=activity_2025,
        band=band.isin(BANDS).ifelse(band, ibis.null("string")),
        employer=_truth(table.employer),
        head_office=_truth(table.head_office),
        commune=table.found_commune,
        department=ibis.coalesce(table.department, department_of(table.found_commune)),
        postcode=table.postcode.re_search("^[0-9]{5}$").ifelse(table.postcode, ibis.null("string")),
        longitude=is_given.ifelse(given_x, table.commune_x).round(6),
        latitude=is_given.ifelse(given_y, table.commune_y).round(6),
        point_basis=_basis(table, is_given),
        active=table.state.isnull() | table.state.lower().isin(_OPEN),
        company_category=table.company_category.isin(("PME", "ETI", "GE")).ifelse(
            table.company_category, ibis.null("string")
        ),
        statement=table.statement.strip().nullif(""),
        reason=_reason(table),
        note_band=~(band.isin((*BANDS, "NN", "")) | band.isnull()),
        note_no_commune=table.found_commune.isnull(),
        note_no_activity=activity.isnull() & activity_2025.isnull(),
        note_no_point=~is_given & table.commune_x.isnull(),
    )


def _reason(table: ir.Table) -> ir.StringValue:
    return ibis.cases(
        (table.diffusion.fill_null("O") != "O", "partial_diffusion"),
        (table.siret.strip().nullif("").isnull(), "no_siret"),
        (~table.siret_holds, "siret"),
        else_=ibis.null("string"),
    )


def _activities(table: ir.Table) -> tuple[ir.StringValue, ir.StringValue]:
    edition = table.nomenclature.fill_null(NAF_REV2_NAMES[0])
    of_2025 = edition.startswith("NAF2025") | edition.startswith("NAF25")
    main, nothing = dotted(table.activity), ibis.null("string")
    rev2 = edition.isin(NAF_REV2_NAMES).ifelse(main, nothing)
    return rev2, ibis.coalesce(of_2025.ifelse(main, nothing), dotted(table.activity_2025))


def _truth(value: ir.StringValue) -> ir.BooleanValue:
    word = value.strip().lower()
    return ibis.cases(
        (word.isin(_YES), ibis.literal(True)), (word.isin(_NO), ibis.literal(False)), else_=ibis.null("boolean")
    )


def _basis(table: ir.Table, is_given: ir.BooleanValue) -> ir.StringValue:
    """A point whose precision is not said is approximate."""
    said = table.point_basis.lower()
    return ibis.cases(
        *((is_given & said.isin(words), basis) for basis, words in _BASES.items()),
        (is_given, "approximate"),
        (table.commune_x.notnull() & ~table.vague, "commune"),
        (table.commune_x.notnull(), "approximate"),
        else_=ibis.null("string"),
    )


def _with_commune(table: ir.Table, communes: ir.Table) -> ir.Table:
    """The commune by its code, else by its name within the department when a single current commune bears it."""
    keyed = table.mutate(
        commune_key=_name_key(table.commune_name),
        code_given=is_commune(table.commune).ifelse(table.commune, ibis.null("string")),
    )
    current = communes.filter(communes.is_current)
    named = current.group_by(f_key=_name_key(current["name"]), f_department=current.department).agg(
        f_code=current.commune.min(), f_count=current.count()
    )
    single = named.filter(named.f_count == 1).drop("f_count")
    same = [keyed.commune_key == single.f_key, keyed.department == single.f_department]
    found = keyed.left_join(single, same).drop("f_key", "f_department")
    coded = found.mutate(found_commune=ibis.coalesce(found.code_given, found.f_code))
    points = communes.select(
        f_commune=communes.commune,
        commune_x=communes.longitude,
        commune_y=communes.latitude,
        vague=communes.approximate,
    )
    return coded.left_join(points, coded.found_commune == points.f_commune).drop("f_commune")


def _name_key(name: ir.StringValue) -> ir.StringValue:
    """Without case nor hyphens: `SAINT-DENIS` and `Saint Denis` are one name."""
    return name.strip().lower().replace("-", " ").replace("’", "'")
