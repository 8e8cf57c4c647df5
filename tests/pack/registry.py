"""A registry of npm packages on this machine that holds the tarballs of dist/, for `npm install` by name.

It answers two questions: what versions a package has, and for the tarball of one. Platforms whose tarball was
not made are listed all the same, as npm has to see their `os` and `cpu` to leave them out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from node_mlx.pack.manifest import platform_fields, version
from node_mlx.pack.platforms import read_platforms
from node_mlx.project import ROOT


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = unquote(self.path).lstrip("/")
        tarball = ROOT / "dist" / path
        if path.endswith(".tgz") and tarball.is_file():
            self._answer(200, tarball.read_bytes(), "application/octet-stream")
            return
        manifest = _manifests().get(path)
        if manifest is None:
            self._answer(404, b'{ "error": "not found" }')
            return
        host = self.headers["Host"]
        file = f"{path.removeprefix('@').replace('/', '-')}-{version()}.tgz"
        manifest["dist"] = {"tarball": f"http://{host}/{file}", **_integrity(ROOT / "dist" / file)}
        document = {"name": path, "dist-tags": {"latest": version()}, "versions": {version(): manifest}}
        self._answer(200, json.dumps(document).encode())

    def _answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: only failed tests should print."""


def _manifests() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {p.package: platform_fields(p) for p in read_platforms().values()}
    for tarball in (ROOT / "dist").glob("*.tgz"):
        with tarfile.open(tarball) as archive:
            file = archive.extractfile("package/package.json")
            assert file is not None
            manifest = json.load(file)
        found[manifest["name"]] = manifest
    return found


def _integrity(tarball: Path) -> dict[str, str]:
    content = tarball.read_bytes() if tarball.exists() else b""
    return {"integrity": f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"}


@contextmanager
def serve() -> Iterator[str]:
    """The address of the registry, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
