"""What customers answer to a reminder, by its meaning, in English, Hindi and Hinglish."""

import re

from bot.text import durations, numbers
from bot.text.phrases import Phrasebook
from messaging.words import plain, visible

_APPROVING = re.compile("[👍👌✅✔🆗]")
_REFUSING = re.compile("[👎❌✖🚫🙅]")

_MEANINGS = {
    "yes": """
        yes, y, ya, yea, yeah, yep, yup, yess, yes i do, yes i am, yes it is, yes sir, sure,
        sure thing, of course, ok, okie dokie, alright, all right, fine, great, perfect, correct, right,
        true, exactly, definitely, absolutely, indeed, confirm, confirmed, agreed, accepted, approved,
        affirmative, go ahead, do it, do that, please do, why not, i agree, that is right, thats right,
        that is correct, thats correct, that is true, thats true, you are right, sounds good,
        that would be great, i would like that, i say yes, that is a yes, the answer is yes, haan,
        haan ji, ji haan, ji, ji bilkul, ho, hau, bilkul, zaroor, jarur, pakka, theek hai, theek,
        sahi hai, sahi, acha, accha, achha, acha theek hai, chalega, chalo, kar do, karo, ho jayega,
        हां, हां जी, जी हां, जी, बिल्कुल, ज़रूर, जरूर, ठीक है, ठीक, सही है, अच्छा, कर दो, चलेगा, ओके, यस
    """,
    "no": """
        no, n, nope, nah, naa, na, nay, naw, no thanks, no thank you, not really, no way, never,
        not at all, dont, do not, dont want, i dont want, dont want it, i do not want it, no need,
        not needed, not required, not interested, dont need, i dont need it, i do not need it,
        dont need it, dont keep it ready, dont keep ready, negative, absolutely not, definitely not,
        certainly not, i dont think so, i think not, wrong, incorrect, false, not right, not correct,
        not true, that is wrong, thats wrong, that is false, thats false, that is incorrect,
        that is not right, thats not right, that is not correct, thats not correct, that is not true,
        thats not true, that is a no, the answer is no, ill pass, nahi, nahi ji, ji nahi, nahi chahiye,
        nahi karna, mat karo, mat rakho, mat rakho do, nahi rakho, nahi lena, nahi leni,
        koi zarurat nahi, zarurat nahi, zarurat nahi hai, rehne do, rahne do, नहीं, जी नहीं, नहीं जी,
        ना, नहीं चाहिए, मत करो, मत रखो, ज़रूरत नहीं, जरूरत नहीं, जरूरत नहीं है, रहने दो, नो
    """,
    "later": """
        later, not now, not yet, not today, later on, maybe later, after some time,
        some other time, another time, in a while, in some time, remind me later, remind later,
        remind me, remind me tomorrow, remind me again, tell you later, will tell you,
        will tell you later, i will tell you, let you know, will let you know, i will let you know,
        ask me later, call later, call me later, busy, i am busy, im busy, busy now, wait, hold on,
        tomorrow, next week, next month, after a week, after few days, after a few days, after two days,
        after 2 days, in a few days, few days later, next time, not right now, baad mein,
        baad mein batata hu, baad mein bataunga, baad mein bataungi, baad mein karo, baad mein lunga,
        baad mein lungi, baad mein dekhte hai, thodi der mein, thodi der baad, kuch din baad,
        do din baad, kal, parso, kal batata hu, kal bataunga, kal lunga, kal lungi, kal yaad dilana,
        baad mein yaad dilana, abhi nahi, abhi nahi chahiye, filhal nahi, aaj nahi, agle hafte,
        agle mahine, ruko, ruk jao, बाद में, बाद में बताऊंगा, बाद में बताऊंगी, बाद में बताता हूं,
        अभी नहीं, अभी नहीं चाहिए, आज नहीं, कल, परसों, थोड़ी देर में, थोड़ी देर बाद, कुछ दिन बाद,
        अगले हफ्ते, रुको, लेटर
    """,
    "have_stock": """
        have stock, i have stock, still have, still have stock, still have some, still have it,
        already have, already have it, have it, have some, have some left, have enough,
        have enough left, i have it, i have it already, have it already, i already have medicine,
        still have medicine, have medicine, have medicine at home, have medicine left, medicine left,
        medicine is left, some left, not finished, not finished yet, not over, not over yet, not empty,
        medicine not over, havent finished, i havent finished, stock left, stock is left, abhi hai, hai,
        hai abhi, abhi hai mere paas, mere paas hai, mere paas abhi hai, dawai hai, dawai hai mere paas,
        dawai abhi hai, abhi dawai hai, abhi dawai hai mere paas, mere paas dawai hai,
        mere paas abhi dawai hai, dawai bachi hai, bachi hai, abhi bachi hai, dawai padi hai, padi hai,
        ghar par hai, ghar pe hai, ghar mein hai, khatam nahi hui, khatam nahi hua, khatam nahi hui hai,
        abhi khatam nahi hui, dawai khatam nahi hui, abhi khatam nahi hui hai,
        dawai abhi khatam nahi hui, khatm nahi hui, abhi khatm nahi hui, stock hai, abhi stock hai,
        pehle se hai, अभी है, मेरे पास है, दवाई है, दवा है, मेरे पास दवाई है, दवाई है मेरे पास,
        अभी दवाई है, बची है, अभी बची है, दवाई बची है, खत्म नहीं हुई, अभी खत्म नहीं हुई,
        दवाई खत्म नहीं हुई, ख़त्म नहीं हुई, घर पर है
    """,
    "bought_elsewhere": """
        bought elsewhere, i bought it from another shop, i have already bought it elsewhere,
        bought it from another shop, maine le liya, maine le liya hai, bahar se le liya hai,
        bought it elsewhere, bought from elsewhere, bought from another shop,
        bought from other shop, bought from outside, bought somewhere else, purchased elsewhere,
        purchased from another shop, purchased from other shop, got it elsewhere,
        got it from another shop, got from another shop, took from another shop, bought online,
        ordered online, already bought, already bought it, bought already, i bought it, i have bought,
        already purchased, purchased already, bought it, bought, purchased, already taken,
        i bought it elsewhere, bought from another place, bought at another shop, dusri dukan se le li,
        dusri dukan se li, dusri dukan se le liya, dusri jagah se le li, dusri jagah se le liya,
        dusre se le li, doosri dukan se le li, dusri dukan se kharid li, dusri dukan se kharid liya,
        kahin aur se le li, kahi aur se le li, kahi aur se le liya, kahin aur se le liya,
        bahar se le li, bahar se le liya, online le li, online le liya, online mangwa li, le li,
        le li hai, le liya, le liya hai, le chuka hu, kharid li, kharid liya, dusri dukan se le li hai,
        दूसरी दुकान से ले ली, दूसरी दुकान से ली, दूसरी दुकान से ले ली है, दूसरी जगह से ले ली,
        कहीं और से ले ली, कहीं और से ले लिया, बाहर से ले ली, ऑनलाइन ले ली, ले ली, ले ली है, ले लिया,
        खरीद ली
    """,
    "keep_ready": """
        keep ready, keep it ready, keep them ready, keep my medicine ready, keep medicine ready,
        keep the medicine ready, please keep it ready, make it ready, get it ready, pack it, pack them,
        please pack, keep aside, keep it aside, reserve, reserve it, keep it, keep for me,
        keep it for me, i will collect, i will come and collect, will collect, i will pick it up,
        will pick up, i will come, i will come tomorrow, will come tomorrow, i will come today,
        will collect tomorrow, i will collect tomorrow, keep it ready for tomorrow, coming to collect,
        book it, rakho, rakho do, rakho dena, rakho dijiye, rakho lo, rakho do na, ready rakho,
        ready rakho do, ready karo, ready kar do, taiyar rakho, tayar rakho, taiyar rakho do,
        taiyar kar do, tayyar rakho, pack kar do, pack karo, nikal do, nikal ke rakho, nikal kar rakho,
        nikal ke rakho do, alag rakho do, kal aata hu, kal aaunga, kal aaungi, kal aa jaunga,
        aa raha hu, rakho do kal aata hu, rakho do kal aaunga, kal le jaunga, le jaunga, रख दो, रखो,
        रख देना, रख दीजिए, रख लो, तैयार रखो, तैयार रखना, तैयार रखिए, तैयार कर दो, पैक कर दो, निकाल दो,
        निकाल कर रखो, रेडी रखो
    """,
    "person": """
        person, human, agent, staff, pharmacist, talk to person, talk to a person, talk to us,
        talk to you, talk to someone, talk to staff, talk to pharmacist, talk to the pharmacist,
        speak to person, speak to a person, speak to someone, speak to pharmacist,
        speak to the pharmacist, want to talk, i want to talk, i want to talk to someone, call me,
        call me back, call me please, please call, call back, give me a call, phone me, ring me,
        i need help, need help, have a question, i have a question, baat karni hai,
        mujhe baat karni hai, baat karo, baat karna hai, kisi se baat karni hai, call karo, call kar do,
        phone karo, phone kar do, mujhe call karo, mujhe phone karo, बात करनी है, मुझे बात करनी है,
        बात करो, बात करना है, फोन करो, कॉल करो, मुझे फोन करो, मुझे कॉल करो, फोन कीजिए, कॉल कीजिए
    """,
    "cost": """
        cost, costly, too costly, very costly, it is costly, expensive, too expensive,
        very expensive, it is expensive, its expensive, price is high, price too high,
        price is too high, high price, too much price, cant afford, cannot afford, cant afford it,
        i cant afford it, no money, money problem, cheaper, need cheaper, anything cheaper, mehenga hai,
        mehnga hai, mahanga hai, mehengi hai, mehngi hai, mahangi hai, bahut mehenga hai,
        bahut mehnga hai, bahut mahanga hai, bahut mehengi hai, bahut mehngi hai, bahut mahangi hai,
        mehenga, mehnga, mahanga, paise nahi hai, abhi paise nahi hai, sasta chahiye, sasti chahiye,
        sasti dawai chahiye, daam zyada hai, महंगा है, महंगी है, बहुत महंगा है, बहुत महंगी है, महंगा,
        महंगी, पैसे नहीं हैं, पैसे नहीं है, सस्ती चाहिए, सस्ता चाहिए
    """,
    "side_effects": """
        side effects, side effect, had side effects, having side effects, it has side effects,
        i have side effects, i had side effects, because of side effects, it does not suit me,
        doesnt suit me, it doesnt suit me, not suiting, not suiting me, i feel sick from it,
        feeling sick, vomiting, feeling dizzy, dizziness, nausea, side effect ho raha hai,
        side effect hota hai, side effects ho rahe hai, suit nahi karti, suit nahi kar rahi,
        suit nahi ho rahi, takleef ho rahi hai, taklif ho rahi hai, ulti ho rahi hai, ulti aa rahi hai,
        chakkar aa raha hai, chakkar aate hai, साइड इफेक्ट, साइड इफेक्ट हो रहा है, तकलीफ हो रही है,
        चक्कर आ रहे हैं, चक्कर आ रहा है, उल्टी हो रही है, सूट नहीं करती
    """,
    "doctor_changed": """
        doctor changed, doctor changed it, doctor changed medicine, doctor changed my medicine,
        doctor has changed it, doctor has changed the medicine, my doctor changed it, medicine changed,
        medicine is changed, medicine has changed, doctor changed the dose, dose changed, new medicine,
        doctor gave new medicine, doctor gave another medicine, new prescription, doctor stopped,
        doctor stopped it, doctor stopped the medicine, doctor has stopped it, my doctor stopped it,
        doctor told me to stop, doctor said stop, doctor asked me to stop, doctor ne badal di,
        doctor ne dawai badal di, doctor ne badal diya, doctor ne change kar di,
        doctor ne change kar diya, doctor ne dawai change kar di, dawai badal gayi,
        dawai badal gayi hai, dawai change ho gayi, dawai badal di, doctor ne band kar di,
        doctor ne dawai band kar di, doctor ne mana kiya, doctor ne mana kar diya,
        doctor ne band kar diya, डॉक्टर ने बदल दी, डॉक्टर ने दवाई बदल दी, डॉक्टर ने दवा बदल दी,
        दवाई बदल गई, दवाई बदल गई है, डॉक्टर ने बंद कर दी, डॉक्टर ने दवाई बंद कर दी, डॉक्टर ने मना किया
    """,
    "moved": """
        moved, i moved, i have moved, we moved, we have moved, shifted, i shifted,
        i have shifted, we have shifted, moved away, moved to another city, moved to other city,
        shifted to another city, relocated, i have relocated, i live elsewhere now, not in town anymore,
        i left the city, shift ho gaya, shift ho gaye, shift ho gayi, shift ho gaye hai,
        shift ho gaya hu, dusre shahar mein hu, ghar badal liya, शिफ्ट हो गए, शिफ्ट हो गया,
        शिफ्ट हो गए हैं, घर बदल लिया, दूसरे शहर में हूं
    """,
    "stopped_medicine": """
        stopped, stopped it, i stopped, i stopped it, stopped taking, stopped taking it,
        i stopped taking it, stopped medicine, stopped the medicine, stopped taking medicine,
        i stopped taking medicine, stopped taking the medicine, i have stopped, i have stopped it,
        not taking, not taking it, not taking it anymore, not taking anymore, not taking medicine,
        i am not taking it, i dont take it, i dont take it anymore, dont take it anymore,
        no longer taking, no longer taking it, no longer need it, course completed, course is complete,
        course finished, treatment over, i am fine now, im fine now, i am cured, feeling better,
        feeling better now, band kar di, band kar diya, dawai band kar di, dawai band kar di hai,
        maine band kar di, maine dawai band kar di, dawai nahi leta, dawai nahi leti,
        dawai nahi le raha, dawai nahi le rahi, ab nahi leta, ab nahi leti, ab nahi leta hu,
        dawai chod di, dawai chhod di, lena band kar diya, course pura ho gaya, ab theek hu,
        theek ho gaya, theek ho gaya hu, बंद कर दी, दवाई बंद कर दी, दवा बंद कर दी, मैंने बंद कर दी,
        दवाई नहीं लेता, दवाई नहीं लेती, अब नहीं लेता, अब नहीं लेती, दवाई छोड़ दी, कोर्स पूरा हो गया,
        ठीक हो गया, अब ठीक हूं
    """,
    "wrong_person": """
        wrong number, this is wrong number, this is the wrong number, wrong person,
        you have the wrong number, not my number, i dont know you, galat number, galat number hai,
        ye galat number hai, गलत नंबर, गलत नंबर है, रांग नंबर
    """,
}
_FILLERS = """
    please, kindly, ji, sir, madam, maam, mam, bhai, bhaiya, bhaiyya, didi, uncle, aunty,
    thanks, thank you, thankyou, dhanyavad, dhanyawad, shukriya, i, it, my, me, the, so, just, hi,
    hello, namaste, medicine, dawai, for me, now, only, sorry, actually, then, but, and, to, toh, aur,
    wo, woh, meri, mera, mere, aap, ab, abhi, hai, जी, कृपया, प्लीज, धन्यवाद, शुक्रिया, मेरी, मेरा,
    दवाई, दवा, तो, और, अभी, नमस्ते, भैया, भाई
"""
_BOOK = Phrasebook(_MEANINGS, _FILLERS)

_ABOUT = """
    about, around, approx, approximately, maybe, almost, nearly, karib, kareeb, lagbhag, shayad,
    for, still, i, have, mere, paas, abhi, aur, लगभग, करीब, शायद, और, अभी
"""
_LEFT = """
    left, more, ki, ke, ka, hai, he, h, bachi, baki, bache, aur, liye, only, ji, please, sir,
    stock, medicine, dawai, की, के, का, है, हैं, बची, बाकी, और, जी, लिए, दवाई
"""
_BEFORE_COUNT = {plain(word) for word in _ABOUT.split(",")}
_AFTER_COUNT = {plain(word) for word in _LEFT.split(",")}
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to|se|ya|or|/)\s*\d{1,3}\b", re.IGNORECASE)


def answer(text: str) -> str | None:
    """The meaning of a short answer ("yes", "later", "have_stock" …; the keys of `_MEANINGS`), else None.

    Every word must be accounted for, and a question is no answer. A reason outweighs the yes or no beside it
    ("no, I still have"); two reasons, or yes and no together, are left to a person.
    """
    if re.search(r"[?？؟]", text):
        return None
    said = _BOOK.read(text)
    shown = _shown(text)
    if not plain(text):
        return shown
    if shown and said <= {"yes", "no"} and shown not in said:
        return None
    return _one(said)


def days(text: str) -> int | None:
    """Answers to "for how many days?": "5", "10 days left", "ek hafta"; of "10-15" the shorter; 0 to 730."""
    words = durations.counted_words(_RANGE.sub(r"\1", visible(text)))
    while words and words[0] in _BEFORE_COUNT:
        words = words[1:]
    while words and words[-1] in _AFTER_COUNT:
        words = words[:-1]
    if len(words) == 1 and (count := numbers.whole(words[0])) is not None:
        return count if count <= durations.LONGEST_SUPPLY else None
    return durations.days(" ".join(words))


def _shown(text: str) -> str | None:
    approving, refusing = bool(_APPROVING.search(text)), bool(_REFUSING.search(text))
    if approving == refusing:
        return None
    return "yes" if approving else "no"


def _one(said: set[str]) -> str | None:
    reasons = said - {"yes", "no"}
    if {"yes", "no"} <= said or ("no" in said and "keep_ready" in said):
        return None
    if len(reasons) == 1:
        return reasons.pop()
    return None if reasons else next(iter(said), None)
