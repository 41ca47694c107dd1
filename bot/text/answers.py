"""What customers answer to a reminder, by its meaning, in English, Hindi and Hinglish."""

import re

from bot.text import answer_sentences, durations, numbers
from bot.text.answer_phrases import FILLERS, MEANINGS
from bot.text.phrases import Phrasebook
from messaging.words import plain, visible

# Yes and nothing else, as `plain` leaves it.
_YES = "yes, y, ok, ha, haa, haan, han, haan ji, ji, ji haan, हा, हां, हां जी, जी, जी हां"
YES = frozenset(_YES.split(", "))
# What passes over a question that may be left open.
SKIPS = frozenset({"skip", "no", "none", "nil", "na", "nahi", "pass", "नहीं"})

# What drops a question that is open.
_CANCELS = """
    cancel, cancel it, cancel this, cancel that, cancel karo, cancel kar do, cancel please, please cancel,
    leave it, forget it, never mind, nevermind, rehne do, rahne do, nahi rehne do, chodo, chhodo, chod do,
    jane do, jaane do, रहने दो, छोड़ो, छोड़ दो, जाने दो, कैंसल, रद्द करो
"""
_CANCELLING = {plain(words) for words in _CANCELS.split(",")}

_APPROVING = re.compile("[👍👌✅✔🆗]")
_REFUSING = re.compile("[👎❌✖🚫🙅]")

_BOOK = Phrasebook(MEANINGS, FILLERS)

_ABOUT = """
    about, around, approx, approximately, maybe, almost, nearly, karib, kareeb, lagbhag, shayad,
    for, still, i, have, mere, paas, pas, abhi, aur, लगभग, करीब, शायद, और, अभी
"""
_LEFT = """
    left, more, ki, ke, ka, hai, he, h, bachi, baki, bache, aur, liye, only, ji, please, sir,
    stock, medicine, dawai, की, के, का, है, हैं, बची, बाकी, और, जी, लिए, दवाई
"""
_BEFORE_COUNT = {plain(word) for word in _ABOUT.split(",")}
_AFTER_COUNT = {plain(word) for word in _LEFT.split(",")}
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to|se|ya|or|/)\s*\d{1,3}\b", re.IGNORECASE)


def is_yes(text: str) -> bool:
    """Whether `text` is a yes and nothing else."""
    return plain(text) in YES


def is_skip(text: str) -> bool:
    """Whether `text` passes over a question that may be left open."""
    return plain(text) in SKIPS


def is_cancel(text: str) -> bool:
    """Whether `text` drops what was begun, and says nothing else."""
    return plain(text) in _CANCELLING


def answer(text: str, names: list[str] | None = None) -> str | None:
    """The meaning of a short answer ("yes", "later", "have_stock" …; the keys of `MEANINGS`), else None.

    Every word must be accounted for, and a question is no answer. A reason outweighs the yes or no beside it
    ("no, I still have"); two reasons, or yes and no together, are left to a person. `names` are those of the
    people on the phone ("I am not Alice").
    """
    if re.search(r"[?？؟]", text):
        return None
    said = _BOOK.read(text)
    shown = _shown(text)
    if not plain(text):
        return shown
    if shown and said <= {"yes", "no"} and shown not in said:
        return None
    if said:
        return _one(said)
    return answer_sentences.meaning(text) or answer_sentences.meaning(
        answer_sentences.known_by(text, names or [])
    )


def days(text: str) -> int | None:
    """Answers to "for how many days?": "5", "10 days left", "ek hafta"; of "10-15" the shorter; 0 to 730."""
    words = durations.counted_words(_RANGE.sub(r"\1", visible(text)))
    while words and words[0] in _BEFORE_COUNT:
        words = words[1:]
    while words and words[-1] in _AFTER_COUNT:
        words = words[:-1]
    if len(words) == 1 and (count := numbers.whole(words[0])) is not None:
        return count if count <= durations.LONGEST_SUPPLY else None
    return durations.days(" ".join(words)) or answer_sentences.days_left(text)


def _shown(text: str) -> str | None:
    approving, refusing = bool(_APPROVING.search(text)), bool(_REFUSING.search(text))
    if approving == refusing:
        return None
    return "yes" if approving else "no"


def _one(said: set[str]) -> str | None:
    reasons = said - {"yes", "no"}
    if {"yes", "no"} <= said or ("no" in said and "keep_ready" in said):
        return None
    if len(reasons) == 1:
        return reasons.pop()
    return None if reasons else next(iter(said), None)
