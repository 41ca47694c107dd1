"""How much is taken in a day, from the frequency as doctors write it ("1-0-1", "BD", "SOS")."""

import re
import unicodedata
from fractions import Fraction

# What is counted is a piece (or a ml, puff, drop, unit where that is named); nobody takes more of it a day.
MOST_PER_DAY = 200

_AS_NEEDED = re.compile(
    r"\b(?:sos|prn|stat|(?:as|if|when|whenever)(?: and when)? (?:needed|required|necessary)|in pain|for pain"
    r"|jab .*|j?z?ar+urat.*)(?:\b|$)|जरूरत|ज़रूरत|आवश्यकता"
)

_NUMBER_WORDS = """
1/2 half aadhi aadha adhi adha आधी आधा
1 one a-single ek एक
2 two do दो
3 three teen tin तीन
4 four char chaar चार
5 five paanch panch पांच पाँच
6 six chhe छह छः
8 eight aath आठ
12 twelve barah बारह
"""
_NUMBERS = {word: line.split()[0] for line in _NUMBER_WORDS.split("\n") if line for word in line.split()[1:]}

# In this order: each finds what those before it have left.
_SPELLINGS = [
    (r"\b(?:before|after|with|during|ke baad|se pehle|खाने? के बाद|खाने? से पहले)? ?(?:the )?"
     r"(?:food|foods|meal|meals|khan[ae]|water|milk)\b(?: ke baad| se pehle)?", " "),
    (r"खाने के बाद|खाने से पहले|खाली पेट", " "),
    (r"\b(?:on )?(?:an )?empty stomach\b|\bkhali pet\b", " "),
    (r"\b(?:ac|pc|po|orally|by mouth|take|to be taken|apply|inhale|regularly|only)\b", " "),
    (r"\b(?:for|x) \d+ (?:days?|weeks?|months?)\b", " "),
    (r"\bonce\b", "1 times"),
    (r"\btwice\b", "2 times"),
    (r"\bthrice\b", "3 times"),
    (r"\b(?:baar|bar|time)\b|बार", "times"),
    (r"\b(?:every|each) ?day\b|\b(?:a|per|in a|/) day\b|/ ?day\b|\bdin (?:mein|me|m)\b|\broz(?:ana|aana)?\b"
     r"|\b(?:har din|pratidin)\b|दिन में|रोज़ाना|रोजाना|रोज़|रोज|हर दिन|प्रतिदिन", " daily "),
    (r"\b(?:every|each|a|per|in a) week\b|\bonce weekly\b|\bhaft[ae] (?:mein|me)\b|हफ़्ते में|हफ्ते में", " weekly "),
    (r"\b(?:every|each|a|per|in a) month\b|\bmahin[ae] (?:mein|me)\b|महीने में", " monthly "),
    (r"\b(?:every other day|every second day|alternate days?|eod|qod|on alternate days?"
     r"|ek din (?:chhod|chod)(?: ?kar| ?ke)?)\b|1 दिन छोड़कर|एक दिन छोड़कर", "every 2 days"),
    (r"\b(?:every |q ?)(\d+) ?(?:h|hrs?|hourly)\b|\b(\d+) ?(?:hourly|hrly)\b", r"every \1\2 hours"),
    (r"\b(?:od|qd|om|o\.d\.?)(?=\s|$)", "1 times daily"),
    (r"\b(?:bd|bds|bid|b\.d\.?|b\.i\.d\.?)(?=\s|$)", "2 times daily"),
    (r"\b(?:tds|tid|t\.d\.s\.?|t\.i\.d\.?)(?=\s|$)", "3 times daily"),
    (r"\b(?:qid|qds|q\.i\.d\.?)(?=\s|$)", "4 times daily"),
    (r"\bhs\b|\b(?:at )?(?:bed ?time|sone se pehle)\b", "night"),
    (r"\b1 times (?=(?:at|in the|every) )", "1 "),
]  # fmt: skip

_N = r"(\d+ \d/\d|\d+/\d+|\d+(?:\.\d+)?)"
_UNIT = (
    r"(?:tab(?:let)?s?|tbs?|cap(?:sule)?s?|pills?|goli(?:yan|yaan)?|ml|drops?|puffs?|units?|iu|sachets?|sprays?"
    r"|spoons?|teaspoons?|tsp|vials?|doses?|patch(?:es)?|गोली|गोलियां|गोलियाँ|कैप्सूल|चम्मच|बूंद)"
)
_DAYTIME = (
    r"(?:morning|afternoon|noon|evening|night|breakfast|lunch|dinner|subah|dopahar|sham|shaam|raat"
    r"|सुबह|दोपहर|शाम|रात)"
)
_JOINED = r"(?:(?:in|at|after|before|with|the|every|each|ko|mein|me|को|में|and|aur|और|then) )*"

_GRID = re.compile(rf"{_N}(?: ?[-+–—x] ?{_N}){{2,3}}(?: daily)?")
_AMOUNT_FIRST = re.compile(rf"(?:{_N} ?(?:{_UNIT})?|{_UNIT})\s+(?P<rest>\D.*|\d+ times.*)")
_AMOUNT_LAST = re.compile(rf"(?P<rest>.*\D) {_N} ?{_UNIT}")
_DAYTIMES = re.compile(rf"(?:{_JOINED}(?:{_N} ?(?:{_UNIT} )?)?{_JOINED}{_DAYTIME}(?: ko| को| daily)*\s*)+")
_EACH_DAYTIME = re.compile(rf"(?:{_N} ?(?:{_UNIT} )?)?{_JOINED}{_DAYTIME}")
_DAYS = {"hours": Fraction(1, 24), "days": Fraction(1), "weeks": Fraction(7), "months": Fraction(30)}
_PER = {"daily": Fraction(1), "weekly": Fraction(7), "monthly": Fraction(30)}


def per_day(text: str) -> Fraction | None:
    """Pieces a day (ml, puffs, drops where those are named): "1-0-1" is 2, "2 tablets every 3 days" 2/3.

    None for what has no daily amount ("SOS", "as needed") and for what is not understood in every word:
    a wrong run-out is worse than none. `is_as_needed` tells the two apart.
    """
    words = _spelled(text)
    if not words or _AS_NEEDED.search(words):
        return None
    found = _whole(words)
    return found if found and 0 < found <= MOST_PER_DAY else None


def is_as_needed(text: str) -> bool:
    """Whether it is taken when needed or once only, so that no day can be told on which it runs out."""
    return bool(_AS_NEEDED.search(_spelled(text)))


def _spelled(text: str) -> str:
    """The words in one spelling: digits, "times", "daily", "every N hours"."""
    apart = re.sub(r"(?<=\d)(?=[½¼¾⅓⅔])", " ", text)
    composed = unicodedata.normalize("NFKC", apart).casefold().replace("⁄", "/")
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in composed)
    words = " ".join(re.sub(r"[,;:()]|\.(?=\s|$)(?<!\w\.)", " ", digits).split())
    words = " ".join(_NUMBERS.get(word, word) for word in words.split())
    for pattern, spelling in _SPELLINGS:
        words = " ".join(re.sub(pattern, spelling, words).split())
    return words


def _whole(words: str) -> Fraction | None:
    if _GRID.fullmatch(words):
        return sum((_number(each) for each in re.findall(_N, words)), Fraction(0))
    often = _often(words)
    if often is not None:
        return often
    if _DAYTIMES.fullmatch(words):
        return _by_daytimes(words)
    for pattern in (_AMOUNT_FIRST, _AMOUNT_LAST):
        match = pattern.fullmatch(words)
        often = _often_or_daytimes(match["rest"]) if match else None
        if match and often is not None:
            said = next((each for each in match.groups()[:2] if each and each != match["rest"]), "1")
            return _number(said) * often
    return None


def _often_or_daytimes(words: str) -> Fraction | None:
    often = _often(words)
    if often is None and _DAYTIMES.fullmatch(words):
        return _by_daytimes(words)
    return often


def _often(words: str) -> Fraction | None:
    """How many times a day, without an amount; daytimes beside a number of times only explain it."""
    words = " ".join(re.sub(rf"(?<=times daily )(?:{_JOINED}{_DAYTIME}\s*)+$", "", words + " ").split())
    match = re.fullmatch(r"(?:1 times )?(?:every|in) (?:(\d+) )?(hour|day|week|month)s?", words)
    if match:
        return 1 / (int(match[1] or 1) * _DAYS[f"{match[2]}s"]) if int(match[1] or 1) else None
    match = re.fullmatch(r"(?:(\d+) times )?(daily|weekly|monthly)", words)
    if match:
        return Fraction(match[1] or 1) / _PER[match[2]]
    match = re.fullmatch(r"(?:(daily|weekly|monthly) )?(\d+) times", words)
    return Fraction(match[2]) / _PER[match[1] or "daily"] if match else None


def _by_daytimes(words: str) -> Fraction:
    amounts = [match[1] for match in _EACH_DAYTIME.finditer(words)]
    # "2 morning and night" is two each time.
    first = amounts[0] or "1"
    return sum((_number(amount or first) for amount in amounts), Fraction(0))


def _number(said: str) -> Fraction:
    return sum((Fraction(part) for part in said.split()), Fraction(0))
