"""Words that must stop every automatic answer and bring a person: emergencies, harm, pregnancy, a death."""

import re

from rapidfuzz.distance import OSA

from messaging.words import is_stretched, plain, squeezed

# Each line is one word of Hindi in the Roman spellings people use; the first one counts.
_SPELLINGS = """
nahi nhi nahin nai nehi
mein me mai
zyada jyada zada jada jyda
saans sans saanse
seene sine seena
chhati chati chaati
khoon khun
"""
_SPELLING_OF = {word: line.split()[0] for line in _SPELLINGS.split("\n") for word in line.split()}

# "…" stands for up to three words in between. The first line that fits names the danger.
_DANGERS = {
    "self_harm": """
        suicide, suicidal, kill myself, killing myself, end my life, want to die, wanna die,
        harm myself, hurt myself, dont want to live, do not want to live, khudkushi, aatmahatya,
        atmahatya, marna chahta, marna chahti, mar jana chahta, mar jana chahti, jeena nahi chahta,
        jeena nahi chahti, jina nahi chahta, jina nahi chahti, jaan de dunga, jaan de dungi, आत्महत्या,
        खुदकुशी, मरना चाहता, मरना चाहती, जीना नहीं चाहता, जीना नहीं चाहती, जान दे दूंगा, जान दे दूंगी
    """,
    "overdose": """
        overdose, overdosed, over dose, took too many, taken too many, took too much, taken too much, took
        double, taken double, double dose, extra dose, took … twice, ate too many, swallowed … tablets,
        swallowed … pills, zyada dawai kha, jyada dawai kha, zyada goli kha, jyada goli kha, zyada goliyan
        kha, jyada goliyan kha, do baar kha li, zyada dawa kha, jyada dawa kha, zyada tablet kha, jyada
        tablet kha, dugni dawai, ओवरडोज, ज़्यादा दवाई खा, ज्यादा दवाई खा, ज्यादा गोली खा, ज्यादा गोलियां खा,
        ज्यादा दवा खा, दो बार खा ली, galti se … kha, galti se … le li, do baar le li, 2 baar kha, 2 baar le
        li, do do goli kha, double kha, ek sath … goli kha, by mistake … took, took … by mistake, taken … by
        mistake, accidentally took, accidentally taken, accidentally swallowed, गलती से … खा ली, गलती से …
        खा लिया, गलती से … ले ली, डबल खा
    """,
    "poisoning": """
        poison, poisoned, poisoning, swallowed … poison, drank … cleaner, zeher, zehar, jahar,
        wrong medicine, wrong tablet, wrong tablets, galat dawai kha, galat goli kha, galat dawa kha,
        जहर, ज़हर, गलत दवाई खा, गलत गोली खा, गलत दवा खा, child … swallowed, baby … swallowed,
        bachche ne … kha li, bacche ne … kha li, बच्चे ने … खा ली
    """,
    "chest_pain": """
        chest pain, chest pains, chest … pain, pain in … chest, chest … hurts, chest … hurting, chest
        tightness, tight chest, tightness in … chest, heart attack, cardiac arrest, seene mein … dard, seene
        me … dard, sine me … dard, sine mein … dard, chhati mein … dard, chati mein … dard, chest … dard,
        dard … chest mein, dil mein … dard, chest … tight, chest … heavy, chest … bhari, seena … bhari,
        seene mein … bhari, dil ka daura, सीने में … दर्द, छाती में … दर्द, दिल का दौरा, हार्ट अटैक
    """,
    "breathing": """
        cant breathe, cannot breathe, can not breathe, not able to breathe, unable to breathe, difficulty
        breathing, difficulty in breathing, trouble breathing, breathless, breathlessness, shortness of
        breath, short of breath, breathing problem, problem … breathing, problem breathing, cant breath, not
        able to breath, choking, saans … phool, saans … phul, saans chadh, saans … dikkat, saans … taklif,
        saans … takleef, saans … problem, सांस फूल, सांस … तकलीफ, सांस … दिक्कत, saans nahi, sans nahi,
        saans lene mein, saans lene me, sans lene me, saas nahi aa, dam ghut, सांस नहीं, सांस लेने में, दम
        घुट
    """,
    "unconscious": """
        unconscious, fainted, fainting, passed out, collapsed, not waking up, not responding, behosh,
        behoshi, hosh nahi, बेहोश, होश नहीं, चक्कर खाकर गिर, seizure, seizures, convulsion, convulsions,
        epileptic fit, chakkar … gir gaye, chakkar … gir gaya, chakkar … gir gayi, chakkar … gir gye, had a
        fit, mirgi, daura pada, दौरा पड़ा, मिर्गी
    """,
    "stroke": """
        having a stroke, had a stroke, brain stroke, paralysis, paralysed, paralyzed,
        face drooping, munh tedha, muh tedha, mooh tedha, मुंह टेढ़ा, slurred speech, lakwa, laqwa, लकवा
    """,
    "bleeding": """
        bleeding, bleeds, vomiting blood, vomited blood, blood in … vomit, blood in … urine, blood in …
        stool, coughing blood, coughing up blood, blood not stopping, losing blood, naak se khoon, nak se
        khoon, muh se khoon, munh se khoon, khoon aa raha, khoon aa rha, khoon nikal, khoon beh, khoon nahi
        ruk, khoon ki ulti, खून आ रहा, खून निकल, खून बह, खून नहीं रुक, खून की उल्टी, ब्लीडिंग
    """,
    "allergic_reaction": """
        allergic reaction, allergic, anaphylaxis, allergy ho, allergy from, got allergy,
        having allergy, reaction ho gaya, reaction ho gayi, face swelling, face … swollen,
        lips … swollen, tongue … swollen, throat … swollen, throat swelling, swelling of … face, hives,
        rash after, rashes after, itching all over, chehra suj, munh suj, एलर्जी, रिएक्शन हो, चेहरा सूज,
        मुंह सूज
    """,
    "sugar_or_pressure": """
        sugar is low, sugar low, sugar very low, sugar … gir ga, sugar … gir rahi, sugar kam ho, sugar
        bahut kam, hypoglycemia, hypoglycaemia, sugar bahut high, sugar bahut badh, sugar very high, bp
        very high, bp very low, bp is very high, bp is very low, bp bahut high, bp bahut badh, bp bahut
        low, bp bahut kam, शुगर कम हो, शुगर बहुत, शुगर लो, बीपी बहुत, शुगर गिर
    """,
    "pregnancy": """
        pregnant, pregnancy, expecting a baby, expecting a child, i am expecting, miscarriage,
        breastfeeding, breast feeding, garbhvati, garbhwati, pet se hu, pet se hoon, pet se hai,
        गर्भवती, प्रेग्नेंट, पेट से हूं, पेट से है, गर्भ
    """,
    "death": """
        died, passed away, is dead, has died, no more with us, is no more, death of, death in,
        expired yesterday, expired last, father expired, mother expired, husband expired, wife expired,
        papa expired, mummy expired, he expired, she expired, he has expired, she has expired,
        father has expired, mother has expired, husband has expired, patient expired,
        patient has expired, brother expired, sister expired, mar gaye, mar gaya, mar gayi, guzar gaye,
        guzar gaya, guzar gayi, gujar gaye, gujar gaya, gujar gayi, dehant, nidhan, swargvas, swargwas,
        chal base, chal basi, mrityu, maut ho, गुजर गए, गुज़र गए, गुजर गया, गुजर गई, देहांत, निधन,
        papa nahi rahe, pita ji nahi rahe, pitaji nahi rahe, mummy nahi rahi, maa nahi rahi,
        mata ji nahi rahi, pati nahi rahe, patni nahi rahi, dada ji nahi rahe, dadi nahi rahi,
        nana nahi rahe, nani nahi rahi, bhai nahi rahe, bhai nahi raha, uncle nahi rahe,
        aunty nahi rahi, death ho gayi, death ho gyi, ki death, पापा नहीं रहे, पिताजी नहीं रहे,
        मम्मी नहीं रही, मां नहीं रही, माताजी नहीं रहीं, की डेथ, डेथ हो गई, स्वर्गवास, चल बसे, चल बसी,
        मृत्यु, मौत हो, मर गए, मर गया, मर गई, अब नहीं रहे, अब नहीं रही, ab nahi rahe, ab nahi rahi,
        is duniya mein nahi
    """,
    "emergency": """
        emergency, ambulance, hospitalised, hospitalized, icu, admitted in hospital,
        admitted to hospital, hospital mein bharti, hospital me bharti, bahut tabiyat kharab,
        tabiyat bahut kharab, इमरजेंसी, एम्बुलेंस, एंबुलेंस, अस्पताल में भर्ती, तबीयत बहुत खराब,
        बहुत तबीयत खराब
    """,
}


def danger(text: str) -> str | None:
    """The danger a message speaks of, anywhere in it (a key of `_DANGERS`), else None.

    It is better to call a person once too often: "I am not pregnant" counts as well.
    """
    words = " ".join(_corrected(_spelled(word)) for word in plain(text).split())
    # "khali pet" is an empty stomach.
    words = re.sub(r"\bkhali\b(?! pet)", "kha li", words)
    for code, pattern in _PATTERNS.items():
        if pattern.search(words):
            return code
    return None


def _spelled(word: str) -> str:
    """A Hindi word in the one of its Roman spellings that stands here."""
    return _SPELLING_OF.get(word, word)


def _pattern(phrases: str) -> re.Pattern[str]:
    alternatives = "|".join(
        r"(?: \S+){0,3} ".join(" ".join(map(_spelled, plain(part).split())) for part in phrase.split("…"))
        for phrase in phrases.split(",")
    )
    return re.compile(rf"(?:^| )(?:{alternatives})(?= |$)")


def _corrected(word: str) -> str:
    """A long danger word with one slip of a letter, or a letter held down, as it should be ("unconcious")."""
    if len(word) < _LONG - 1 or not word.isascii() or word in _LONG_WORDS:
        return word
    written = squeezed(word) if is_stretched(word) else word
    near = [
        known
        for known in _LONG_WORDS
        if known[0] == word[0]
        and (squeezed(known) == written or OSA.distance(known, word, score_cutoff=1) <= 1)
    ]
    return near[0] if near else word


_LONG = 8
_PATTERNS = {code: _pattern(phrases) for code, phrases in _DANGERS.items()}
_LONG_WORDS = {
    phrase.strip()
    for phrases in _DANGERS.values()
    for phrase in phrases.split(",")
    if phrase.strip().isalpha() and phrase.strip().isascii() and len(phrase.strip()) >= _LONG
}
