"""Numbers people write as digits or small number words, in English, Hindi and Hinglish."""

from messaging.words import plain

# Hindi spellings as they are typed in Latin letters; "sath" is left out, for it is also "with".
_WORDS = """
0 zero
1 one a an ek एक
2 two do दो
3 three teen tin तीन
4 four char chaar चार
5 five paanch panch पांच
6 six chhe che chah छह छः छे
7 seven saat सात
8 eight aath आठ
9 nine nau नौ
10 ten das दस
11 eleven gyarah ग्यारह
12 twelve barah बारह
13 thirteen terah तेरह
14 fourteen chaudah चौदह
15 fifteen pandrah pandra पंद्रह पन्द्रह
16 sixteen solah सोलह
17 seventeen satrah सत्रह
18 eighteen atharah अठारह
19 nineteen unnis उन्नीस
20 twenty bees बीस
21 ikkis इक्कीस
25 pachees pachis पच्चीस
30 thirty tees तीस
40 forty chalis चालीस
45 paintalis पैंतालीस
60 sixty saath साठ
90 ninety nabbe नब्बे
"""

WORDS = {
    plain(word): int(line.split()[0]) for line in _WORDS.split("\n") if line for word in line.split()[1:]
}


def whole(word: str) -> int | None:
    """A whole number up to four digits, from one plain word ("12", "do", "दो")."""
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    return WORDS.get(word)
