"""Things that happen a little later: an ordered schedule worked off by a small pool of threads."""

import heapq
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

Task = Callable[[], object]

THREADS = 12

log = logging.getLogger(__name__)


class Schedule:
    """Runs tasks after a delay, those of one lane strictly one after another."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, str | None, Task]] = []
        self._numbers = itertools.count()
        self._lanes: dict[str, deque[Task]] = {}
        self._changed = threading.Condition()
        self._pool = ThreadPoolExecutor(THREADS)

    def start(self) -> None:
        """Start to keep time, until the process ends."""
        threading.Thread(target=self._keep_time, daemon=True).start()

    def after(self, seconds: float, task: Task, lane: str | None = None) -> None:
        """Run `task` in so many seconds of real time; tasks of one `lane` never overlap or overtake."""
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), lane, task))
            self._changed.notify()

    def clear(self) -> None:
        """Forget what has not begun."""
        with self._changed:
            self._due.clear()
            for waiting in self._lanes.values():
                waiting.clear()

    def _keep_time(self) -> None:
        while True:
            with self._changed:
                while not self._due or self._due[0][0] > time.monotonic():
                    self._changed.wait(self._due[0][0] - time.monotonic() if self._due else None)
                _, _, lane, task = heapq.heappop(self._due)
                self._release(lane, task)

    def _release(self, lane: str | None, task: Task) -> None:
        if lane is None:
            self._submit(task)
        elif lane in self._lanes:
            self._lanes[lane].append(task)
        else:
            self._lanes[lane] = deque()
            self._submit(lambda: self._drive(lane, task))

    def _drive(self, lane: str, task: Task) -> None:
        try:
            task()
        finally:
            with self._changed:
                if self._lanes[lane]:
                    following = self._lanes[lane].popleft()
                    self._submit(lambda: self._drive(lane, following))
                else:
                    del self._lanes[lane]

    def _submit(self, task: Task) -> None:
        self._pool.submit(task).add_done_callback(_report)


def _report(done: Future) -> None:
    # A pool keeps what went wrong to itself; a bug has to be seen.
    if done.exception():
        log.error("A scheduled task failed", exc_info=done.exception())
