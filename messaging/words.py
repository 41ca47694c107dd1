"""The bare words of what somebody typed, so that case, punctuation and emoji do not matter."""

import re
import unicodedata

# Malayalam and Urdu are typed in two encodings that look alike; Hindi nasals are written both ways.
_LOOKALIKES = str.maketrans(
    {
        "ൺ": "ണ്",
        "ൻ": "ന്",
        "ർ": "ര്",
        "ൽ": "ല്",
        "ൾ": "ള്",
        "ൿ": "ക്",
        "ي": "ی",
        "ك": "ک",
        "ہ": "ه",
        "ۃ": "ه",
        "ँ": "ं",
        # The nukta, typed by few: "रिफ़िल" and "रिफिल" are one.
        "\u093c": "",
    }
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_RUN = re.compile(r"([a-z])\1+")
_STRETCH = re.compile(r"([a-z])\1\1|([a-z])\2$")
# Variation selectors and keycap enclosures belong to emoji, though Unicode files them under marks.
_EMOJI_MARKS = {"\ufe0e", "\ufe0f", "\u20e3"}


def ascii_digits(text: str) -> str:
    """`text` with the digits of every script as 0-9, of the same length."""
    return "".join(str(unicodedata.digit(letter)) if _is_foreign_digit(letter) else letter for letter in text)


def visible(text: str) -> str:
    """`text` composed, with digits in ASCII and without the invisible marks copied along with phones."""
    composed = unicodedata.normalize("NFC", ascii_digits(text))
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def plain(text: str) -> str:
    """Lower-case words with one space between: letters, marks and digits ("Haan, ji!! 👍" → "haan ji")."""
    folded = unicodedata.normalize("NFKC", _without_superscripts(visible(text).translate(_APOSTROPHES)))
    folded = unicodedata.normalize("NFC", folded.casefold()).translate(_LOOKALIKES)
    return " ".join("".join(letter if _is_of_a_word(letter) else " " for letter in folded).split())


def squeezed(word: str) -> str:
    """`word` with each run of one Latin letter as a single letter ("haaan" → "han")."""
    return _RUN.sub(r"\1", word)


def is_stretched(word: str) -> bool:
    """Whether a letter is held down ("haaan") or the last one doubled ("yess")."""
    return bool(_STRETCH.search(word))


def _is_foreign_digit(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) == "Nd"


def _without_superscripts(text: str) -> str:
    # "5²" must not become 52.
    return "".join(" " if unicodedata.category(letter) == "No" else letter for letter in text)


def _is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" and letter not in _EMOJI_MARKS
