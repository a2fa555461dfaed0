"""AnkiConnect: asking the Anki that is running, through the add-on that listens on this machine.

A *request* is a JSON object with the name of an action; the answer has a `result` and an `error`.
Whatever else comes back (no answer, a late one, half of one, another program's) becomes a
`ConnectError` that says what to do. Nothing is ever sent a second time: after an error the caller
looks at what is there, since a request may have been done although its answer was lost.

The key comes from the environment and goes nowhere but into requests, and into those only if the
add-on wants one: it refuses a key that it does not ask for. Proxies are not used, and redirections
not followed, since either would carry the key elsewhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from studyctl.core.problems import StudyctlError, UsageError

URL = "http://127.0.0.1:8765"
API = 6  # the version of the add-on's interface that is spoken here
_TOGETHER = 100  # actions in one request
_MOST = 256 << 20  # bytes of an answer
_CHUNK = 1 << 16
_KEY = "STUDYCTL_ANKI_KEY"
_START = "start Anki with the add-on AnkiConnect (2055492159), then try again"
_AGAIN = "look at Anki, then try again: what is done already is not done twice"


class ConnectError(StudyctlError):
    """Anki cannot be asked, or does not do what it was asked for."""


class RefusedError(ConnectError):
    """The add-on understood a request and answered with an error, `reason`."""

    def __init__(self, action: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Anki refuses {action}: {_words(reason)}", _AGAIN)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """None: whoever redirects is not AnkiConnect."""


class Connect:
    """The Anki at one address; nothing is asked before the first call."""

    def __init__(self, url: str, key: str, timeout: float) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise UsageError(f"{url!r} is no address of AnkiConnect", f"--url {URL}")
        self.url = url
        self._given, self._key = key, ""
        self._timeout = timeout
        self._opener = build_opener(ProxyHandler({}), _NoRedirect())

    def greet(self) -> None:
        """Ask for permission, and learn what the add-on speaks and whether it wants a key."""
        told = self.call("requestPermission")
        if not isinstance(told, dict):
            raise self._strange("requestPermission")
        if told.get("permission") != "granted":
            raise ConnectError("Anki has not given permission", "allow it in the window that Anki shows")
        version = told.get("version")
        if type(version) is not int:
            raise self._strange("requestPermission")
        if version < API:
            raise ConnectError(
                f"this AnkiConnect speaks version {version}, and {API} is needed", "update the add-on in Anki"
            )
        if told.get("requireApikey"):
            if not self._given:
                raise ConnectError("AnkiConnect wants its key", f"set {_KEY} to the add-on's apiKey")
            self._key = self._given

    def call(self, action: str, **params: Any) -> Any:
        """The result of one action."""
        return self._result(action, self._ask(action, self._request(action, params)))

    def each(self, action: str, params: Sequence[dict[str, Any]]) -> list[Any]:
        """The results of one action many times, in order; the first that fails is raised."""
        told: list[Any] = []
        for start in range(0, len(params), _TOGETHER):
            some = [self._request(action, one) for one in params[start : start + _TOGETHER]]
            answers = self.call("multi", actions=some)
            if not isinstance(answers, list) or len(answers) != len(some):
                raise self._strange("multi")
            told += [self._result(action, answer) for answer in answers]
        return told

    def _request(self, action: str, params: dict[str, Any]) -> dict[str, Any]:
        key = {"key": self._key} if self._key else {}
        return {"action": action, "version": API, "params": params, **key}

    def _result(self, action: str, answer: Any) -> Any:
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise self._strange(action)
        error = answer["error"]
        if error is None:
            return answer["result"]
        if "api key" in str(error):
            raise ConnectError("AnkiConnect does not take the key", f"set {_KEY} to the add-on's apiKey")
        if "is not available" in str(error):
            raise ConnectError("no profile is open in Anki", "open one there, then try again")
        raise RefusedError(action, str(error))

    def _ask(self, action: str, request: dict[str, Any]) -> Any:
        body = json.dumps(request).encode()
        until = time.monotonic() + self._timeout
        wanted = Request(self.url, body, {"Content-Type": "application/json"})  # noqa: S310 (http or https)
        try:
            with self._opener.open(wanted, timeout=self._timeout) as answer:
                return json.loads(self._whole(answer, until))
        except HTTPError as error:
            with error:
                raise self._turned_away(action, error.code) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late(action) from None
            if isinstance(error.reason, ConnectionRefusedError):
                raise ConnectError(f"Anki does not answer at {self.url}", _START) from None
            raise ConnectError(f"{self.url} cannot be reached: {_words(str(error.reason))}", _START) from None
        except TimeoutError:
            raise self._late(action) from None
        except ValueError:  # no JSON, or no text
            raise self._strange(action) from None
        except (HTTPException, OSError) as error:
            what = f"Anki broke off in the midst of {action}"
            raise ConnectError(f"{what} ({type(error).__name__})", _AGAIN) from None

    def _whole(self, answer: IO[bytes], until: float) -> bytes:
        """The body of an answer, which must not trickle for ever."""
        told = bytearray()
        while chunk := answer.read1(_CHUNK):  # type: ignore[attr-defined]
            told += chunk
            if time.monotonic() > until:
                raise TimeoutError
            if len(told) > _MOST:
                raise ValueError
        length = answer.headers.get("Content-Length")  # type: ignore[attr-defined]
        if length is not None and length.isdigit() and len(told) < int(length):
            raise HTTPException
        return bytes(told)

    def _turned_away(self, action: str, code: int) -> ConnectError:
        if code == 403:
            return ConnectError(
                f"AnkiConnect at {self.url} does not admit this program",
                "Anki: Tools > Add-ons > AnkiConnect > Config, webCorsOriginList",
            )
        return ConnectError(f"{self.url} answers {action} with HTTP status {code}; is that Anki?", _START)

    def _late(self, action: str) -> ConnectError:
        hint = "look whether Anki shows a window that waits; or give it more time with --timeout 300"
        return ConnectError(f"Anki did not finish {action} in {self._timeout:g} s", hint)

    def _strange(self, action: str) -> ConnectError:
        return ConnectError(f"what answers {action} at {self.url} is not AnkiConnect", _START)


def _words(text: str) -> str:
    """Another program's words as one printable line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:300]
