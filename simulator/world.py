"""Everything the simulator knows, in memory behind one lock, with a counter of changes to wait for."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import config
from simulator.clock import Clock
from simulator.content import Contents
from simulator.media import Files
from simulator.messages import Message, Messages
from simulator.phones import Phone, Phones
from simulator.schedule import Schedule
from simulator.trouble import Trouble
from simulator.webhooks import Webhooks

# The sender until one is known: Twilio's own number for trying WhatsApp out.
SANDBOX = "+14155238886"


@dataclass
class Timing:
    """How long things take, in seconds of real time."""

    sent: float = 0.1
    delivered: float = 0.3
    read: float = 1.5
    approval: float = 2.0

    def as_json(self) -> dict[str, float]:
        """The same as plain numbers."""
        return asdict(self)


class World:
    """One account with its messages, contents, phones and troubles."""

    def __init__(self, account: str, token: str, application_url: str, data_dir: Path) -> None:
        self.account, self.token = account, token
        self.application_url, self.data_dir = application_url, data_dir
        self.lock = threading.RLock()
        self.clock = Clock(application_url)
        self.schedule = Schedule()
        self.webhooks = Webhooks(token)
        self._changed = threading.Condition(self.lock)
        # Counted from the time of the start, so that a page notices when the simulator began anew.
        self._numbers = itertools.count(time.time_ns() // 1_000_000)
        self.changes = 0
        self.trouble = Trouble()
        self.empty()

    def empty(self) -> None:
        """Begin anew: no messages, phones, contents or trouble."""
        with self.lock:
            self.schedule.clear()
            self.sender = ""
            self.attachments: dict[str, Path] = {}
            self.timing = Timing()
            self.messages, self.phones = Messages(), Phones()
            self.contents, self.files = Contents(), Files()
            # What became of every create, by the `message=` of its StatusCallback.
            self.creates: dict[str, list[dict]] = {}
            self.calm()

    def shop_number(self) -> str:
        """The number of the business."""
        return self.sender or SANDBOX

    def changed(self, phone: Phone | None = None) -> None:
        """Tell whoever waits that something is new, on one phone or in general."""
        with self._changed:
            self.changes = next(self._numbers)
            if phone:
                phone.changed = self.changes
            self._changed.notify_all()

    def changed_all(self) -> None:
        """Tell that every phone is to be looked at again."""
        with self._changed:
            self.changed()
            for phone in self.phones.by_number.values():
                phone.changed = self.changes

    def calm(self) -> None:
        """End all trouble; whoever hangs is let go."""
        with self.lock:
            self.trouble.calmed.set()
            self.trouble = Trouble()
            self.changed()

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait for changes until `condition` holds, but no longer than so many seconds; whether it holds."""
        with self._changed:
            return self._changed.wait_for(condition, seconds)

    def set_status(self, message: Message, status: str, error_code: int | None = None) -> None:
        """Move a message on and tell the page."""
        with self.lock:
            message.status, message.status_at = status, self.clock.now()
            message.error_code = error_code
            if status == "sent":
                message.sent_at = message.status_at
            self.changed(self.phones.by_number[message.phone])


def from_settings() -> World:
    """The world that the settings describe."""
    return World(config.TWILIO_ACCOUNT_SID, config.TWILIO_AUTH_TOKEN, config.PUBLIC_URL, config.DATA_DIR)
