"""How a sold medicine is taken, said within a line of a sale: "1-0-1", "2 tablets every 3 days"."""

import re

from domain import doses

_AMOUNT = (
    r"(?:(?:half|aadhi|½|[1-4](?:[.,]5|½)?|one|two|ek|do)\s*(?:tab(?:let)?s?|cap(?:sule)?s?|goli|puffs?|tsp|spoons?)?"
    r"|\d{1,3}(?:\.\d)?\s*(?:ml|drops?|units?|iu))\s+"
)
_PART = r"(?:½|\d{1,2}(?:[./]\d|½)?)"
_GRID = rf"{_PART}(?:\s?[-–]\s?{_PART}){{2,3}}"
_OFTEN = (
    r"(?:once|twice|thrice|[1-4]\s*times)(?:\s*(?:a|per|in a)\s*(?:day|week)|\s*daily|\s*weekly)"
    r"|(?:every|each)\s+(?:(?:\d{1,2}|two|three|other|alternate)\s+)?(?:days?|hours?|weeks?|night|morning)"
    r"|(?:on\s+)?alternate\s+days?|daily|weekly|at\s+(?:night|bedtime)|in\s+the\s+(?:morning|evening)"
    r"|subah\s+sha?am|roz|din\s+(?:mein|me)\s+(?:ek|do|teen)\s+baar"
)
_CODE = r"(?:bd|bds|bid|tds|tid|qid|hs)"
_AS_NEEDED = r"(?:sos|prn|as\s+needed|when\s+needed|if\s+needed|jab\s+zarurat\s+ho)"
# OD stands in the names of many medicines: it is a dose only behind an amount or a comma.
_SAID = re.compile(
    rf"(?<![\w./-])(?:{_GRID}|{_AMOUNT}(?:{_OFTEN}|{_CODE}|od)|(?:{_OFTEN}|{_CODE}|{_AS_NEEDED})"
    rf"|(?<=,)\s*od)(?![\w-])",
    re.IGNORECASE,
)


def split(text: str, gap: str = " ") -> tuple[str, str]:
    """The dosage said in `text`, "" if none is, and `text` with `gap` in its place."""
    match = _SAID.search(text)
    if match is None:
        return "", text
    said = match[0].strip(" ,")
    if doses.per_day(said) is None and not doses.is_as_needed(said):
        return "", text
    return said, text[: match.start()] + gap + text[match.end() :]
