"""The documentation says what the code does: everything that exists has its place, every example is real."""

from __future__ import annotations

import doctest
import gzip
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
REFERENCE = DOCS / "reference"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CALL = re.compile(r"(?:^|\s)(?:\.venv/bin/)?ancrage ((?:[^#\n]|#(?!\s))+)")


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


@pytest.fixture(scope="module")
def builder() -> Iterator[ModuleType]:
    """The module that writes reference parts from the code."""
    sys.path.insert(0, str(ROOT / "tools"))
    import build_docs

    yield build_docs
    sys.path.remove(str(ROOT / "tools"))


def test_reference_pages_say_what_the_code_says() -> None:
    """Commands, options, exit codes, settings, sources, tables, errors, headings, limits, sections, licences."""
    done = subprocess.run(
        [sys.executable, "tools/build_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run: .venv/bin/python tools/build_docs.py\n{done.stdout}{done.stderr}"


def test_a_page_that_lags_behind_the_code_is_seen(builder: ModuleType) -> None:
    page = "<!-- from the code: exit-codes -->\n\n| code | meaning |\n\n<!-- end -->\n"
    assert builder.rendered(page) != page
    assert "| 64 |" in builder.rendered(page)


def test_every_command_and_option_is_in_the_page_of_commands(builder: ModuleType) -> None:
    page = _read(REFERENCE / "command-line.md")
    for path, command in builder.commands():
        assert f"### `{path}`" in page, path
        section = page.partition(f"### `{path}`")[2].partition("\n### ")[0]
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name != "help":
                assert all(f"`{option}`" in section for option in parameter.opts), (path, parameter.opts)


def test_every_setting_has_its_row() -> None:
    from ancrage.interfaces.settings import Settings

    page = _read(REFERENCE / "settings.md")
    assert [name for name in Settings.model_fields if f"`ANCRAGE_{name.upper()}`" not in page] == []


def test_every_source_and_every_file_of_it_has_its_place() -> None:
    from ancrage.reference.source import catalogue_of_sources

    page = _read(REFERENCE / "sources.md")
    for name, source in catalogue_of_sources().items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert source.licence in section, name
        assert all(f"`{file.name}`" in section for file in source.files), name
        assert all(f"`{column}`" in section for file in source.files for column in file.needed), name


def test_every_declared_table_and_its_columns_have_their_place(builder: ModuleType) -> None:
    from ancrage.kernel.table import read_declaration

    page = _read(REFERENCE / "tables.md")
    for name in builder.table_names():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert [column for column in read_declaration(name).names if f"| `{column}` |" not in section] == [], name


def test_every_error_class_has_its_row(builder: ModuleType) -> None:
    page = _read(REFERENCE / "errors.md")
    found = builder.error_classes()
    assert {"AncrageError", "PlaceError", "ReproductionError"} <= found.keys()
    assert [name for name, (_, _, meaning) in found.items() if f"`{name}`" not in page or not meaning] == []


def test_every_exit_code_has_its_row() -> None:
    from ancrage.interfaces.cli import exits

    page = _read(REFERENCE / "command-line.md")
    codes = [value for name, value in vars(exits).items() if name.isupper()]
    assert len(codes) >= 5
    assert [code for code in codes if f"| {code} |" not in page] == []


def test_every_section_of_the_dossier_has_its_row() -> None:
    from ancrage.interfaces.reports.section import section_makers

    page = _read(REFERENCE / "dossier.md")
    assert [maker.key for maker in section_makers() if f"| `{maker.key}` |" not in page] == []


def test_the_french_guide_names_every_section_by_its_title() -> None:
    from ancrage.interfaces.reports.section import section_makers
    from ancrage.interfaces.wording import say
    from ancrage.kernel.message import Message

    page = _read(DOCS / "guide" / "lire-un-dossier.md")
    titles = [say(Message(maker.title), "fr") for maker in section_makers()]
    assert [title for title in titles if f"**{title}.**" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_internal_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", _read(page))
    links = [link.partition("#")[0] for link in _LINK.findall(text) if "://" not in link and not link.startswith("#")]
    assert [link for link in links if not (page.parent / link).exists()] == []


def _calls(page: Path) -> Iterator[list[str]]:
    for language, block in _FENCE.findall(_read(page)):
        if language == "sh":
            for line in block.replace("\\\n", " ").splitlines():
                yield from (re.findall(r"'[^']*'|\"[^\"]*\"|\S+", call) for call in _CALL.findall(line))


CALLING = [page for page in (*PAGES, ROOT / "README.md", ROOT / "README.fr.md") if any(_calls(page))]


@pytest.mark.parametrize("page", CALLING, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_an_example_exists_with_its_options(page: Path, builder: ModuleType) -> None:
    known = dict(builder.commands())
    for words in _calls(page):
        path, options = "ancrage", set()
        for word in words:
            if f"{path} {word}" in known:
                options |= {option for one in known[path].params for option in one.opts}
                path = f"{path} {word}"
        options |= {option for one in known[path].params for option in one.opts} | {"--help"}
        asked = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert path != "ancrage" or asked & {"--version", "--help"}, words
        assert asked <= options, (words, asked - options)


_SHOWN = re.compile(r"^```sh\n((?:(?!```).)*?)^```\s*^```(?:text|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _shown(page: Path) -> list[tuple[str, str]]:
    """The last command of each block of commands that is followed by what it gives, and that."""
    pairs = [
        (block.replace("\\\n", " ").strip().splitlines()[-1], given) for block, given in _SHOWN.findall(_read(page))
    ]
    return [(call, given) for call, given in pairs if ".venv/bin/ancrage" in call and "--mirror" not in call]


def _gives(call: str, folder: Path, home: Path) -> str:
    """What a command says, on both outputs, run beside the documentation."""
    if not (folder / "docs").exists():
        (folder / "docs").symlink_to(DOCS)
    words = [
        word.replace(".venv/bin/ancrage", str(Path(sys.executable).parent / "ancrage")) for word in shlex.split(call)
    ]
    environment = {**os.environ, "ANCRAGE_HOME": str(home), "COLUMNS": "200"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _absent(given: str, said: str) -> list[str]:
    """The lines shown that the command did not say; one that ends in an ellipsis is the beginning of one."""
    lines = [line.rstrip() for line in said.splitlines()]
    return [
        line
        for line in given.splitlines()
        if line.strip()
        and line.rstrip() not in lines
        and not (line.endswith("…") and any(one.startswith(line[:-1]) for one in lines))
    ]


_CHECKS = [(page, call, given) for page in PAGES for call, given in _shown(page) if " bom check " in call]


@pytest.mark.parametrize(
    ("page", "call", "given"), _CHECKS, ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_what_a_check_is_shown_to_say_is_what_it_says(page: Path, call: str, given: str, tmp_path: Path) -> None:
    assert _absent(given, _gives(call, tmp_path, tmp_path / "home")) == []


@pytest.mark.slow
def test_what_studies_and_searches_are_shown_to_say_is_what_they_say(tmp_path: Path) -> None:
    """On the demonstration register, in the order of each page."""
    load = "from ancrage.interfaces.jobs.demo import load_register; from ancrage.interfaces.wiring import open_home;"
    environment = {**os.environ, "ANCRAGE_HOME": str(tmp_path / "home")}
    script = f"{load} load_register(open_home(), lambda step: None)"
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    kinds = (" suppliers ", " study ", " reproduce ")
    shown = [(page, *pair) for page in PAGES for pair in _shown(page) if any(kind in pair[0] for kind in kinds)]
    assert len(shown) >= 3
    for page in ("tutorials/first-dossier.md", "how-to/find-suppliers.md"):
        for _, call, given in (one for one in shown if _name(one[0]) == page):
            assert _absent(given, _gives(call, tmp_path, tmp_path / "home")) == [], call


@pytest.mark.slow
def test_what_an_import_of_the_register_is_shown_to_say_is_what_it_says(tmp_path: Path) -> None:
    """On the demonstration register under the names of SIRENE's own files: the hashes are those of the page."""
    from ancrage.reference.demonstration import demonstration_bytes

    page = DOCS / "how-to" / "import-the-register.md"
    for name, embedded in (("StockEtablissement_utf8", "register"), ("StockUniteLegale_utf8", "register_legal_units")):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr(f"{name}.csv", gzip.decompress(demonstration_bytes(f"{embedded}.csv.gz")))
    shown = [(call, given) for call, given in _shown(page) if " data import Stock" in call or " data verify" in call]
    assert len(shown) == 2
    for call, given in shown:
        assert _absent(given, _gives(call, tmp_path, tmp_path / "home")) == [], call


def test_a_line_that_no_command_says_is_seen() -> None:
    assert _absent("Total: 18.02 EUR\nTotal: 18…\n", "Total: 18.02 EUR\n") == []
    assert _absent("Total: 18.03 EUR\n", "Total: 18.02 EUR\n") == ["Total: 18.03 EUR"]


def test_examples_exist_to_be_checked() -> None:
    assert len(CALLING) >= 8


WORKED = [page for page in PAGES if any(language == "pycon" for language, _ in _FENCE.findall(_read(page)))]


@pytest.mark.parametrize("page", WORKED, ids=_name)
def test_worked_cases_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(block for language, block in _FENCE.findall(_read(page)) if language == "pycon")
    found = doctest.DocTestParser().get_doctest(text, {}, _name(page), str(page), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=said.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("method", ["bill-of-materials", "origin", "suppliers", "hs-to-nace"])
def test_every_method_has_formula_limits_and_a_worked_case(method: str) -> None:
    page = _read(DOCS / "explanation" / "methods" / f"{method}.md")
    assert "$$" in page
    assert "## Limits" in page
    assert DOCS / "explanation" / "methods" / f"{method}.md" in WORKED


def test_the_page_of_suppliers_gives_the_numbers_of_its_parameters() -> None:
    from ancrage.dossier.suppliers.rules import load_rules

    page, rules = _read(DOCS / "explanation" / "methods" / "suppliers.md"), load_rules()
    for name, weight in rules.weight.items():
        assert f"| {name} | {weight:.2f} |" in page, name
    for section in (rules.closeness, rules.statement, rules.reading, rules.distance):
        absent = [name for name, value in section.items() if not re.search(_written(value), page)]
        assert absent == []


def _written(value: float) -> str:
    """A number as a page may write it: 1,095; 0.30; 50."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return rf"(?<![\d.,]){re.escape(text)}0*(?![\d])"


def _glossary() -> dict[str, str]:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", _read(DOCS / "glossary.md"), re.MULTILINE)
    return {french: english for french, english in rows if french not in {"français", "---"}}


def test_the_words_of_the_glossary_are_those_of_the_messages() -> None:
    """The words that the product shows for a notion are those that the glossary fixes for it."""
    from ancrage.interfaces.wording import say
    from ancrage.kernel.message import Message

    terms = {part.strip().casefold() for term in _glossary() for part in term.split(",")}
    shown = {
        say(Message(code), "fr").casefold()
        for code in (
            "report.verdict.able", "report.verdict.could-adapt", "report.verdict.lead", "report.verdict.unlikely",
            "report.unknown", "report.column.origin", "report.column.line", "report.column.process",
            "report.column.establishment", "report.column.vintage", "report.question.bom", "report.question.territory",
            "report.column.score",
        )
    }  # fmt: skip
    assert shown - terms == set()


_AVOIDED = {
    "BOM": "nomenclature",
    "sourcing": "fournisseurs",
    "vintage": "millésime",
    "donneur d'ordres": "donneur d'ordre",
    "point de défaillance": "point de rupture",
    "cohorte": "promotion",
    "rétro-planning": "rétroplanning",
}
"""Words that the glossary replaces, each by the one to use."""


def _strays(prose: str) -> list[str]:
    return [word for word in _AVOIDED if re.search(rf"\b{re.escape(word)}", prose)]


@pytest.mark.parametrize("page", sorted((DOCS / "guide").glob("*.md")), ids=_name)
def test_the_french_guide_uses_the_words_of_the_glossary(page: Path) -> None:
    assert _strays(re.sub(r"`[^`]*`|\([^)]*\)", "", _FENCE.sub("", _read(page)))) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src/ancrage/catalogue/messages").glob("*.fr.toml")), ids=lambda path: path.name
)
def test_french_messages_use_the_words_of_the_glossary(path: Path) -> None:
    sentences = " ".join(re.findall(r"= (?:\{.*\}|\".*\")$", _read(path), re.MULTILINE))
    assert _strays(re.sub(r"\{[^{}\s]*\}|ancrage bom|--bom", "", sentences)) == []


def test_the_words_to_use_are_in_the_glossary_or_follow_from_it() -> None:
    terms = " ".join(_glossary()).casefold()
    used = {"nomenclature", "millésime", "donneur d'ordre", "point de rupture", "promotion", "rétroplanning"}
    assert [word for word in used if word not in terms] == []


def test_no_page_keeps_a_placeholder() -> None:
    words = re.compile(r"\b(?:TODO|TBC|FIXME|lorem|coming soon|à compléter)\b", re.IGNORECASE)
    assert [_name(page) for page in PAGES if words.search(_read(page))] == []
