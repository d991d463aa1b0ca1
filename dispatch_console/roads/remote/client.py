"""One question to a service over HTTP, for routingpy: with a time-out, retries, and a sentence where it fails.

routingpy's own client waits for hours where it is told to, reads bodies of any size, follows redirects with the key
in them, and puts the address with the key into its errors. Nothing of that leaves this module.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import Any, NamedTuple

import requests
from routingpy.client_base import BaseClient

from dispatch_console.domain.errors import UserError

#: Seconds until a connection stands, and for the whole of one answer.
CONNECT_S, ANSWER_S = 10.0, 60.0
#: So often a question is asked before it is given up, with pauses of half a second, one, two, four between.
TRIES = 5
PAUSE_S = 0.5
#: So long, twice, three times, four times so long, where it has been asked too often and does not say how long.
ENOUGH_S = 15.0
#: No honest answer is larger.
MOST_BYTES = 50_000_000
_LOOK_S = 0.05
logging.getLogger("urllib3").setLevel(logging.INFO)  # below that it writes addresses, with keys, into logs
_PIECE = 65_536
_AGENT = "dispatch-console"

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
#: What services say where a question holds too many places or pairs.
_TOO_BIG = re.compile(
    r'TooBig|MAX_(ELEMENTS|DIMENSIONS)_EXCEEDED|too many|exceed(s|ed) (the )?max|"code"\s*:\s*(2004|6004)\b', re.I
)
#: What they say where a place lies at no road, or no way leads there.
_NO_ROAD = re.compile(
    r"NoSegment|NoRoute|NoTable|No suitable edges|No path could be found|unconnected regions|No data found for"
    r'|distance exceeds the max|ZERO_RESULTS|NOT_FOUND"|Cannot find point|PointNotFound|PointOutOfBounds'
    r'|Connection between locations not found|ConnectionNotFound|"code"\s*:\s*(2009|2010|6010)\b',
    re.I,
)
_SPENT = re.compile(r"quota|limit|OVER_(DAILY|QUERY)_LIMIT", re.I)


class NoRoad(Exception):
    """At least one of the places asked for lies at no road, or no way joins them."""


class TooBig(Exception):
    """The service takes fewer places at a time."""


class _Again(Exception):
    """Worth another try, `after` so many seconds, or each time `each` later, or soon. `error` if there is none."""

    def __init__(self, error: UserError, after: float | None = None, each: float = 0.0) -> None:
        super().__init__()
        self.error, self._after, self._each = error, after, each

    def pause(self, attempt: int) -> float:
        if self._after is not None:
            return self._after
        return self._each * (attempt + 1) or PAUSE_S * 2**attempt


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Patience:
    """How long all of a question may take, and whether its answer is still wanted."""

    def __init__(self, title: str, seconds: float, cancelled: Callable[[], bool]) -> None:
        self.title = title
        self._seconds, self._end = seconds, time.monotonic() + seconds
        self._cancelled = cancelled

    @property
    def left_s(self) -> float:
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """UserError if it is over."""
        if self._cancelled():
            raise UserError(f"Asking {self.title} was stopped. The day keeps its times.")
        if not self.left_s:
            raise self.over(self._seconds)

    def sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.check()
            time.sleep(min(_LOOK_S, left))

    def over(self, seconds: float) -> UserError:
        return UserError(
            f"{self.title} did not answer within {seconds:.0f} s. Try again later, or use other roads."
        )

    def result(self, work: Callable[[], _Answer]) -> _Answer:
        """What `work` gives, on a thread that is left alone where it takes too long or is not wanted any more."""
        done = Future[_Answer]()

        def run() -> None:
            try:
                done.set_result(work())
            except BaseException as error:
                done.set_exception(error)

        threading.Thread(target=run, name="road service", daemon=True).start()
        end = time.monotonic() + ANSWER_S
        while True:
            self.check()
            try:
                return done.result(_LOOK_S)
            except NotYet:
                if time.monotonic() > end:
                    raise _Again(self.over(ANSWER_S)) from None


class Client(BaseClient):
    """What routingpy's routers ask through. One for each question, so threads share nothing."""

    def __init__(self, base_url: str, patience: Patience, headers: Mapping[str, str | None]) -> None:
        super().__init__(base_url, user_agent=_AGENT)
        self.patience = patience
        self._said = {name: text for name, text in (self.headers | dict(headers)).items() if text is not None}

    def _request(
        self,
        url: str,
        get_params: Any = None,
        post_params: Any = None,
        first_request_time: Any = None,
        retry_counter: int = 0,
        dry_run: bool | None = None,
    ) -> Any:
        """How routingpy's own routers ask."""
        return self.ask(url, get_params, post_params)

    def ask(self, url: str, get_params: Any = None, post_params: Any = None) -> dict[str, Any]:
        """The answer, an object, to `url` below the address. UserError, NoRoad or TooBig."""
        address = self.base_url + self._generate_auth_url(url, get_params)
        for attempt in range(TRIES):
            try:
                answer = self.patience.result(lambda: self._fetch(address, post_params))
                return _read(self.patience.title, answer)
            except _Again as again:
                pause = again.pause(attempt)
                if attempt + 1 == TRIES or pause >= self.patience.left_s:
                    raise again.error from None
                self.patience.sleep(pause)
        raise AssertionError("the last try ends the loop")

    def _fetch(self, address: str, post: Any) -> _Answer:
        """Errors of `requests` hold the address with the key: none gets out of here."""
        title = self.patience.title
        try:
            with requests.Session() as session:
                session.auth = _as_it_is  # or what stands in the user's .netrc is sent
                with session.request(
                    "GET" if post is None else "POST",
                    address,
                    json=post,
                    headers=self._said,
                    timeout=(CONNECT_S, ANSWER_S),
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    return _Answer(response.status_code, response.headers, _body(response, title))
        except requests.exceptions.Timeout:
            raise _Again(self.patience.over(ANSWER_S)) from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError):
            raise UserError(f"This is no address of {title}. Check it; it is written http://server:5000.") from None
        except requests.exceptions.SSLError:
            raise UserError(f"{title} cannot prove that it is what it says. Check its address.") from None
        except (requests.exceptions.RequestException, OSError):
            raise _Again(
                UserError(f"{title} cannot be reached. Check the net and the address, or use other roads.")
            ) from None


def nonsense(title: str) -> UserError:
    return UserError(f"What answers at this address is not {title}, or not as it should. Check the address.")


def _read(title: str, answer: _Answer) -> dict[str, Any]:
    """What a service says, if it says it well (a list as `list`); else what is wrong with it."""
    if answer.status != 200:
        raise _fault(title, answer)
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise nonsense(title) from None
    if isinstance(said, list):
        return {"list": said}
    if not isinstance(said, dict):
        raise nonsense(title)
    told: dict[str, Any] = said
    if isinstance(told.get("status"), str) and told["status"] != "OK":  # Google says everything with a 200
        raise _googles(title, str(told["status"]))
    return told


def _fault(title: str, answer: _Answer) -> Exception:
    text = answer.body[:10_000].decode("utf-8", "replace")
    spent = answer.status in (402, 403) and (answer.status == 402 or _SPENT.search(text) is not None)
    if answer.status == 429:
        after = _after(answer.headers)
        return _Again(_enough(title, after), after, ENOUGH_S)
    if spent:
        return _enough(title, None)
    if answer.status in (401, 403) or (answer.status == 400 and "API_KEY_INVALID" in text):
        return UserError(f"{title} refuses the key. Type it again.")
    if answer.status in (413, 414) or (answer.status == 400 and _TOO_BIG.search(text)):
        return NoRoad() if _NO_ROAD.search(text) else TooBig()
    if answer.status in (400, 404, 500) and _NO_ROAD.search(text):
        return NoRoad()
    if answer.status in _BUSY:
        return _Again(UserError(f"{title} has a fault of its own just now. Try again later, or use other roads."))
    if 400 <= answer.status < 500 and answer.status != 404:
        return UserError(
            f"{title} does not take the question ({answer.status}). Check the address and the vehicle."
        )
    return nonsense(title)


def _googles(title: str, status: str) -> Exception:
    if _TOO_BIG.search(status):
        return TooBig()
    if status in ("ZERO_RESULTS", "NOT_FOUND"):
        return NoRoad()
    if status == "REQUEST_DENIED":
        return UserError(f"{title} refuses the key. Type it again.")
    if status in ("OVER_QUERY_LIMIT", "UNKNOWN_ERROR"):
        return _Again(_enough(title, None), each=ENOUGH_S)
    return _enough(title, None) if status == "OVER_DAILY_LIMIT" else nonsense(title)


def _enough(title: str, after: float | None) -> UserError:
    when = "later" if after is None or after < 60 else f"in {after / 60:.0f} min"
    return UserError(f"{title} allows no more questions for now. Try again {when}, or use other roads.")


def _after(headers: Mapping[str, str]) -> float | None:
    """Seconds until it may be asked again, as it says: a number or a date."""
    said = (headers.get("Retry-After") or headers.get("X-RateLimit-Reset") or "").strip()
    if said.isdigit():
        return float(said)
    try:
        date = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (date - dt.datetime.now(dt.UTC)).total_seconds()) if date.tzinfo is not None else None


def _body(response: requests.Response, title: str) -> bytes:
    pieces = bytearray()
    for piece in response.iter_content(_PIECE):
        pieces += piece
        if len(pieces) > MOST_BYTES:
            raise nonsense(title)
    return bytes(pieces)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
