"""photo: the picture a customer sent, for those who may read medical text."""

from bot import who
from bot.router import Ask, Reply, Turn, command
from domain import follow_ups, prescription_photos
from messaging import files


@command("photo", "picture", usage="photo #9")
def show_photo(turn: Turn) -> Reply:
    """Send the picture, and what to do with it."""
    turn.words = turn.given.get("number", turn.words)
    number = who.serial(turn)
    if number is None:
        raise Ask("number", "ask_photo_number")
    task = prescription_photos.opened(turn.speaker, number, at=turn.at)
    person = follow_ups.whom(task)
    who.remember(turn, person)
    assert task.media is not None
    return Reply("photo", {"task": task, "person": person}, media=(files.address(task.media),))
