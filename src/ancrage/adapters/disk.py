"""Why a disk refused, in the words of the translation files: the system's own words are in another language."""

from __future__ import annotations

import errno

from ancrage.kernel.message import Message, message

_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENOENT: "absent",
    errno.EEXIST: "taken",
    errno.ENOTDIR: "taken",
    errno.EISDIR: "taken",
    errno.ENAMETOOLONG: "long_name",
    errno.EIO: "damaged",
}


def reason_of(error: OSError) -> Message:
    """The reason of an error of the system; one that is not listed gives its number."""
    known = _REASONS.get(error.errno or 0)
    return message("home.reason.other", number=error.errno or 0) if known is None else message(f"home.reason.{known}")
