"""A real Chromium, driven over its own pipe: pages are opened, asked, looked at and printed.

The protocol is that of the DevTools, over two file descriptors, so that no other library is needed.
What a page says on its console, what it throws and what it asks of the network are kept.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds for an answer


class Browser:
    """One page of a headless browser."""

    def __init__(self, chromium: str, folder: Path) -> None:
        ours, theirs = os.pipe(), os.pipe()
        options = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}", "about:blank",
        ]  # fmt: skip
        self._process = subprocess.Popen(  # the browser reads on 3 and writes on 4
            [
                "bash",
                "-c",
                f'exec "$@" 3<&{ours[0]} 4>&{theirs[1]}',
                "bash",
                *options,
            ],  # sh knows ten of them only
            pass_fds=(ours[0], theirs[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._write, self._read = ours[1], theirs[0]
        self._rest = b""
        self._count = 0
        self._session: str | None = None
        self.said: list[str] = []  # errors and warnings
        self.asked: list[str] = []  # addresses
        self.loaded = 0
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self._session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self(f"{domain}.enable")

    def __call__(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol; what it answers."""
        self._count += 1
        call = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            call["sessionId"] = self._session
        os.write(self._write, json.dumps(call).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._count:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]

    def _next(self) -> Any:
        import select

        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            data = os.read(self._read, 1 << 16)
            assert data, "the browser is gone"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        told = json.loads(line)
        self._note(told.get("method"), told.get("params", {}))
        return told

    def _note(self, method: str | None, told: Any) -> None:
        match method:
            case "Runtime.exceptionThrown":
                self.said.append(json.dumps(told["exceptionDetails"])[:2000])
            case "Runtime.consoleAPICalled" if told["type"] in ("error", "warning", "assert"):
                self.said.append(json.dumps(told["args"])[:2000])
            case "Log.entryAdded" if told["entry"]["level"] in ("error", "warning"):
                self.said.append(told["entry"]["text"])
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])
            case "Page.loadEventFired":
                self.loaded += 1

    def look(self, width: int, height: int = 900, *, night: bool = False, phone: bool = False) -> None:
        """Look at pages in a window of this size, by day or by night; a phone makes room for what is too wide."""
        self(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if night else "light"}
        self("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, page: Path) -> None:
        """Open a file, and wait until it is there."""
        before = self.loaded
        self("Page.navigate", url=page.as_uri())
        while self.loaded == before:
            self._next()
        self.settle()

    def settle(self) -> None:
        """Wait until what was resized or clicked is drawn."""
        frames = (
            "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r, 60))))"
        )
        self.ask(frames)

    def ask(self, expression: str) -> Any:
        """What an expression is in the page; promises are waited for."""
        told = self("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def picture(self, path: Path) -> bytes:
        """A picture of the whole page."""
        told = self("Page.captureScreenshot", captureBeyondViewport=True)
        data = base64.b64decode(told["data"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return data

    def whole_picture(self, path: Path) -> bytes:
        """A picture of the page from its top to its end."""
        size = self("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        told = self("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        data = base64.b64decode(told["data"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return data

    def print(self, path: Path) -> bytes:
        """The page as a PDF on A4."""
        told = self("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        data = base64.b64decode(told["data"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return data

    def close(self) -> None:
        """End the browser."""
        os.close(self._write)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)


@contextmanager
def browser(chromium: str, folder: Path) -> Iterator[Browser]:
    """A browser for as long as it is needed."""
    one = Browser(chromium, folder)
    try:
        yield one
    finally:
        one.close()
