"""Whether words begin with what was meant for somebody's name."""

import calendar
import re

# A telephone puts a capital letter at the start of a message, not after the command: there it was meant.
_CAPITALISED = re.compile(r"(?:[A-Z][a-z]+\b[ \t]*){1,3}")
# What notes, answers and dates begin with, however it is written.
_USUAL = """
    yes no ok okay hello hi hey dear please sorry thanks thank namaste sir madam we it he she they you
    your our his her their the this that there here these those all some any not none nothing nobody
    come comes coming came call calls called send sent want wants wanted ask asks asked answered busy
    said says told took takes taking has have had is are was were will would can could may should shall
    must does did do need needs price paid bought buys still new old first next last after before from
    in on at by for about with without if when then today tomorrow tonight morning evening afternoon
    type stage grade chronic acute mild severe followup follow dr doctor patient customer caller wife
    husband son daughter mother father brother sister bp sugar rs inr whatsapp
"""
_DAYS = {name.casefold() for name in (*calendar.day_name, *calendar.day_abbr)}
_MONTHS = {name.casefold() for name in (*calendar.month_name, *calendar.month_abbr)}
_NO_NAMES = {*_USUAL.split(), *_DAYS, *_MONTHS}


def name_at_start(words: str) -> str:
    """The name that `words` seem to begin with, by its capital letters ("Anita Joshi 3m answered"); or ""."""
    match = _CAPITALISED.match(words)
    if match is None:
        return ""
    name = " ".join(match[0].split())
    return "" if is_usual(name.split()[0]) else name


def is_usual(word: str) -> bool:
    """Whether notes, answers and dates begin with this word."""
    return word.casefold() in _NO_NAMES
