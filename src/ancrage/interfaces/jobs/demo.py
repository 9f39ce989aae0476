"""The demonstration: its territory in the home, and the study of its electric bicycle."""

from __future__ import annotations

import gzip
from pathlib import Path

from ancrage.adapters.home import Home
from ancrage.interfaces.jobs.data import import_files
from ancrage.interfaces.jobs.progress import Progress
from ancrage.interfaces.jobs.study import StudyRequest, run_study
from ancrage.interfaces.wiring import open_home
from ancrage.interfaces.wording import Language
from ancrage.kernel.errors import CatalogueError
from ancrage.reference.demonstration import demonstration_bytes, load_demonstration

REGISTER = "demonstration-register"
SITE = "commune:25056"
TERRITORY = "region:27"
RADIUS_KM = 150.0
BICYCLE = "bom/velo_electrique.csv"
_REGISTER_FILES = ("register.csv.gz", "register_legal_units.csv.gz")


def prepare_demonstration(language: Language, progress: Progress) -> tuple[Path, ...]:
    """Load the demonstration register and study the electric bicycle, unless the home already holds a study.

    Returns the files of the dossier, empty when nothing was done.
    """
    home = open_home()
    from ancrage.adapters.store import queries

    if queries.studies():
        return ()
    load_register(home, progress)
    with home.work_folder() as folder:
        bom = demonstration_file(BICYCLE, folder)
        result = run_study(bicycle_request(bom, language), home.root / "dossiers" / "velo_electrique", progress)
    if result.dossier is None:
        raise CatalogueError("jobs.demo.rejected", file=BICYCLE)
    return result.files[:4]


def load_register(home: Home, progress: Progress) -> None:
    """Put the demonstration register in use."""
    from ancrage.adapters.store import queries

    if queries.current_vintage(REGISTER) is not None:
        return
    with home.work_folder() as folder:
        files = [demonstration_file(name, folder) for name in _REGISTER_FILES]
        import_files(files, REGISTER, load_demonstration().on, progress)


def bicycle_request(bom: Path, language: Language) -> StudyRequest:
    """The study of the demonstration: assembled in Besançon, sought in Bourgogne-Franche-Comté and 150 km around."""
    return StudyRequest(
        bom=bom,
        site=SITE,
        company=None,
        territory=TERRITORY,
        radius_km=RADIUS_KM,
        on=load_demonstration().on,
        language=language,
        register=REGISTER,
    )


def demonstration_file(name: str, folder: Path) -> Path:
    """A file of the demonstration, written uncompressed to a folder."""
    content = demonstration_bytes(name)
    path = folder / name.rpartition("/")[2].removesuffix(".gz")
    path.write_bytes(gzip.decompress(content) if name.endswith(".gz") else content)
    return path
