"""The code version names the code and the tables it ships."""

import re

from ancrage.adapters.code_version import code_version


def test_the_code_version_is_the_package_version_and_a_hash_of_what_it_ships() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", code_version())
    code_version.cache_clear()
    assert code_version() == code_version()
