"""Reading a short message by known phrases: all of its words must be known, so that nothing is guessed."""

from rapidfuzz.distance import OSA

from messaging.words import is_stretched, plain, squeezed

# Spellings of one word, as Hindi is typed in Latin letters and English in haste; the first is the one kept.
_SPELLINGS = """
nahi nahin nhi nahee nai nahii nhin naheen
hai hain he h hei
haan han haa ha hn haanji hanji
theek thik teek tik thk thek theak
dawai dawaai davai davaai dawayi dawaiyan dawaiya dawaiyaan davaiyan dava dawa dwai dawaon
karo kro kariye kijiye karein karen kare krdo kardo kardijiye
rakho rakh rakhdo rakhiye rakhna rkh rakhlo
mein me mai may
baad bad
abhi abi abhee
chahiye chaiye chahie chahye
mujhe muje mujhko
dukan dukaan shop store pharmacy
medicine medicines meds med medicin medecine madicine tablet tablets tab tabs
kaha kahan kahaan kidhar
kitne kitna kitni
bhejo bhej bhejdo bhejiye bhejna send
batao bata bataiye batana
later latr latter
ready redy reddy
please pls plz plss plzz
your ur
you u
are r
ok okay okey oky okie okk k kk
thanks thank thanx thx tnx thnx
नहीं नही नहि
में मे
हां हा हाँ जीहां
"""
_LONGEST = 12
_LONGEST_PHRASE = 7


class Phrasebook:
    """Phrases with their meanings, and the small words that mean nothing by themselves."""

    def __init__(self, meanings: dict[str, str], fillers: str) -> None:
        self._fillers = set(_words(fillers.replace(",", " ")))
        self._meanings = {
            tuple(_words(phrase)): meaning
            for meaning, phrases in meanings.items()
            for phrase in phrases.split(",")
        }
        known = self._fillers | {word for phrase in self._meanings for word in phrase}
        self._squeezed = {squeezed(word): word for word in known}
        self._known = known
        self._long = [word for word in known if len(word) >= 5 and word.isascii()]

    def read(self, text: str) -> set[str]:
        """The meanings of the phrases that `text` consists of; empty if any of its words belongs to none."""
        words = plain(text).split()
        if not 0 < len(words) <= _LONGEST:
            return set()
        words = [_SPELLED.get(word, word) for word in map(self._word, words)]
        return self._covered(words) or set()

    def _word(self, word: str) -> str:
        word = _SPELLED.get(word, word)
        if word in self._known:
            return word
        if is_stretched(word):
            return self._squeezed.get(squeezed(word)) or _SPELLED.get(squeezed(word), squeezed(word))
        return self._corrected(word) if len(word) >= 5 and word.isascii() else word

    def _corrected(self, word: str) -> str:
        """The one known word a slip of a letter away; the first letter and a plural's s are never slips."""
        near = [
            known
            for known in self._long
            if known[0] == word[0] and known + "s" != word and OSA.distance(known, word, score_cutoff=1) <= 1
        ]
        return near[0] if len(near) == 1 else word

    def _covered(self, words: list[str]) -> set[str] | None:
        """Cover from the left with the longest phrase that lets the rest be covered too."""
        if not words:
            return set()
        for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
            meaning = self._meanings.get(tuple(words[:length]))
            if meaning and (rest := self._covered(words[length:])) is not None:
                return rest | {meaning}
        if words[0] in self._fillers:
            return self._covered(words[1:])
        return None


def spelled(text: str) -> str:
    """The plain words of `text`, each in the spelling kept here."""
    return " ".join(_words(text))


def _words(phrase: str) -> list[str]:
    return [_SPELLED.get(word, word) for word in plain(phrase).split()]


_SPELLED = {
    variant: words[0]
    for line in _SPELLINGS.strip().splitlines()
    if (words := plain(line).split())
    for variant in words
}
