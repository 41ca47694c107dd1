"""What processes write to their logs: one line of JSON each, without what people wrote or their numbers."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime

# Digits as long as a phone number or more; and WhatsApp's own ids of people.
_NUMBER = re.compile(r"\+?\d[\d \-]{7,}\d|\b[A-Z]{2}\.[A-Za-z0-9]{6,}")

# Where the words of an exception begin that a library has put into its own.
_TRACEBACK = "\nTraceback (most recent call last)"

# Libraries that tell too much, or print whole requests.
_TAMED = {
    "werkzeug": logging.WARNING,
    "twilio": logging.WARNING,
    "twilio.http_client": logging.WARNING,
    "urllib3": logging.ERROR,
    "fontTools": logging.WARNING,
    "rq": logging.WARNING,
    "rq.worker": logging.WARNING,
    "_granian": logging.WARNING,
    "granian.access": logging.WARNING,
}


class Lines(logging.Formatter):
    """`{"at", "level", "from", "process", "says"}`, and `trouble`: where an exception came from, its kind and
    no more, because its words may be somebody's."""

    def __init__(self, process: str):
        super().__init__()
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "process": self.process,
            "says": without_numbers(record.getMessage().partition(_TRACEBACK)[0]),
        }
        error = _error(record)
        if error is not None:
            line["trouble"] = type(error).__name__
            line["at_lines"] = _places(error)
        return json.dumps(line, ensure_ascii=False)


def set_up(process: str) -> None:
    """Have every logger of this process write such lines to its standard error."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(Lines(process))
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    for name, level in _TAMED.items():
        logging.getLogger(name).setLevel(level)


def without_numbers(text: str) -> str:
    """The text with the phone numbers in it hidden."""
    return _NUMBER.sub("…", text)


def _error(record: logging.LogRecord) -> BaseException | None:
    """What went wrong; RQ writes it into the words, while it is being handled."""
    if record.exc_info:
        return record.exc_info[1]
    return sys.exception() if _TRACEBACK in record.getMessage() else None


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
