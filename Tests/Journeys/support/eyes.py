"""Looking at a page in the browser, with everything noted that must not happen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from support.program import Server

# Runs before the page's own scripts: collects broken policies and layout shifts.
WATCH = """
window.__brokenPolicies = [];
document.addEventListener('securitypolicyviolation', event =>
    window.__brokenPolicies.push(event.violatedDirective + ' ' + event.blockedURI));
window.__shift = 0;
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) { if (!entry.hadRecentInput) { window.__shift += entry.value; } }
}).observe({ type: 'layout-shift', buffered: true });
"""

SETTLED = "() => document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))))"


@dataclass
class Watched:
    """A page and what happened on it: errors on the console, requests to other hosts, bytes over the wire."""

    page: Page
    server: Server
    scripts: bool = True
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    received: int = 0
    # What was requested since a page was opened.
    asked: set[object] = field(default_factory=set)

    def open(self, path: str, width: int | None = None) -> None:
        """Goes to a page, in a window of that width, and waits until nothing moves. What was noted before is forgotten."""
        self.errors, self.elsewhere, self.failed, self.received = [], [], [], 0
        self.asked.clear()
        if width is not None:
            self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self.server.url + path, wait_until="load")
        # Without JavaScript no promise is ever kept, and nothing moves.
        if self.scripts:
            self.page.evaluate(SETTLED)

    def widest(self) -> tuple[int, int]:
        """How wide the document is and how wide the window is, in CSS pixels."""
        return tuple(self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]"))


def picture(seen: Watched, name: str) -> None:
    """Keeps a picture of the page for people to look at, where HANSA_PICTURES names a folder for them."""
    folder = os.environ.get("HANSA_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        seen.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@contextmanager
def watched(
    browser: Browser, server: Server, width: int = 1280, height: int = 900, scheme: str = "light",
    scripts: bool = True, **options: object
) -> Iterator[Watched]:
    """A page in a context of its own: nothing cached, no cookies."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts,
        locale="en-GB", timezone_id="UTC", reduced_motion="reduce", **options)
    context.set_default_timeout(15_000)
    try:
        if scripts:
            context.add_init_script(WATCH)
        page = context.new_page()
        seen = Watched(page, server, scripts)
        own = urlsplit(server.url).netloc

        def asked(request: object) -> None:
            seen.asked.add(request)
            parts = urlsplit(request.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own:
                seen.elsewhere.append(request.url)

        def said(message: object) -> None:
            if message.type in ("error", "warning"):
                seen.errors.append(f"{message.type}: {message.text}")

        def failed(request: object) -> None:
            # What the page before was still waiting for, such as a picture far below, the browser gives up when the next
            # is opened; a server that fails it is told of otherwise.
            if request in seen.asked and request.failure != "net::ERR_ABORTED":
                seen.failed.append(f"{request.url} {request.failure}")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: seen.errors.append(f"uncaught: {error}"))
        page.on("requestfailed", failed)
        session = context.new_cdp_session(page)
        session.send("Network.enable")

        def arrived(event: dict) -> None:
            seen.received += int(event["encodedDataLength"])

        session.on("Network.loadingFinished", arrived)
        yield seen
    finally:
        context.close()
