"""The register of a study: which vintage, which rows around a place, which statements about its sites."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.dossier.model import BomReading
from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.report import RegisterView
from ancrage.interfaces.jobs.territory import HomeTerritory, territory_in_use, territory_with
from ancrage.interfaces.wiring import open_index, open_warehouse
from ancrage.kernel.codes import Siret
from ancrage.kernel.errors import InputError, PlaceError, UsageError
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.table import Table, read_declaration
from ancrage.reference.capability import load_capabilities
from ancrage.reference.demonstration import FOLDER, load_demonstration
from ancrage.reference.embedded import embedded_bytes
from ancrage.reference.place import Place, parse_place
from ancrage.reference.register import departments, sites, within
from ancrage.reference.source import catalogue_of_sources
from ancrage.reference.statement import COLUMNS, Statement, check_columns, read_statements
from ancrage.reference.territory import Point, Territory

if TYPE_CHECKING:
    from ancrage.adapters.home import Home
    from ancrage.kernel.ports import SearchIndex, Warehouse

TABLE = "establishments"
_STATEMENTS = "statements.csv.gz"


@dataclass(frozen=True, slots=True)
class Register:
    """An open register: its table, its vintage, its text index, and the territory that its places are in."""

    table: Table
    vintage: Vintage
    index: SearchIndex
    warehouse: Warehouse
    ground: HomeTerritory

    def site_of(self, siret: Siret) -> tuple[str, Point | None] | None:
        """The commune and the own point of an establishment, None when the register does not have it."""
        row = self.warehouse.collect(sites(self.table.expression, [siret])).to_pylist()
        if not row:
            return None
        longitude, latitude = row[0]["longitude"], row[0]["latitude"]
        return row[0]["commune"], None if longitude is None else Point(latitude, longitude)

    def place(self, text: str) -> Place:
        """A place as people write it, a SIRET of this register included. Raises `PlaceError`."""
        return parse_place(text, self.ground.territory, self.site_of)

    def around(self, site: Place | None, territory: Place | None, radius_km: float | None) -> Around:
        """Where to look: a circle around the site, a territory, or both. Raises `UsageError` without either."""
        if radius_km is not None and (site is None or site.point is None):
            raise UsageError("jobs.register.centre")
        if radius_km is None and territory is None:
            raise UsageError("jobs.register.where")
        centre = None if site is None else site.point
        neighbours: tuple[str, ...] = ()
        if radius_km is not None and centre is not None:
            neighbours = self.ground.territory.neighbours_within(centre, radius_km)
        return Around(
            centre=None if centre is None else (centre.lon, centre.lat),
            radius_km=radius_km,
            area=None if territory is None else territory.area,
            neighbours=neighbours,
        )

    def view(self, around: Around, statements: Sequence[Statement] = ()) -> RegisterView:
        """The rows around a place, with what is said of them."""
        centre = None if around.centre is None else Point(around.centre[1], around.centre[0])
        rows = within(self.table.expression, around.area, centre, around.radius_km)
        table = self.warehouse.collect(rows)
        return RegisterView(table, self.vintage, self.index, tuple(statements), self._departments())

    def _departments(self) -> tuple[str, ...]:
        """The departments where this register holds open establishments."""
        found = self.warehouse.collect(departments(self.table.expression)).column("department").to_pylist()
        return tuple(sorted(code for code in found if code))


def open_register(home: Home, source: str | None = None) -> Register:
    """The register in use of the source named, else of the first one found.

    An official register comes before any other, the demonstration last. Official points of communes go with it when
    the home has them, except with an invented register: real and invented data do not mix. Raises `UsageError` when
    there is no register.
    """
    chosen, warehouse = _vintage_in_use(source), open_warehouse(home)
    ground = territory_with(warehouse, None) if chosen.invented else territory_in_use(warehouse)
    return _opened(home, chosen, warehouse, ground)


def reopen_register(home: Home, vintage: Vintage, points: Vintage | None) -> Register:
    """The register of exactly this vintage, with exactly these official points of communes (None: the embedded ones).

    Raises `VintageError` when one is absent or damaged.
    """
    warehouse = open_warehouse(home)
    return _opened(home, vintage, warehouse, territory_with(warehouse, points))


def _opened(home: Home, vintage: Vintage, warehouse: Warehouse, ground: HomeTerritory) -> Register:
    table = warehouse.open(vintage, read_declaration(TABLE))
    return Register(table, vintage, _index_of(home, vintage), warehouse, ground)


def _vintage_in_use(source: str | None) -> Vintage:
    from ancrage.adapters.store import queries

    catalogue = catalogue_of_sources()
    registers = [one for one in catalogue.values() if one.table == TABLE]
    registers.sort(key=lambda one: (one.invented, one.id != "sirene", one.id))
    if source is not None and source not in {one.id for one in registers}:
        raise UsageError("jobs.register.unknown", source=source, known=", ".join(one.id for one in registers))
    for register in registers:
        if source in {None, register.id} and (vintage := queries.current_vintage(register.id)) is not None:
            return vintage
    raise UsageError("jobs.register.none")


def _index_of(home: Home, register: Vintage) -> SearchIndex:
    """The text index of a register: it is made with it, so its absence is an error like that of the register."""
    from ancrage.adapters.public_data import index_of

    return open_index(home.folder(index_of(register)))


def embedded_statements(vintage: Vintage) -> tuple[Statement, ...]:
    """What is said of the sites of the demonstration, for its own register alone."""
    if not vintage.invented:
        return ()
    demonstration = load_demonstration()
    name = _STATEMENTS
    said = Vintage("demonstration-statements", demonstration.on, demonstration.files[name], invented=True)
    source = Evidence("demonstration-statements", "statement.read", said)
    return statements_of(embedded_bytes(f"{FOLDER}/{name}"), source)


def check_statements(files: Sequence[Path]) -> None:
    """Refuse a file of statements under its own name, before anything is kept. Raises `InputError`."""
    for path in files:
        statements_of(path.read_bytes(), Evidence(path.name, "statement.read"), path.name)


def statements_of(content: bytes, source: Evidence, file: str | None = None) -> tuple[Statement, ...]:
    """The statements of a CSV file (UTF-8, commas). Raises `InputError` with the name of the file and what is wrong:
    its nature, its header, or the line and column."""
    name = source.source if file is None else file
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        check_columns(rows.fieldnames or (), name)
        return read_statements(rows, load_capabilities(), source, name)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("statement.unreadable", file=name, expected=", ".join(COLUMNS)) from error


def region_of(site: Place, territory: Territory) -> str | None:
    """The region where a place is, None when it spreads over several."""
    regions = {territory.current(code).region for code in site.area.codes}
    return regions.pop() if len(regions) == 1 else None


def regions_made_in(reading: BomReading, register: Register) -> dict[str, str]:
    """The region where each line is made, by its key, for the lines that say where; a SIRET is sought in the register.

    A site that this register does not have stays unknown: the line is counted in France.
    """
    found: dict[str, str | None] = {}
    for text in sorted({line.made_at for line in reading.lines if line.made_at}):
        try:
            found[text] = region_of(register.place(text), register.ground.territory)
        except PlaceError:
            found[text] = None
    places = {line.key: found[line.made_at] for line in reading.lines if line.made_at}
    return {key: region for key, region in places.items() if region is not None}
