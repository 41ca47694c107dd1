"""What `rx` and `condition` have in common: alone they show what there is, with more they write it down."""

import re

from bot.router import Turn

_NEW = re.compile(r"(?i)(?:new|add|nayi|naya|नया|नई)\b[\s:,]*")


def is_shown(turn: Turn) -> bool:
    """Whether nothing was said but whose; a "new" in front is taken off the words, and asks for the rest."""
    new = _NEW.match(turn.words)
    if new is not None:
        turn.words = turn.words[new.end() :]
        return False
    return not turn.words.strip() and not set(turn.given) - {"who"}
