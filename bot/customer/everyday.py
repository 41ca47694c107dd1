"""What anybody may ask: opening hours, the way, a person, a language, what we know
of them, hello and thanks."""

import company_settings
from bot.router import Ask, Reply, Turn, question, reply, wish
from domain import questions

_LANGUAGES = {
    "english": "en",
    "hindi": "hi",
    "en": "en",
    "hi": "hi",
    "हिंदी": "hi",
    "हिन्दी": "hi",
    "अंग्रेज़ी": "en",
}


@wish("timings")
def timings(turn: Turn) -> Reply:
    """When the shop is open."""
    return reply("timings", hours=company_settings.get(turn.company, "opening_hours"))


@wish("address")
def address(turn: Turn) -> Reply:
    """Where the shop is."""
    return reply("address", address=company_settings.get(turn.company, "address"))


@wish("person")
def person(turn: Turn) -> Reply:
    """Somebody of the shop takes over."""
    return _to_staff(turn)


@wish("track")
def by_a_person(turn: Turn) -> Reply:
    """What a person of the shop has to look up or decide."""
    return _to_staff(turn)


@wish("language")
@question("language")
def choose_language(turn: Turn) -> Reply:
    """Write in that language from now on."""
    words = (turn.given.get("language") or turn.text).casefold().split()
    chosen = next(
        (_LANGUAGES[word.strip(".,!?")] for word in words if word.strip(".,!?") in _LANGUAGES), None
    )
    if chosen is None:
        if "language" in turn.given:
            return reply("language_unknown")
        raise Ask("language", "ask_language")
    turn.phone.language = chosen
    turn.phone.save(only=["language"])
    return reply("language_set")


@wish("greeting")
@wish("help")
def greeting(turn: Turn) -> Reply:
    """Hello, and what one can ask."""
    return reply("welcome")


@wish("thanks")
def thanks(turn: Turn) -> Reply:
    """You're welcome."""
    return reply("you_are_welcome")


def _to_staff(turn: Turn) -> Reply:
    questions.pass_on(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
    return reply("passed_on")
