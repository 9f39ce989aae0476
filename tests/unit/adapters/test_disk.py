"""A refusal of the disk is worded by us."""

import errno

import pytest

from ancrage.adapters.disk import reason_of
from ancrage.interfaces.wording import LANGUAGES, say


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EEXIST, 12345])
def test_every_refusal_has_its_words_in_both_languages(number: int) -> None:
    texts = {say(reason_of(OSError(number, "system words")), language) for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES)
    assert not any("system words" in text for text in texts)
