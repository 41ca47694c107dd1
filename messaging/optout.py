"""What stops our messages and what starts them again, in the languages we are written to in.

Only a whole message counts: "should I stop metformin?" is a question for a person. It is one of the phrases
of `messaging.optout_words`, or says of our messages, and of nothing else, that they are not wanted: "मुझे मैसेज
मत भेजो" is whom, what and no; "don't message me at night" has a word more, and a person reads it.
"""

import re
from collections.abc import Iterable

from messaging import optout_words
from messaging.words import is_stretched, plain, squeezed

STOP = "stop"
STOP_OFFERS = "stop_offers"
START = "start"

# Nobody stops us in more words than these; what is longer is about something else.
_MOST_WORDS = 10
# Two ways to write the same.
_SAME = ((re.compile(r"\bdo not\b"), "dont"), (re.compile(r"\bany more\b"), "anymore"))
# Of a reminder, these may mean a single one.
_TOO_LITTLE = {"cancel", "end"}


def reads_as(text: str, in_dialogue: bool = False) -> str | None:
    """STOP, STOP_OFFERS or START if that is the whole message, else None.

    `in_dialogue`: we have just asked something, so that "cancel" (and "don't send it", "hold it" in Hindi) is
    about that and not about our messages.
    """
    words = _once(_plain(text).split())
    if not words or len(words) > _MOST_WORDS:
        return None
    words = _once(_bare(words))
    if in_dialogue and " ".join(words) in _OF_A_DIALOGUE:
        return None
    known = [_unstretched(word) for word in words]
    return _READ.get(" ".join(words)) or _READ.get(" ".join(known)) or _said_of_ours(known)


def _said_of_ours(words: list[str]) -> str | None:
    """What is said of our messages or offers, in any order, with words beside it that change nothing."""
    said = _without_beside(" ".join(word for word in words if word not in _OURS))
    if _OFFERS.isdisjoint(words):
        return None if _OURS.isdisjoint(words) else _OF_MESSAGES.get(said)
    return STOP_OFFERS if _REMINDERS.isdisjoint(words) and said in _OF_OFFERS else None


def _without_beside(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _BESIDE)


def _bare(words: list[str]) -> list[str]:
    """`words` without the polite ones around them."""
    if " ".join(words) in _READ:
        return words
    for polite in _POLITE:
        if len(words) > len(polite) and words[: len(polite)] == polite:
            return _bare(words[len(polite) :])
        if len(words) > len(polite) and words[-len(polite) :] == polite:
            return _bare(words[: -len(polite)])
    return words


def _once(words: list[str]) -> list[str]:
    """The one word of "STOP STOP STOP"."""
    return words[:1] if len(set(map(_unstretched, words))) == 1 else words


def _unstretched(word: str) -> str:
    return _KNOWN.get(squeezed(word), word) if is_stretched(word) else word


def _plain(text: str) -> str:
    words = plain(text)
    for pattern, usual in _SAME:
        words = pattern.sub(usual, words)
    return words


def _listed(*lists: str) -> list[str]:
    return [_plain(words) for each in lists for words in each.split(",")]


def _phrases(languages: dict[str, str]) -> list[str]:
    return _listed(*languages.values())


def _all(meaning: str, phrases: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(phrases, meaning)


_STOP, _START = _phrases(optout_words.STOP), _phrases(optout_words.START)
_BESIDE = set(_phrases(optout_words.BESIDE))
_NOT_WANTED = {*_STOP, *map(_without_beside, _phrases(optout_words.NOT_WANTED))} - _TOO_LITTLE
_READ = _all(START, _START) | _all(STOP, _STOP)
_OF_MESSAGES = _all(START, _START) | _all(STOP, _NOT_WANTED)
_OF_OFFERS = _NOT_WANTED | set(_listed(optout_words.NO_OFFERS))

_REMINDERS, _OFFERS = set(_listed(optout_words.REMINDERS)), set(_listed(optout_words.OFFERS))
_OURS = {*_phrases(optout_words.MESSAGES), *_REMINDERS, *_OFFERS}
_POLITE = [words.split() for words in _listed(optout_words.POLITE)]
_OF_A_DIALOGUE = set(_listed(optout_words.OF_A_DIALOGUE))
_KNOWN = {squeezed(word): word for words in _READ for word in words.split()}
