"""That the patient has died, and nobody else: "wo nahi rahe", "Ravi passed away"."""

import re

from bot.text.answer_sentences import NAME
from messaging.words import plain

_HE = r"(?:he|she|wo|woh|vo|ve|unhone|patient|the patient|वो|वे|वह|मरीज|पेशेंट)"
_HIS = r"(?:unka|unki|uska|uski|patient ka|patient ki|उनका|उनकी|पेशेंट की|पेशेंट का)"
_TITLE = r"(?: (?:ji|sir|madam|uncle|aunty|sahab|saheb|जी))?"
_IS_DEAD = (
    r"(?:(?:is|are) no more|(?:has |have )?(?:passed away|expired|died)|is dead|"
    r"(?:ab )?(?:nahi|nahin|nhi) (?:rahe|rahi|raha|rhe|rhi)|"
    r"(?:guzar|gujar) (?:gaye|gaya|gayi)|chal (?:base|basi|basa)|(?:अब )?नहीं (?:रहे|रही|रहा)|"
    r"गुजर (?:गए|गई|गया)|चल (?:बसे|बसी))"
)
_DEATH = r"(?:dehant|swargwas|swargvas|nidhan|death|mrityu|maut|देहांत|निधन|स्वर्गवास|मृत्यु|डेथ)"
_HAPPENED = r"ho (?:gaya|gayi|gyi|gya|chuka|chuki)|हो (?:गया|गई|गयी|चुका|चुकी)"
_WHEN = (
    r"(?: (?:hai|hain|है|हैं|yesterday|recently|today|this morning|last (?:night|week|month|year)|"
    r"\d{1,2} (?:days?|weeks?|months?) ago|kal|pichle (?:hafte|mahine|saal)))*"
)
_SAID = re.compile(
    rf"(?:{_HE}|(?P<name>{NAME}){_TITLE}) {_IS_DEAD}{_WHEN}"
    rf"|(?:{_HIS}|(?P<of>{NAME}){_TITLE} (?:ka|ki|का|की)) {_DEATH} (?:{_HAPPENED}){_WHEN}"
)
NAMED = "name"
THEY = "they"


def said(text: str) -> str | None:
    """ "name" if the person named (as `answer_sentences.known_by` marks it) has died, "they" if the patient
    has; None for everything else, a relative's death above all."""
    match = _SAID.fullmatch(plain(text))
    if match is None:
        return None
    return NAMED if match["name"] or match["of"] else THEY
