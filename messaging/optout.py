"""The words that stop our messages and start them again, in the languages we are written to in.

Only a whole message counts: "should I stop metformin?" is a question for a person. The lists are for native
readers to check, one language after the other: imperatives of "stop", "close" and "don't send", familiar and
polite, with and without "messages", in the language's script and as people type them in Latin letters. STOP,
STOPALL, UNSUBSCRIBE, END, QUIT, REVOKE, OPTOUT and CANCEL are Twilio's own English keywords, as are START and
UNSTOP (its YES is left out: people answer us with it); the others are our own collection. Words that also
mean "wait" or "no" (Marathi थांबा, Telugu వద్దు) are left out.
"""

from messaging.words import is_stretched, plain, squeezed

STOP = "stop"
STOP_OFFERS = "stop_offers"
START = "start"

_STOP = {
    "English": """
        stop, stop all, stopall, stop it, stop this, stop now, sotp, stpo, unsubscribe,
        unsubscribe me, unsub, unsubcribe, unsubscibe, unsuscribe, end, quit, cancel, revoke, opt out,
        optout, opt me out, remove me, stop messages, stop message, stop msg, stop msgs, stop messaging,
        stop messaging me, stop sending messages, stop sending me messages, stop sending, stop whatsapp,
        stop reminders, stop reminder, stop texting, stop texting me, dont message me,
        do not message me, dont message, no more messages, dont send messages, do not send messages,
        dont send me messages, dont contact me, do not contact me, remove my number, delete my number,
        stop everything
    """,
    "Hindi": """
        स्टॉप, स्टाप, बंद करो, बंद करें, बंद करे, बंद कीजिए, बंद कर दो, बंद कर दीजिए, बन्द करो,
        बन्द करें, मैसेज बंद करो, मैसेज बंद करें, मैसेज बंद कर दो, संदेश बंद करो, संदेश बंद करें,
        मैसेज मत भेजो, मैसेज मत भेजिए, मैसेज न भेजें, संदेश मत भेजो, संदेश न भेजें, मत भेजो, रोको,
        रोक दो, रोकें
    """,
    "Hinglish": """
        band karo, band kro, band kardo, band kar do, band kijiye, band kare, band karen,
        band karein, bandh karo, bandh kardo, bandh kar do, message band karo, msg band karo,
        message band kar do, msg band kar do, messages band karo, message mat bhejo, msg mat bhejo,
        messages mat bhejo, message mat karo, msg mat karo, message na bhejein, mat bhejo,
        mujhe message mat karo, mujhe message mat bhejo, stop karo, stop kar do, stop kardo, roko,
        rok do
    """,
    "Telugu": """
        స్టాప్, ఆపు, ఆపండి, ఆపేయండి, మెసేజ్ ఆపండి, మెసేజ్లు ఆపండి, మెసేజ్‌లు ఆపండి,
        సందేశాలు ఆపండి, మెసేజ్ పంపవద్దు, మెసేజ్లు పంపవద్దు, aapu, aapandi, apandi, apeyandi, aapeyandi,
        messages aapandi, message pampavaddu
    """,
    "Tamil": """
        ஸ்டாப், நிறுத்து, நிறுத்துங்கள், நிறுத்துங்க, நிறுத்தவும், மெசேஜ் நிறுத்து,
        மெசேஜ் நிறுத்துங்கள், செய்திகளை நிறுத்துங்கள், மெசேஜ் அனுப்பாதீர்கள், மெசேஜ் அனுப்ப வேண்டாம்,
        niruthu, niruthungal, niruthunga, nirutthu, nirutthungal, message anuppathinga,
        message anuppa vendam
    """,
    "Bengali": """
        স্টপ, বন্ধ করুন, বন্ধ করো, বন্ধ কর, বন্ধ করে দিন, থামুন, থামান, মেসেজ বন্ধ করুন,
        মেসেজ বন্ধ করো, মেসেজ পাঠাবেন না, বার্তা বন্ধ করুন, bondho korun, bondho koro, bandho korun,
        message bondho korun, message pathaben na
    """,
    "Marathi": """
        थांबवा, थांबव, बंद करा, बंद कर, मेसेज बंद करा, संदेश बंद करा, मेसेज पाठवू नका,
        मेसेज करू नका, thambva, thambwa, thambava, band kara, message band kara, message pathavu naka,
        message karu naka
    """,
    "Gujarati": """
        સ્ટોપ, બંધ કરો, બંધ કરી દો, બંધ કર, રોકો, મેસેજ બંધ કરો, સંદેશ બંધ કરો, મેસેજ ના મોકલો,
        મેસેજ ન મોકલો, મેસેજ મોકલશો નહીં, bandh kari do, band kari do, message bandh karo,
        message na moklo
    """,
    "Kannada": """
        ಸ್ಟಾಪ್, ನಿಲ್ಲಿಸಿ, ನಿಲ್ಲಿಸು, ನಿಲ್ಲಿಸಿರಿ, ಮೆಸೇಜ್ ನಿಲ್ಲಿಸಿ, ಸಂದೇಶ ನಿಲ್ಲಿಸಿ,
        ಸಂದೇಶಗಳನ್ನು ನಿಲ್ಲಿಸಿ, ಮೆಸೇಜ್ ಕಳುಹಿಸಬೇಡಿ, ಸಂದೇಶ ಕಳುಹಿಸಬೇಡಿ, nillisi, nilsi, nillisu,
        message nillisi, message kalisabedi
    """,
    "Malayalam": """
        സ്റ്റോപ്പ്, സ്റ്റോപ്, നിർത്തുക, നിർത്തൂ, നിർത്ത്, നിർത്തണം, മെസേജ് നിർത്തുക,
        മെസ്സേജ് നിർത്തുക, സന്ദേശം നിർത്തുക, മെസേജ് അയക്കരുത്, മെസ്സേജ് അയക്കരുത്, മെസേജ് അയയ്ക്കരുത്,
        nirthuka, nirthu, nirthoo, message nirthuka, message ayakkaruthu
    """,
    "Punjabi": """
        ਸਟਾਪ, ਸਟੌਪ, ਬੰਦ ਕਰੋ, ਬੰਦ ਕਰ ਦਿਓ, ਬੰਦ ਕਰ ਦੋ, ਰੋਕੋ, ਮੈਸੇਜ ਬੰਦ ਕਰੋ, ਸੁਨੇਹੇ ਬੰਦ ਕਰੋ,
        ਮੈਸੇਜ ਨਾ ਭੇਜੋ, band kar deo, message na bhejo, msg na bhejo
    """,
    "Urdu": """
        سٹاپ, اسٹاپ, بند کرو, بند کریں, بند کر دیں, بند کردیں, بند کر دو, بند کردو, روکو,
        روک دیں, میسج بند کرو, میسج بند کریں, میسیج بند کریں, پیغام بند کریں, پیغامات بند کریں,
        میسج مت بھیجو, میسج نہ بھیجیں, پیغام نہ بھیجیں
    """,
}

# What of ours is not wanted, where only offers are meant, and how it is said to stop them.
_OFFERS = """
    offers, offer, promotions, promotion, promos, promo, ads, advertisements, marketing,
    schemes, ऑफर, ऑफ़र, ऑफर्स, विज्ञापन, ఆఫర్లు, ఆఫర్, ప్రకటనలు, ஆஃபர், ஆஃபர்கள், சலுகைகள், அফার, অফার,
    বিজ্ঞাপন, जाहिराती, ઓફર, ઓફર્સ, જાહેરાત, ಆಫರ್, ಆಫರ್‌ಗಳು, ಜಾಹೀರಾತು, ഓഫർ, ഓഫറുകൾ, പരസ്യങ്ങൾ, ਆਫਰ,
    ਆਫ਼ਰ, ਇਸ਼ਤਿਹਾਰ, آفر, آفرز, اشتہار, اشتہارات
"""
_BEFORE_OFFERS = """
    stop, stop all, stop the, stop sending, stop sending me, no, no more, dont send,
    dont send me, do not send, unsubscribe, unsubscribe from
"""
_AFTER_OFFERS = """
    stop, band, band karo, band kar do, band kardo, bandh karo, band kara, mat bhejo,
    nahi chahiye, na bhejo, stop karo, बंद करो, बंद करें, बंद कर दो, मत भेजो, नहीं चाहिए, बंद करा, नको,
    ఆపండి, ఆపు, వద్దు, நிறுத்து, நிறுத்துங்கள், வேண்டாம், বন্ধ করুন, বন্ধ করো, চাই না, બંધ કરો,
    ના મોકલો, નથી જોઈતી, ನಿಲ್ಲಿಸಿ, ಬೇಡ, നിർത്തുക, വേണ്ട, ਬੰਦ ਕਰੋ, ਨਹੀਂ ਚਾਹੀਦੇ, بند کرو, بند کریں,
    نہیں چاہیے, aapandi, vaddu, niruthungal, vendam, bondho korun, nillisi, beda, nirthuka, venda
"""

_START = {
    "English": """
        start, unstop, restart, resume, subscribe, resubscribe, opt in, optin, opt me in,
        start messages, start again, start messaging, start sending, start reminders, start all,
        message me again
    """,
    "Hindi": """
        स्टार्ट, शुरू करो, शुरू करें, शुरू कीजिए, शुरू कर दो, शुरु करो, शुरु करें, चालू करो,
        चालू करें, चालू कर दो, मैसेज शुरू करो, मैसेज चालू करो, फिर से शुरू करो
    """,
    "Hinglish": """
        shuru karo, shuru kro, shuru kar do, shuru kardo, shuru kijiye, shuru karein,
        chalu karo, chalu kar do, chaloo karo, message shuru karo, message chalu karo, start karo,
        start kar do, phir se shuru karo
    """,
    "Telugu": """
        స్టార్ట్, ప్రారంభించండి, ప్రారంభించు, మొదలుపెట్టండి, మొదలు పెట్టండి, prarambhinchandi,
        modalu pettandi
    """,
    "Tamil": """
        ஸ்டார்ட், தொடங்கு, தொடங்குங்கள், தொடங்கவும், ஆரம்பி, ஆரம்பிக்கவும், thodangu,
        thodangungal, arambi
    """,
    "Bengali": """
        স্টার্ট, শুরু করুন, শুরু করো, শুরু কর, চালু করুন, চালু করো, shuru korun, chalu korun,
        shuru koro
    """,
    "Marathi": """
        सुरू करा, सुरु करा, चालू करा, suru kara, shuru kara, chalu kara
    """,
    "Gujarati": """
        સ્ટાર્ટ, શરૂ કરો, ચાલુ કરો, sharu karo, saru karo
    """,
    "Kannada": """
        ಸ್ಟಾರ್ಟ್, ಪ್ರಾರಂಭಿಸಿ, ಆರಂಭಿಸಿ, ಶುರು ಮಾಡಿ, prarambhisi, arambhisi, shuru madi
    """,
    "Malayalam": """
        സ്റ്റാർട്ട്, തുടങ്ങുക, തുടങ്ങൂ, ആരംഭിക്കുക, thudanguka, thudangoo, arambhikkuka
    """,
    "Punjabi": """
        ਸਟਾਰਟ, ਸ਼ੁਰੂ ਕਰੋ, ਚਾਲੂ ਕਰੋ
    """,
    "Urdu": """
        اسٹارٹ, شروع کرو, شروع کریں, شروع کر دیں, چالو کرو, چالو کریں
    """,
}

# What may stand before or after without changing anything.
_POLITE = """
    please, pls, plz, plss, kindly, ji, sir, madam, maam, mam, bhai, bhaiya, didi, ok, okay,
    thanks, thank you, thankyou, bas, कृपया, प्लीज, प्लीज़, जी, धन्यवाद, దయచేసి, ప్లీజ్, అండి,
    தயவுசெய்து, ப்ளீஸ், দয়া করে, প্লিজ, कृपा करून, મહેરબાની કરીને, પ્લીઝ, ದಯವಿಟ್ಟು, ಪ್ಲೀಸ್, ദയവായി,
    പ്ലീസ്, ਕਿਰਪਾ ਕਰਕੇ, ਜੀ, براہ کرم, پلیز, جی
"""
# Nobody stops us in more words than these; what is longer is about something else.
_MOST_WORDS = 10


def reads_as(text: str, in_dialogue: bool = False) -> str | None:
    """STOP, STOP_OFFERS or START if that is the whole message, else None.

    `in_dialogue`: we have just asked something, so that "cancel" (and "don't send it", "hold it" in Hindi) is
    about that and not about our messages.
    """
    words = _once(plain(text).split())
    if not words or len(words) > _MOST_WORDS:
        return None
    words = _once(_bare(words))
    if in_dialogue and " ".join(words) in _OF_A_DIALOGUE:
        return None
    return _READ.get(" ".join(words)) or _READ.get(" ".join(map(_unstretched, words)))


def _bare(words: list[str]) -> list[str]:
    """`words` without the polite ones around them."""
    for polite in _POLITE_WORDS:
        if len(words) > len(polite) and words[: len(polite)] == polite:
            return _bare(words[len(polite) :])
        if len(words) > len(polite) and words[-len(polite) :] == polite:
            return _bare(words[: -len(polite)])
    return words


def _once(words: list[str]) -> list[str]:
    """The one word of "STOP STOP STOP"."""
    return words[:1] if len(set(map(_unstretched, words))) == 1 else words


def _unstretched(word: str) -> str:
    return _KNOWN.get(squeezed(word), word) if is_stretched(word) else word


def _listed(words: str) -> list[str]:
    return [plain(word) for word in words.split(",")]


def _readings() -> dict[str, str]:
    offers = _listed(_OFFERS)
    readings = {f"{before} {offer}": STOP_OFFERS for before in _listed(_BEFORE_OFFERS) for offer in offers}
    readings |= {f"{offer} {after}": STOP_OFFERS for after in _listed(_AFTER_OFFERS) for offer in offers}
    readings |= {words: START for language in _START.values() for words in _listed(language)}
    return readings | {words: STOP for language in _STOP.values() for words in _listed(language)}


_OF_A_DIALOGUE = {
    plain(words) for words in ("cancel", "mat bhejo", "मत भेजो", "roko", "रोको", "rok do", "रोक दो")
}
_POLITE_WORDS = [words.split() for words in _listed(_POLITE)]
_READ = _readings()
_KNOWN = {squeezed(word): word for words in _READ for word in words.split()}
