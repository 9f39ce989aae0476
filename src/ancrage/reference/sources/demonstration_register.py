"""The demonstration register: invented establishments, in the very shape of SIRENE, whose SIREN start with 000."""

from ancrage.reference.source import Cadence, Source
from ancrage.reference.sources.sirene import LIMITS, ORDER, SITES, UNITS, read

SOURCE = Source(
    id="demonstration-register",
    title={
        "fr": "Registre de démonstration (données inventées)",
        "en": "Demonstration register (invented data)",
    },
    publisher="Ancrage",
    licence="EUPL-1.2",
    page="",
    cadence=Cadence.NEVER,
    formats=("zip", "csv", "parquet"),
    files=(SITES, UNITS),
    table="establishments",
    order=ORDER,
    read=read,
    limits=LIMITS,
    invented=True,
)
