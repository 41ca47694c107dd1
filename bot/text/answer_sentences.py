"""Answers with a part of their own: a place moved to, another shop, days left, a day to be reminded on."""

import re
from datetime import UTC, datetime

from bot.text import durations, moments, numbers
from bot.text.phrases import spelled
from messaging.words import plain, visible

# Stands for a name of somebody on this phone (`known_by`).
NAME = "xname"

_PLACES = """
delhi, new delhi, mumbai, bombay, navi mumbai, thane, pune, nagpur, nashik, nasik, aurangabad, kolhapur,
solapur, bangalore, bengaluru, banglore, mysore, mysuru, mangalore, hubli, hyderabad, secunderabad,
warangal, vizag, visakhapatnam, vijayawada, guntur, tirupati, chennai, madras, coimbatore, madurai,
trichy, salem, vellore, kochi, cochin, trivandrum, thiruvananthapuram, calicut, kozhikode, thrissur,
goa, panaji, kolkata, calcutta, howrah, siliguri, durgapur, asansol, ahmedabad, surat, vadodara, baroda,
rajkot, gandhinagar, bhavnagar, jamnagar, jaipur, jodhpur, udaipur, kota, ajmer, bikaner, lucknow,
kanpur, varanasi, banaras, allahabad, prayagraj, agra, meerut, noida, greater noida, ghaziabad,
gorakhpur, bareilly, aligarh, gurgaon, gurugram, faridabad, panipat, rohtak, chandigarh, mohali,
ludhiana, amritsar, jalandhar, patiala, shimla, dehradun, haridwar, haldwani, jammu, srinagar, bhopal,
indore, gwalior, jabalpur, ujjain, raipur, bilaspur, bhilai, ranchi, jamshedpur, dhanbad, bokaro, patna,
gaya, muzaffarpur, bhagalpur, bhubaneswar, cuttack, rourkela, guwahati, shillong, imphal, agartala,
gangtok, maharashtra, gujarat, rajasthan, punjab, haryana, bihar, jharkhand, odisha, assam, kerala,
karnataka, tamil nadu, telangana, andhra, up, mp, uttarakhand, himachal, dubai, usa, america, canada,
uk, london, australia, singapore, another city, other city, another town, another state, another area,
my village, my hometown, my native place, dusre shahar, dusri jagah, dusre shehar, abroad, दिल्ली,
मुंबई, पुणे, नागपुर, बैंगलोर, हैदराबाद, चेन्नई, कोलकाता, जयपुर, लखनऊ, कानपुर, इंदौर, भोपाल, पटना, रांची,
अहमदाबाद, सूरत, दूसरे शहर, दूसरी जगह, विदेश
"""
_SHOPS = """
apollo, apollo pharmacy, 1mg, 1 mg, tata 1mg, pharmeasy, pharm easy, netmeds, net meds, medplus,
med plus, wellness forever, truemeds, amazon, flipkart, online, app, jan aushadhi, janaushadhi,
jan aushadhi kendra, generic dukan, hospital, the hospital, govt hospital, government hospital,
sarkari hospital, clinic, dispensary, medical, another medical, other medical, medical dukan,
medical hall, chemist, another chemist, other chemist, nearby chemist, dusre chemist, dusre medical,
dusri dukan, kisi aur dukan, dusri jagah, bahar, market, canteen, army canteen, csd, esi, cghs, अस्पताल,
सरकारी अस्पताल, मेडिकल, दूसरे मेडिकल, ऑनलाइन, अपोलो, जन औषधि
"""


def _any(listed: str) -> str:
    """A pattern for one of the phrases of a list, the longest first."""
    phrases = {spelled(phrase) for phrase in listed.replace("\n", " ").split(",")}
    return "(?:" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + ")"


_PLACE, _SHOP = _any(_PLACES), _any(_SHOPS)
_WE = (
    r"(?:(?:ab|hum|ham|log|main|mein|we|i|have|has|am|im|are|now|sab|family|already|recently|ji|हम|लोग|मैं|"
    r"अब) )*"
)
_MOVED = [
    rf"{_WE}{_PLACE} (?:mein )?shift ho (?:gaye|gye|gaya|gayi|chuke|chuka|chuki)(?: (?:hai|hain|hu|hoon))?",
    rf"{_WE}{_PLACE} (?:में )?शिफ्ट हो (?:गए|गये|गया|गई|चुके)(?: (?:है|हैं|हूं))?",
    rf"{_WE}(?:been )?(?:moved|shifted|relocated|settled)(?: back)?(?: to| in)? {_PLACE}(?: now| recently)?",
    rf"{_WE}(?:live|living|stay|staying) in {_PLACE} now",
    rf"{_WE}{_PLACE} mein (?:rehte|rehta|rehti|rahte|rahta) (?:hai|hu|hoon)",
]
_TOOK = (
    r"(?:le|mangwa|mangva|mangvai|kharid|order kar|order karo|mil)(?: (?:li|liya|gayi|gaya|di|diya|lo|loya))?"
)
_I_HAVE = r"(?:(?:maine|humne|hamne|i|we|have|already|it|dawai|medicine|mera|meri|ji|sir|मैंने|हमने|दवाई) )*"
_BOUGHT = [
    rf"{_I_HAVE}{_SHOP} se {_TOOK}(?: hai)?",
    rf"{_I_HAVE}{_SHOP} से (?:ले ली|ले लिया|मंगवा ली|मंगवा लिया|खरीद ली|मिल गई)(?: है)?",
    rf"{_I_HAVE}(?:bought|got|purchased|ordered|took|taken)(?: (?:it|them|medicine|already|my))* "
    rf"(?:from|on|at|in) (?:the |a )?{_SHOP}",
]
_WRONG = [
    rf"(?:this is|i am|im|it is|its) not {NAME}",
    rf"(?:main|mein|ye|yeh|yah) {NAME} (?:ji )?nahi (?:hu|hoon|hai)",
    rf"(?:ye|yeh|yah) {NAME} (?:ji )?ka number nahi hai",
    rf"(?:no one|nobody) (?:called|named|by the name) (?:of )?{NAME}(?: here| lives here)?",
    rf"मैं {NAME} नहीं हूं",
]
_MEANINGS = {
    "moved": re.compile("|".join(_MOVED)),
    "bought_elsewhere": re.compile("|".join(_BOUGHT)),
    "wrong_person": re.compile("|".join(_WRONG)),
}

_NUMBER = r"(?P<count>\d{1,3}|" + "|".join(sorted(numbers.WORDS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>days?|din|dino|weeks?|hafte|hafta|months?|mahine|mahina|दिन|दिनों|हफ्ते|हफ्ता|महीने|महीना)"
_STOCK_WORDS = (
    "have left hai bachi baki baaki chalegi chalega jayegi last lasts stock dawai medicine है बची बाकी चलेगी"
)
_STOCK = re.compile(
    r"(?:(?:abhi|mere|hamare|paas|i|we|have|still|medicine|dawai|for|it|will|last|lasts|about|around|karib|lagbhag|"
    r"stock|only|approx|to|haan|ji|supply|of|got|me|mein|अभी|मेरे|पास|लगभग|करीब|हां|दवाई|दवा) )*"
    rf"{_NUMBER} (?:more |aur |और )?{_UNIT}"
    r"(?: (?:ki|ka|ke|liye|dawai|medicine|stock|hai|left|more|bachi|baki|baaki|chalegi|chal|jayegi|aur|"
    r"padi|supply|worth|of|still|abhi|ji|sir|की|के|लिए|दवाई|दवा|है|बची|बाकी|और|चलेगी|अभी))*"
)
_COUNT_SAID = re.compile(r"(\d{1,3})\s*(?:-|–|to|se|ya|or|/)\s*\d{1,3}\b", re.IGNORECASE)

_ASK_BEFORE = (
    r"(?:(?:please|kindly|ji|haan|ok|sir|mujhe|me) )*(?:remind me|remind|message me|message|"
    r"msg me|ask me|tell me|ask|inform me)(?: (?:again|once more))?"
)
_ASK_AFTER = (
    r"(?:phir se |fir se |firse |wapas |again )?(?:yaad dilana|yaad dila dena|yaad dilao|batao|"
    r"bata dena|msg karo|msg karna|message karo|message karna|"
    r"remind karo|remind karna|remind me|puchna|puch lena|"
    r"याद दिलाना|याद दिला देना|बताना|बता देना|मैसेज करना)(?: (?:ji|please|sir|bhai|bhaiya))*"
)
_ASKED = re.compile(rf"(?:{_ASK_BEFORE} (?P<after>.+)|(?P<before>.+) {_ASK_AFTER})", re.IGNORECASE)
_SOME_DAY = datetime(2027, 2, 1, 6, tzinfo=UTC)


def meaning(text: str) -> str | None:
    """What a whole sentence says (a key of the answers), else None; nothing in it may be left over."""
    words = spelled(text)
    for code, pattern in _MEANINGS.items():
        if pattern.fullmatch(words):
            return code
    if days_left(text) is not None:
        return "have_stock"
    return "later" if day_asked_for(text) else None


def days_left(text: str) -> int | None:
    """Days of medicine somebody says they have: "abhi 10 din ki dawai hai"; of "10-15" the shorter."""
    words = spelled(_COUNT_SAID.sub(r"\1", visible(text)))
    words = re.sub(r"(\d)([^\W\d])", r"\1 \2", words)
    match = _STOCK.fullmatch(words)
    if match is None or not set(words.split()) & set(_STOCK_WORDS.split()):
        return None
    return durations.days(f"{match['count']} {match['unit']}")


def day_asked_for(text: str) -> str | None:
    """The words for the day in "remind me on Friday", "do hafte baad batana"; None if it is no such wish."""
    match = _ASKED.fullmatch(plain(text).replace("bata na", "batana").replace("batana", "batao"))
    if match is None:
        return None
    said = match["after"] or match["before"]
    read = moments.moment(said, _SOME_DAY, "UTC")
    return said if read is not None and not read[1] else None


def names(text: str, name: str) -> bool:
    """Whether a word of `text` is one of the words of `name`."""
    return bool(set(plain(text).split()) & _words_of(name))


def _words_of(name: str) -> set[str]:
    return {word for word in plain(name).split() if len(word) > 2}


def known_by(text: str, people: list[str]) -> str:
    """`text` with the names of these people replaced, so that "I am not Alice" is one sentence for all."""
    words = {word for name in people for word in _words_of(name)}
    replaced = [NAME if word in words else word for word in plain(text).split()]
    return re.sub(rf"{NAME}(?: {NAME})+", NAME, " ".join(replaced))
