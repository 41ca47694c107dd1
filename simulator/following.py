"""What the simulator keeps an eye on: the application's clock and the list of sample people."""

import contextlib
import json
import threading
import time

from simulator import people
from simulator.world import World

EVERY_SECONDS = 1.0


def start(world: World) -> None:
    """Begin to look, once a second, until the process ends."""
    threading.Thread(target=_follow, args=(world,), daemon=True).start()


def _follow(world: World) -> None:
    seen = _list_changed_at(world)
    while True:
        offset = world.clock.offset
        world.clock.follow()
        if world.clock.offset != offset:
            world.changed_all()
        changed_at = _list_changed_at(world)
        if changed_at != seen:
            # Half a list is being written: the next look finds the whole.
            with contextlib.suppress(json.JSONDecodeError):
                people.take_over(world)
                seen = changed_at
        time.sleep(EVERY_SECONDS)


def _list_changed_at(world: World) -> float:
    path = people.file_of(world)
    return path.stat().st_mtime if path.exists() else 0.0
