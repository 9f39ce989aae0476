"""The SIRET check written for engines says the same as the parser, whatever the digits."""

from __future__ import annotations

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.kernel.codes import LA_POSTE, CodeError, parse_siret
from ancrage.reference.company import with_siret_check

_DIGITS = st.text("0123456789", min_size=14, max_size=14)
_LA_POSTE = st.text("0123456789", min_size=5, max_size=5).map(lambda nic: LA_POSTE + nic)
_ODD = st.text("0123456789 -+.eEA", min_size=0, max_size=16)


def _holds(text: str) -> bool:
    try:
        return parse_siret(text) == text
    except CodeError:
        return False


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(_DIGITS, _LA_POSTE, _ODD), min_size=200, max_size=400))
def test_the_expression_and_the_parser_agree(texts: list[str]) -> None:
    table = ibis.memtable(pa.table({"siret": pa.array(texts, pa.string())}))
    found = with_siret_check(table).to_pyarrow()["siret_holds"].to_pylist()
    assert found == [_holds(text) for text in texts]
