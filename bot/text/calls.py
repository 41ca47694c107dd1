"""Whether somebody answered a call, as staff note it in English, Hinglish and Hindi."""

import re

_SAID = {
    "no_answer": [
        r"no (?:answer|reply|response)",
        r"(?:was )?not (?:answered|answering|reachable|picked(?: up)?|picking(?: up)?|connected|connecting)",
        r"(?:did not|didn['’]?t|does not|doesn['’]?t) (?:answer|pick up|pick|reply|respond|connect|lift)",
        r"(?:phone |mobile |number )?(?:unreachable|switched off|switch off|out of coverage|rang out)",
        r"(?:phone |call )?na[hi]*n? (?:uthaya|uthayi|utha rahe|utha raha|utha rahi|lag raha|laga)",
        r"(?:phone |call )?u(?:th|t)aya (?:hi )?na[hi]*n?",
        r"(?:phone )?(?:band hai|bandh hai|band tha)",
        r"(?:फ़?ोन )?नहीं (?:उठाया|उठाते|उठा रहे|उठा रही|लग रहा|लगा)",
        r"(?:फ़?ोन )?बंद (?:है|था)",
    ],
    "busy": [r"(?:line |phone |number )?(?:busy|engaged)", r"(?:फ़?ोन )?(?:व्यस्त|बिज़?ी)"],
    "wrong_number": [r"(?:wrong|galat) (?:number|no\.?)", r"ग़?लत नंबर"],
    "answered": [r"(?:they |he |she )?(?:answered|picked up)", r"(?:phone )?uthaya"],
}
_RESULT = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{'|'.join(ways)})" for name, ways in _SAID.items()).replace(" ", r"[\s_-]*")
    + r")(?!\w)[\s:,.;\-–]*",
    re.IGNORECASE,
)


def split_result(words: str) -> tuple[str | None, str]:
    """What `words` begin with, and the rest: no_answer, busy, wrong_number, answered, or None of them."""
    match = _RESULT.match(words)
    return (match.lastgroup, words[match.end() :]) if match else (None, words)
