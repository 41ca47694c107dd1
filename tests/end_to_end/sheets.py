"""Contact sheets of any length, as comma-separated values."""

from development.made_up import PHARMACY
from tests.end_to_end.desk import Desk

CONSENT = "consent: gave their number at the counter"


def sheet(count: int, first: int = 9821000000) -> tuple[list[str], bytes]:
    """The phones of so many people, in E.164, and the sheet they stand in."""
    # Thirteen apart: numbers that follow one another look made up, and the sheet would be held back.
    numbers = [first + 13 * n for n in range(count)]
    lines = [f"Customer {n},{number}" for n, number in enumerate(numbers, 1)]
    return [f"+91{number}" for number in numbers], "\n".join(["Name,Mobile", *lines]).encode()


def materials(desk: Desk) -> list[str]:
    """To whom materials went, in the order of their sending."""
    return [bubble["phone"] for bubble in desk.bubbles() if "greetings from" in bubble["body"]]


def set_rate(desk: Desk, rate: int) -> None:
    """Let our number send so many messages a second."""
    desk.run(f"flask --app app company set '{PHARMACY}' rate {rate}")
