"""What customers ask for of their own accord, by its meaning, in English, Hindi and Hinglish."""

import re

from bot.text import months
from bot.text.phrases import Phrasebook
from messaging.words import plain

_MEANINGS = {
    "medicines": """
        my medicines, my medicine, medicines, medicine list, list of medicines, list of my medicines,
        which medicines, what medicines do i take, what medicines am i taking, which medicines do i take,
        which medicine, medicine names, meri dawai, dawai ki list, dawai list, kaun si dawai, kaunsi dawai,
        konsi dawai, meri dawai ki list, मेरी दवाई, meri dawai kya kya hai, kya kya dawai chal rahi hai,
        meri dawai kya kya chal rahi hai, kaun kaun si dawai, मेरी दवाइयां, मेरी दवा, मेरी दवाएं,
        दवाई की लिस्ट, दवाइयों की सूची, कौन सी दवाई, कौनसी दवाई
    """,
    "orders": """
        my orders, my order, orders, order list, past orders, order history, previous orders,
        mere order, mera order, mere orders, मेरे ऑर्डर, मेरा ऑर्डर, ऑर्डर
    """,
    "track": """
        my order kaha hai, mera ordr kaha hai, my ordr kaha hai, parcel kaha hai, mera parcel kaha hai,
        delivery kab hogi, delivery kab aayegi, track, track order, track my order, tracking, order status,
        status of order, status of my order, my order status, where is my order, wheres my order,
        where is order, where is my medicine, when will my order come, when will it come,
        when will my order arrive, has my order shipped, delivery status, order kaha hai,
        mera order kaha hai, order kab aayega, mera order kab aayega, kab aayega, order kab tak aayega,
        मेरा ऑर्डर कहां है, ऑर्डर कहां है, ऑर्डर कब आएगा, मेरा ऑर्डर कब आएगा, कब आएगा, ट्रैक
    """,
    "invoice": """
        invoice, invoices, bill, bills, my bill, my bills, receipt, my invoice, copy of bill,
        copy of the bill, bill copy, send bill, send invoice, bill bhejo, bill do, bill chahiye,
        mujhe bill chahiye, mera bill, bill ki copy, pakka bill, mere ko bill chahiye, gst bill,
        gst wala bill, gst wala, gst invoice, bill with gst, बिल, मेरा बिल, बिल भेजो, बिल चाहिए, बिल दो,
        रसीद, इनवॉइस
    """,
    "refill": """
        refill, refills, refill my medicine, refill my prescription, i need a refill,
        i need refill, need refill, want refill, medicine refill, need my medicine, i need my medicine,
        need medicine again, need more medicine, order again, repeat order, repeat my order,
        same medicine again, same medicine, reorder, medicine finished, medicine is finished,
        medicine is over, medicine over, my medicine is over, my medicine is finished, ran out,
        i ran out, ran out of medicine, finished my medicine, i ran out of medicine, dawai khatam,
        dawai khatam ho gayi, dawai khatam ho gayi hai, meri dawai khatam ho gayi, khatam ho gayi,
        khatam ho gayi hai, dawai khatm ho gayi, dawai chahiye, mujhe dawai chahiye, meri dawai chahiye,
        refill karna hai, refill karwana hai, refill karwani hai, refill kar do, refill kardo, dobara chahiye,
        wahi dawai chahiye, fir se dawai chahiye, रिफिल, दवाई खत्म, दवाई खत्म हो गई, दवा खत्म हो गई,
        दवाई खत्म हो गई है, खत्म हो गई, खत्म हो गई है, दवाई चाहिए, मुझे दवाई चाहिए, दवा चाहिए,
        मेरी दवाई चाहिए
    """,
    "timings": """
        timings, timing, shop time, shop timing, shop timings, opening hours, open hours,
        opening time, closing time, hours, when do you open, when do you close, when are you open,
        what time do you open, what time do you close, are you open, are you open today,
        are you open now, is the shop open, is shop open, open today, open now,
        till what time are you open, what are your hours, shop kab khulegi, dukan kab khulti hai,
        dukan kab khulegi, kab khulta hai, kab khulti hai, kab band hoti hai, kab band hota hai,
        shop open hai, shop open hai kya, dukan open hai, open hai, open hai kya, shop khuli hai,
        shop khuli hai kya abhi, sunday open, open on sunday, open on sundays, are you open on sunday,
        are you open on sundays, sunday ko khula hai, sunday ko open hai, sunday ko khula rehta hai,
        sunday ko khuli rehti hai, khula rehta hai, khuli rehti hai, aaj open hai, aaj shop open hai,
        dukan kab band hoti hai, dukan khuli hai, khula hai, khuli hai, aaj khula hai,
        kitne baje khulta hai, kitne baje khulti hai, dukan kitne baje khulti hai, kitne baje tak,
        kitne baje tak khuli hai, kitne baje band hota hai, kitne baje band hoti hai, dukan ka time,
        टाइमिंग, दुकान कब खुलती है, दुकान कब खुलेगी, कब खुलता है, कब खुलती है, कितने बजे खुलता है,
        कितने बजे खुलती है, दुकान कितने बजे खुलती है, कितने बजे बंद होती है, दुकान कब बंद होती है,
        दुकान खुली है, आज खुला है, खुला है, दुकान का समय
    """,
    "address": """
        address, location, shop address, store location, your address, your location,
        where are you, where are you located, where is the shop, where is your shop, where is shop,
        how to reach, how do i reach, how do i get there, directions, map, google map, google maps,
        pata, dukan ka pata, dukan kaha hai, dukan kaha par hai, aap kaha ho, aapki dukan kaha hai,
        kaha hai dukan, kaha par hai, kaha hai, पता, पता क्या है, दुकान का पता, दुकान कहां है,
        आपकी दुकान कहां है, कहां है दुकान, लोकेशन, एड्रेस
    """,
    "person": """
        person, human, agent, staff, pharmacist, customer care, talk to person, talk to human,
        talk to someone, talk to a person, talk to a human, talk to a real person, real person,
        talk to staff, talk to the staff, talk to an agent, talk to pharmacist, talk to the pharmacist,
        talk to a pharmacist, speak to person, speak to someone, speak to a person, speak to a human,
        speak to pharmacist, speak to the pharmacist, speak with someone, speak to an agent,
        connect me to a person, want to talk, call me, call me back, call back, phone me,
        can someone call me, someone call me, can you call me, kisi se baat karni hai, baat karni hai,
        mujhe baat karni hai, baat karna hai, baat karo, phone karo, call karo,
        pharmacist se baat karni hai, baat kara do, किसी से बात करनी है, बात करनी है, मुझे बात करनी है,
        बात करना है, बात करो, बात कराओ, फोन करो, कॉल करो, फोन कीजिए, कॉल कीजिए
    """,
    "language": """
        language, change language, change the language, other language, english, hindi,
        in english, in hindi, english mein, hindi mein, hindi mein baat karo, english mein baat karo,
        hindi mein likho, speak hindi, speak english, bhasha, bhasha badlo, भाषा, भाषा बदलो, हिंदी,
        हिन्दी, हिंदी में, हिन्दी में, हिंदी में बात करो, अंग्रेजी, अंग्रेज़ी, अंग्रेजी में, इंग्लिश
    """,
    "my_data": """
        my data, my details, my information, my info, my profile, my record, my records,
        show my data, send my data, what do you know about me, what data do you have,
        what data do you have about me, mera data, meri jankari, meri jaankari, मेरा डेटा, मेरी जानकारी,
        मेरा डाटा
    """,
    "delete_my_data": """
        delete my data, delete my details, delete my information, delete my info, delete my account,
        delete my profile, delete my record, delete my records, delete data, delete all my data,
        delete everything, erase my data, erase me, erase my details, remove my data, remove my details,
        remove my information, forget me, delete me, delete mera data, mera data delete karo,
        mera data delete kar do, mera data hata do, mera data hatao, mera data mita do, meri jankari hatao,
        meri jankari delete karo, meri jankari mita do, मेरा डेटा मिटाओ, मेरा डेटा मिटा दो, मेरा डेटा हटाओ,
        मेरा डेटा हटा दो, मेरा डेटा डिलीट करो, मेरी जानकारी हटाओ, मेरी जानकारी मिटा दो
    """,
    "greeting": """
        hi, hello, hey, hii, hey there, hi there, hello there, helo, hlo, good morning, good afternoon,
        good evening, gm, namaste, namaskar, namasthe, vanakkam, salaam, salam, assalamualaikum,
        assalamu alaikum, sat sri akal, ram ram, radhe radhe, jai shri krishna, koi hai, koi hai kya,
        hello koi hai, anyone there, is anyone there, how are you, how are you doing, whats up,
        hi how are you, kaise ho, kaise hai, kaise hai aap, नमस्ते, नमस्कार, हेलो, हैलो, हाय, राम राम, सलाम,
        कैसे हो, कैसे हैं, शुभ प्रभात
    """,
    "thanks": """
        thanks, thank you, thankyou, thank you very much, thank you so much, thanks a lot,
        many thanks, ty, tysm, much appreciated, appreciate it, i appreciate it, thanks for your help,
        thank you for your help, thanks for the help, thank you for the help, dhanyavad, dhanyawad,
        dhanyavaad, shukriya, bahut dhanyavad, bahut shukriya, meherbani, धन्यवाद, शुक्रिया,
        बहुत धन्यवाद, बहुत बहुत धन्यवाद, बहुत शुक्रिया, थैंक्यू, थैंक यू, थैंक्स
    """,
    "help": """
        help, help me, menu, options, commands, what can you do, what can i ask,
        what can i ask you, what do you do, how does this work, how to use, how to use this,
        what can you help me with, what can you help with, madad, madad karo, meri madad karo,
        kya kar sakte ho, aap kya kar sakte ho, मदद, मदद करो, मेरी मदद करो, सहायता, मेनू, हेल्प
    """,
}
_FILLERS = """
    abhi, yar, yaar, plz, pls, ur, please, kindly, ji, sir, madam, maam, mam, bhai, bhaiya, didi, uncle, ok,
    so, just, now, again, today, i, want, need, would, like, to, can, could, you, me, see, show, get, give,
    know, tell, send, what, is, are, the, a, an, my, your, for, of, list, do, check, view, have, it, all,
    about, chahiye, mujhe, batao, dikhao, dikha do, do na, bhejo, dekhna, dekhni, jankari, mera, meri, mere,
    apna, apni, apne, aap, aapka, aapki, aapke, ka, ki, ke, ko, kya, hai, ho, kijiye, karo, aur, and, mein,
    hoon, कृपया, प्लीज, जी, भैया, मुझे, चाहिए, बताओ, बताइए, दिखाओ, दिखाइए, भेजो, भेजिए, क्या, है, हैं, मेरा,
    मेरी, मेरे, आपका, आपकी, का, की, के, को, और, दो, सर
"""
_BOOK = Phrasebook(_MEANINGS, _FILLERS)

# Said beside a wish, these add nothing to it.
_COURTESY = {"greeting", "thanks"}
# Of two wishes in one message the more exact one is meant: "hi, where is my order, please help".
_MORE_EXACT = {
    frozenset({"orders", "track"}): "track",
    frozenset({"my_data", "delete_my_data"}): "delete_my_data",
    frozenset({"medicines", "refill"}): "refill",
    frozenset({"orders", "invoice"}): "invoice",
}
_LANGUAGES = {"en": "english|अंग्रेजी|अंग्रेज़ी|इंग्लिश", "hi": "hindi|हिंदी|हिन्दी"}


def wish(text: str) -> str | None:
    """What a customer's message asks for (a key of `_MEANINGS`) if all of its words say so, else None."""
    said = _BOOK.read(text) or _of_a_month(text)
    if not said:
        return "thanks" if text.strip() and not plain(text) and re.search("[🙏]", text) else None
    wanted = said - _COURTESY
    if len(wanted) > 1:
        wanted -= {"help"}
    if len(wanted) > 1:
        return _MORE_EXACT.get(frozenset(wanted))
    return next(iter(wanted), None) or ("thanks" if "thanks" in said else "greeting")


def _of_a_month(text: str) -> set[str]:
    """Only bills are asked for by their month: "bill for January"."""
    said = _BOOK.read(months.without(text))
    return said if "invoice" in said else set()


def language(text: str) -> str | None:
    """The code of the one language we speak that is named in `text` ("hindi me please" → "hi")."""
    words = plain(text).split()
    named = [
        code for code, names in _LANGUAGES.items() if {plain(name) for name in names.split("|")} & set(words)
    ]
    return named[0] if len(named) == 1 else None
