"""How soon the site that needs no installation is there: `python -m benchmarks.site`, after `make lite`.

Opens the first lesson in a browser that has never been there, and again in one that has: seconds until the first line
that says what happens and until the first question; requests, and megabytes packed as a web server packs them.
"""

from __future__ import annotations

import functools
import gzip
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Page, sync_playwright

SITE = Path(__file__).parents[1] / "lite" / "_site"
LESSON = "lab/index.html?path=notebooks/00_start_here.ipynb"
ALONE = ["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


class Files(SimpleHTTPRequestHandler):
    """The site's files, as a web server has to serve them."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}

    def log_message(self, *_: Any) -> None:
        pass


class Counted(Files):
    asked: ClassVar[int] = 0
    sent: ClassVar[list[str]] = []  # what was not in the browser already

    def do_GET(self) -> None:
        Counted.asked += 1
        super().do_GET()

    def send_response(self, code: int, message: str | None = None) -> None:
        if code == HTTPStatus.OK:
            self.sent.append(self.path.partition("?")[0].lstrip("/"))
        super().send_response(code, message)


@contextmanager
def served(files: type[Files]) -> Iterator[str]:
    """The address of the site, as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(files, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def visit(page: Page, address: str) -> tuple[float, float, int, float]:
    """Seconds to the first line and to the first question, requests, megabytes."""
    Counted.asked = 0
    Counted.sent.clear()
    started = time.monotonic()
    page.goto(f"{address}/{LESSON}", wait_until="commit")
    page.get_by_text("Opening the lesson").wait_for()
    line = time.monotonic() - started
    page.locator(".btl-quiz").first.wait_for()
    question = time.monotonic() - started
    files = {SITE / name for name in Counted.sent if (SITE / name).is_file()}
    packed = sum(len(gzip.compress(file.read_bytes())) for file in files)
    page.locator(".btl-lesson-bar[aria-busy=false]").wait_for()
    page.wait_for_function(f"async () => (await (await caches.open('precache')).match('{address}/')) !== undefined")
    return line, question, Counted.asked, packed / 1e6


def main() -> None:
    if not SITE.is_dir():
        raise SystemExit("No site has been built: make lite")
    whole = sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file())
    print(f"The site: {whole / 1e6:.0f} MB. Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| visit | first line | first question | requests | packed |\n|---|---|---|---|---|")
    with served(Counted) as address, sync_playwright() as playwright:
        found = next(filter(os.path.exists, ("/usr/bin/chromium", "/usr/bin/google-chrome")), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *ALONE])
        page = browser.new_page()
        page.set_default_timeout(180_000)
        for name in ("first", "second"):
            line, question, requests, packed = visit(page, address)
            print(f"| {name} | {line:.1f} s | {question:.1f} s | {requests} | {packed:.1f} MB |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
