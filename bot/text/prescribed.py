"""A prescription in one line of chat: "Dr Smith Hypertension: Amlodipine 5 once daily 30 days 30 tabs"."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.text import dates, durations, numbers
from domain import doses, medicines
from messaging.words import plain, visible


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Where a doctor's name ends and the condition begins, when no comma says so.
_CONDITIONS = _words("""
hypertension bp blood pressure high diabetes diabetic type sugar thyroid hypothyroid hypothyroidism
hyperthyroidism cholesterol lipids asthma copd heart cardiac angina epilepsy migraine arthritis gout
depression anxiety acidity gerd ulcer fever infection cough cold allergy pain back knee kidney ckd liver
anaemia anemia pcos parkinson alzheimer glaucoma osteoporosis psoriasis eczema tuberculosis malaria
tb dengue uti
""")
_CHRONIC = _words("""
hypertension bp diabetes diabetic sugar thyroid hypothyroid hypothyroidism hyperthyroidism cholesterol
asthma copd heart epilepsy arthritis gout ckd pcos parkinson alzheimer glaucoma osteoporosis
""")

_DOCTOR = re.compile(r"\s*(?:dr|doctor|डॉक्टर|डॉ)(?=[\s.])\.?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_FOLLOW_UP = re.compile(
    r"\s*(?:next\s+)?(?:follow[\s-]*up|visit|review|see(?:s)? (?:the )?doctor|फ़ॉलो-?अप|फॉलो-?अप)\b"
    r"\s*(?:on|in|:|-)?\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(
    r"\s*(?:dated|date|written|of|prescribed)\b\s*(?:on|:)?\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_REPEATS = re.compile(
    r"\s*(?:(?:repeats?|refills?)\s*:?\s*(?P<after>-?\d+)(?:\s*times?)?|(?P<before>-?\d+)\s*(?:repeats?|refills?))\s*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*notes?\s*[:\s]\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_PHONE = re.compile(
    r"\s*(?:doctor(?:'s)?|dr'?s?) (?:phone|number|mobile)\s*:?\s*(?P<rest>[+\d\s()-]{6,20})\s*", re.IGNORECASE
)
_IS_CHRONIC = re.compile(r"\s*(?P<not>not\s+)?(?P<word>chronic|long[\s-]term|acute|short)\s*", re.IGNORECASE)

_FOR_DAYS = re.compile(
    r"(?<!every )(?<!in )(?<![\d/.-])(?:\b(?:for|x)\s*)?(?P<count>-?\d{1,4})\s*"
    r"(?P<unit>days?|dys|d|weeks?|weks?|wks?|months?|moths?|mnths?|mahine|mahina|din|हफ़्ते|हफ्ते|महीने|दिन)\b(?!\s*(?:a|per)\s)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?:\b(?:qty|quantity|total)\s*[:=]?\s*(?P<said>-?\d+(?:\.\d+)?)(?:\s*(?:tab|cap)\w*)?"
    r"|(?<![\d./])(?P<counted>-?\d+(?:\.\d+)?)\s*(?:tab(?:let)?s?|cap(?:sule)?s?|nos?|pcs?|pieces?|bottles?|vials?|pens?"
    r"|sachets?|patch(?:es)?|गोली|गोलियां|गोलियाँ))\b",
    re.IGNORECASE,
)
_DAYS_OF = {"d": 1, "w": 7, "m": 30, "ह": 7, "म": 30, "द": 1}
# What is said around the day one was asked for: "review on 15 Feb", "15 Feb ko".
_BEFORE_DAY = re.compile(
    r"(?:(?:next\s+)?(?:foll?ow[\s-]*up|visit|review|appointment|फ़ॉलो-?अप|फॉलो-?अप)\b[\s:,-]*)?(?:(?:on|by)\b\s*)?",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(r"[\s.,!]*\b(?:ko|please|pls|ji|को|जी)\s*$", re.IGNORECASE)
# People forget the mark before a follow-up.
_PARTS = re.compile(
    r"[;\n]+|\s(?=follow[\s-]?up\b)|,(?=\s*(?:follow|review|next|repeat|notes?\b|dated?\b|chronic|acute))",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?!1/[24]\b)\d+(?:[./]\d+)*(?:\s+(?!\s*(?:tab|cap|ml|drop|puff|unit|times))\w|$)", re.IGNORECASE
)
# "1 tab" belongs to how often it is taken, "30 tabs" is what is dispensed.
_FEWEST = 7


# What stands before how often, but is no medicine's name: "after food twice a day".
_OF_THE_SAME = _words("""
after before with without in on at the then and or take taken to be for from till until morning night evening
noon daily once twice thrice every each one two half only if when as tab tabs tablet tablets cap capsule
""")


@dataclass
class Line:
    """One medicine as it was said; what was not said is empty or None."""

    name: str
    frequency: str = ""
    days: int | None = None
    quantity: Decimal | int | None = None
    instructions: str = ""


@dataclass
class Said:
    """What one message says of a prescription. `unclear_head`: doctor and condition could not be told apart;
    `unread`: (what for, the words) of a date or number that is none."""

    doctor: str = ""
    doctor_phone: str = ""
    condition: str = ""
    is_chronic: bool | None = None
    lines: list[Line] = field(default_factory=list)
    follow_up_on: date | None = None
    on: date | None = None
    repeats: int | None = None
    notes: str = ""
    unclear_head: str = ""
    unread: tuple[str, str] | None = None


def prescription(text: str, today: date) -> Said:
    """Read it all: who wrote it and for what before the colon, medicines and the rest after it."""
    said = Said()
    head, colon, body = visible(text).partition(":")
    if not colon or re.search(r"(?i)\b(?:notes?|phone|qty|total|repeats?|dated?|follow-?up)\s*$", head):
        head, body = _without_colon(visible(text))
    _take_head(said, head.strip(" ,;-"))
    for part in _PARTS.split(body):
        if part.strip(" .,"):
            _take_part(said, part.strip(" .,"), today)
    return said


def starts_with_doctor(text: str) -> bool:
    """Whether it begins with "Dr": then no customer is named."""
    return bool(_DOCTOR.match(visible(text)))


def strength(name: str) -> str:
    """What a name says of the strength: "Metformin 500 mg" → "500mg"."""
    return medicines.identity(name).strength


def is_chronic(condition: str) -> bool:
    """Whether a condition of that name is one that people live with."""
    return bool(set(plain(condition).split()) & _CHRONIC)


def doctor_and_condition(text: str) -> tuple[str, str] | None:
    """ "Dr Smith, Hypertension" → both; None where it cannot be told where the name ends."""
    match = _DOCTOR.fullmatch(text)
    words = match["rest"].strip() if match else text.strip()
    for pattern in (r"\s*,\s*", r"\s+for\s+", r"\s+[-–]\s+"):
        parts = re.split(pattern, words, maxsplit=1, flags=re.IGNORECASE)
        if len(parts) == 2:
            return _doctor(parts[0]), parts[1].strip()
    if match is None:
        return "", words
    return _parted(words.split())


def day(text: str, today: date, *, ahead: bool) -> date | None:
    """The day a text names and nothing else; of several possible ones the next, or the last before."""
    words = _AFTER_DAY.sub("", _BEFORE_DAY.sub("", visible(text).strip(" .,!"), count=1))
    found = dates.leading_days(words, 0, today)
    if found is None or words[found[1] :].strip(" .,!"):
        return None
    days = found[0]
    return next((each for each in days if each >= today), days[0]) if ahead else days[0]


def line(text: str) -> Line:
    """One medicine: its name, how often, how long, how many."""
    # A comma parts nothing here but thousands.
    rest, days = _cut_days(" ".join(re.sub(r",(?!\d)", " ", text).split()))
    rest, quantity = _cut_quantity(rest)
    name, frequency, left = _cut_frequency(rest)
    return Line(name.strip(" ,.-–"), frequency, days, quantity, left.strip(" ,.-–"))


def days_said(text: str) -> int | None:
    """ "30 days", "1 month" or a bare number, as days; a negative number or zero as it is."""
    match = _FOR_DAYS.search(text)
    if match:
        return int(match["count"]) * _DAYS_OF[match["unit"][0].casefold()]
    bare = re.fullmatch(r"\s*(-?\d{1,4})\s*", text)
    return int(bare[1]) if bare else durations.days(text) or numbers.whole(plain(text))


def _without_colon(text: str) -> tuple[str, str]:
    """Head and body where no colon parts them: the body begins after the first `;`."""
    first, mark, rest = text.partition(";")
    if _DOCTOR.match(first):
        return first, rest
    return "", first + mark + rest


def _take_head(said: Said, head: str) -> None:
    chronic = re.search(r"(?i)[,(\s]\s*(?P<word>chronic|acute)\)?\s*$", " " + head)
    if chronic:
        said.is_chronic = chronic["word"].casefold() == "chronic"
        head = (" " + head)[: chronic.start()].strip(" ,")
    found = doctor_and_condition(head)
    if found is None:
        said.unclear_head = head
    else:
        said.doctor, said.condition = found


def _take_part(said: Said, part: str, today: date) -> None:
    if match := _PHONE.fullmatch(part):
        said.doctor_phone = match["rest"].strip()
    elif match := _FOLLOW_UP.fullmatch(part):
        said.follow_up_on = _read_day(said, "follow_up", match["rest"], today, ahead=True)
    elif match := _DATED.fullmatch(part):
        said.on = _read_day(said, "on", match["rest"], today, ahead=False)
    elif match := _REPEATS.fullmatch(part):
        said.repeats = int(match["after"] or match["before"])
    elif match := _NOTE.fullmatch(part):
        said.notes = match["rest"].strip()
    elif match := _IS_CHRONIC.fullmatch(part):
        said.is_chronic = match["word"][0].casefold() in "cl" and not match["not"]
    else:
        said.lines += map(line, _medicines(part))


def _medicines(part: str) -> list[str]:
    """Several medicines parted by commas: another one begins where a name is followed by how often."""
    first, *pieces = re.split(r",\s+", part)
    found = [first]
    for piece in pieces:
        if _begins_medicine(piece):
            found.append(piece)
        else:
            found[-1] += f", {piece}"
    return found


def _begins_medicine(piece: str) -> bool:
    rest, _ = _cut_quantity(_cut_days(" ".join(piece.split()))[0])
    name, frequency, _ = _cut_frequency(rest)
    if not frequency or doses.per_day(rest) is not None or doses.is_as_needed(rest):
        return False
    return name[:1].isalpha() and name.split()[0].casefold() not in _OF_THE_SAME


def _read_day(said: Said, slot: str, words: str, today: date, *, ahead: bool) -> date | None:
    found = day(words, today, ahead=ahead)
    if found is None:
        said.unread = (slot, words.strip())
    return found


def _parted(words: list[str]) -> tuple[str, str] | None:
    """The doctor's name and the condition: it begins at a word that is in the name of one."""
    for n, word in enumerate(words[1:], 1):
        if plain(word) in _CONDITIONS:
            return _doctor(" ".join(words[:n])), " ".join(words[n:])
    if len(words) <= 2:
        return _doctor(words[0] if words else ""), " ".join(words[1:])
    return None


def _doctor(name: str) -> str:
    bare = _DOCTOR.fullmatch(name)
    name = (bare["rest"] if bare else name).strip(" .,")
    return f"Dr {name}" if name else ""


def _cut_days(text: str) -> tuple[str, int | None]:
    found = list(_FOR_DAYS.finditer(text))
    if not found:
        return text, None
    match = found[-1]
    days = int(match["count"]) * _DAYS_OF[match["unit"][0].casefold()]
    return f"{text[: match.start()]} {text[match.end() :]}", days


def _cut_quantity(text: str) -> tuple[str, Decimal | int | None]:
    for match in reversed(list(_QUANTITY.finditer(text))):
        count = Decimal(match["said"] or match["counted"])
        if match["said"] or not 0 < count < _FEWEST:
            whole = int(count) if count == int(count) else count
            return f"{text[: match.start()]} {text[match.end() :]}", whole
    return text, None


def _cut_frequency(text: str) -> tuple[str, str, str]:
    """Name, how often and what is left: the longest run of words after the first that says how often."""
    words = text.split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(1, len(words) - length + 1):
            run = " ".join(words[start : start + length])
            # A bare number before it is the strength: "Amlodipine 5 once daily".
            if _BARE_NUMBER.match(run):
                continue
            if doses.per_day(run) is not None or doses.is_as_needed(run):
                return " ".join(words[:start]), run, " ".join(words[start + length :])
    return text, "", ""
