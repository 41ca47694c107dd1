"""The clock of the simulated world: the machine's time plus the offset that the application keeps."""

import contextlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import urllib3


class Unreachable(Exception):
    """The application does not answer."""


class Clock:
    """Follows the movable clock at `{application_url}/dev/clock`."""

    def __init__(self, application_url: str) -> None:
        self.address = f"{application_url}/dev/clock"
        self.offset = timedelta()
        self._http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(3))

    def now(self) -> datetime:
        """The moment it is in the simulated world, in UTC."""
        return datetime.now(UTC) + self.offset

    def move(self, step: str) -> None:
        """Ask the application to move its clock (`+1d`, `+1h`, `reset`) and follow; raises `Unreachable`."""
        self._take_over("POST", urlencode({"move": step}))

    def follow(self) -> None:
        """Take over the application's offset; while it does not answer, ours stays."""
        with contextlib.suppress(Unreachable):
            self._take_over("GET")

    def _take_over(self, method: str, body: str = "") -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            answer = self._http.request(method, self.address, body=body, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise Unreachable("The application does not answer, so the clock stays as it is.") from error
        if answer.status != 200 or "json" not in answer.headers.get("Content-Type", ""):
            raise Unreachable(f"The application did not move its clock (it answered {answer.status}).")
        self.offset = timedelta(seconds=answer.json()["offset_seconds"])
