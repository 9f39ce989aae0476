"""The first pages: the studies of the home, and each dossier."""

from __future__ import annotations

import base64
import hashlib
import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancrage.adapters.store import queries
from ancrage.interfaces.wiring import open_home

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain; charset=utf-8",
}
_SCRIPT = re.compile(rb"<script[^>]*>(.*?)</script>", re.DOTALL)


@require_safe
def study_list(request: HttpRequest) -> HttpResponse:
    """All the studies of the home, the most recent first; when there is none, how to make one."""
    return render(request, "web/study_list.html", {"studies": queries.studies(), "vintages": queries.vintages()})


@require_safe
def study_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One study: what it says in short, and its files."""
    study = queries.study(public_id)
    if study is None:
        raise Http404
    requests = sorted(name for name in study.files if "/" in name)
    main = [name for name in ("dossier.html", "dossier.pdf", "dossier.xlsx", "dossier.json") if name in study.files]
    return render(request, "web/study.html", {"study": study, "files": main, "requests": requests})


@require_safe
def study_file(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:  # noqa: ARG001
    """A file of a dossier, checked against its hash: the page is shown, the others are downloaded."""
    study = queries.study(public_id)
    if study is None or name not in study.files:
        raise Http404
    content = open_home().documents.get(study.files[name])
    suffix = name[name.rfind(".") :]
    response = HttpResponse(content, content_type=_TYPES.get(suffix, "application/octet-stream"))
    if suffix == ".html":
        response.headers["Content-Security-Policy"] = _policy_of(content)
    else:
        response.headers["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    return response


def _policy_of(page: bytes) -> str:
    """Allow the very scripts that the page carries, by their hash, and nothing else."""
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is nothing at this address."""
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed: say it in one sentence."""
    return render(request, "web/broken.html", status=500)
