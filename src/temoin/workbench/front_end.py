"""The built front end: read once into memory, so that no path of a request is ever opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from temoin.workbench.problems import Problem
from temoin.workbench.security.asgi import API

__all__ = ["FrontEnd"]

#: What is served, by its ending; anything else in the folder is not.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".bin": "application/octet-stream",  # the basemap
}

#: Their names have a hash of what they hold: they never change.
_UNCHANGING = "/assets/"

_NOT_BUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Témoin: the workbench is not built</title>
<h1>The workbench is not built</h1>
<p>The server runs, and so does its API, but the pages are not there.
They come with a wheel of Témoin. In a checkout of the source, build them and start again:</p>
<pre>make setup</pre>
<p>That needs Node 20 or later, and <code>npm ci &amp;&amp; npm run build</code> in
<code>web/</code> does the same. Everything else works without them:
<code>temoin search</code>, <code>temoin review</code>, <code>temoin export</code>.</p>
<hr>
<p lang="fr">L’atelier n’est pas construit. Dans les sources : <code>make setup</code>,
puis relancez <code>temoin serve</code>.</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    media_type: str
    tag: str


class FrontEnd:
    """The files of the front end.

    Args:
        folder: Where they are; None for the ones in the package.
    """

    def __init__(self, folder: Path | None = None) -> None:
        given = folder or Path(str(resources.files("temoin.workbench") / "static"))
        self._files = dict(_files(given)) if given.is_dir() else {}

    @property
    def is_built(self) -> bool:
        """Whether there is anything to serve."""
        return "/index.html" in self._files

    def router(self) -> APIRouter:
        """Serves the files, and the first page for every address within the front end."""
        router = APIRouter(include_in_schema=False)

        @router.api_route("/{path:path}", methods=["GET", "HEAD"])
        async def page(request: Request) -> Response:
            return self._answer(request)

        return router

    def _answer(self, request: Request) -> Response:
        path = request.scope["path"]
        if path.startswith(API):
            raise Problem(404, "there is no such address in the API: see /openapi.json")
        if not self.is_built:
            return Response(_NOT_BUILT, 503, media_type="text/html; charset=utf-8")
        found = self._files.get(path)
        if found is None and "." not in path.rpartition("/")[2]:
            found = self._files["/index.html"]
        if found is None:
            raise Problem(404, "there is no such page")
        unchanging = path.startswith(_UNCHANGING)
        headers = {
            "ETag": found.tag,
            "Cache-Control": "public, max-age=31536000, immutable" if unchanging else "no-cache",
        }
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.data, media_type=found.media_type, headers=headers)


def _files(folder: Path) -> list[tuple[str, _File]]:
    found = []
    for path in sorted(folder.rglob("*")):
        media_type = _TYPES.get(path.suffix.lower())
        if media_type is None or not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        name = "/" + path.relative_to(folder).as_posix()
        found.append((name, _File(data, media_type, tag)))
    return found
