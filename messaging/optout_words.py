"""The words with which people stop our messages and start them again, for native readers to check.

Imperatives of "stop", "close" and "don't send", familiar and polite, in each language's script and as people
type them in Latin letters. STOP, STOPALL, UNSUBSCRIBE, END, QUIT, REVOKE, OPTOUT and CANCEL are Twilio's own
English keywords, as are START and UNSTOP (its YES is left out: people answer us with it); the others are our
own collection. Words that also mean "wait" or "no" (Marathi थांबा, Telugu వద్దు) never stand alone.
"""

# Whole messages that stop everything.
STOP = {
    "English": """
        stop, stop all, stopall, stop it, stop this, stop now, sotp, stpo, unsubscribe, unsubscribe me,
        unsub, unsubcribe, unsubscibe, unsuscribe, end, quit, cancel, revoke, opt out, optout, opt me out,
        remove me, stop messaging, stop messaging me, stop sending, stop texting, stop texting me, no more
        messages, dont contact me, do not contact me, remove my number, delete my number, stop everything,
        dnd, do not disturb, dont disturb me, leave me alone, dont remind me, stp, i opt out, i want to
        unsubscribe, i want to opt out, stop sending me, remove me from your list, remove me from this list,
        remove me from list, take me off your list, remove my number from your list, unsubscribe me from your
        list, unsubscribe me from this list
    """,
    "Hindi": """
        स्टॉप, स्टाप, बंद करो, बंद करें, बंद करे, बंद कीजिए, बंद कर दो, बंद कर दीजिए, बन्द करो, बन्द करें, मत
        भेजो, रोको, रोक दो, रोकें, सब बंद करो, ये सब बंद करो, बंद करो ये सब, बस करो, परेशान मत करो, मुझे
        परेशान मत करो
    """,
    "Hinglish": """
        band karo, band kro, band kardo, band kar do, band kijiye, band kare, band karen, band karein, bandh
        karo, bandh kardo, bandh kar do, mat bhejo, stop karo, stop kro, stop kar do, stop kardo, stop
        kijiye, roko, rok do, sab band karo, ye sab band karo, band karo ye sab, bandh karo ye sab, bandkaro,
        bas karo, pareshan mat karo, mujhe pareshan mat karo, yaad mat dilao
    """,
    "Telugu": """
        స్టాప్, ఆపు, ఆపండి, ఆపేయండి, aapu, aapandi, apandi, apeyandi, aapeyandi
    """,
    "Tamil": """
        ஸ்டாப், நிறுத்து, நிறுத்துங்கள், நிறுத்துங்க, நிறுத்தவும், niruthu, niruthungal, niruthunga,
        nirutthu, nirutthungal
    """,
    "Bengali": """
        স্টপ, বন্ধ করুন, বন্ধ করো, বন্ধ কর, বন্ধ করে দিন, থামুন, থামান, bondho korun, bondho koro, bandho
        korun, bandho koro
    """,
    "Marathi": """
        थांबवा, थांबव, बंद करा, बंद कर, thambva, thambwa, thambava, band kara
    """,
    "Gujarati": """
        સ્ટોપ, બંધ કરો, બંધ કરી દો, બંધ કર, રોકો, bandh kari do, band kari do
    """,
    "Kannada": """
        ಸ್ಟಾಪ್, ನಿಲ್ಲಿಸಿ, ನಿಲ್ಲಿಸು, ನಿಲ್ಲಿಸಿರಿ, nillisi, nilsi, nillisu
    """,
    "Malayalam": """
        സ്റ്റോപ്പ്, സ്റ്റോപ്, നിർത്തുക, നിർത്തൂ, നിർത്ത്, നിർത്തണം, nirthuka, nirthu, nirthoo
    """,
    "Punjabi": """
        ਸਟਾਪ, ਸਟੌਪ, ਬੰਦ ਕਰੋ, ਬੰਦ ਕਰ ਦਿਓ, ਬੰਦ ਕਰ ਦੋ, ਰੋਕੋ, band kar deo
    """,
    "Urdu": """
        سٹاپ, اسٹاپ, بند کرو, بند کریں, بند کر دیں, بند کردیں, بند کر دو, بند کردو, روکو, روک دیں
    """,
}

# What stops only what it is said of: a word for our messages, or for offers, has to stand with it.
NOT_WANTED = {
    "English": """
        stop sending, stop getting, stop receiving, stop the, dont, dont send, never, never send, dont want,
        i dont want, dont want to receive, i dont want to receive, dont want to get, i dont want to get, dont
        need, i dont need, want to stop, i want to stop, want to stop receiving, i want to stop receiving, i
        want to stop getting, no longer want, i no longer want, unsubscribe from, i want to unsubscribe from,
        opt out of, opt out from, i want to opt out of, turn off, switch off, disable, block, stop spamming
    """,
    "Hindi": """
        भेजना बंद करो, भेजना बंद करें, भेजना बंद करे, भेजना बंद कीजिए, भेजना बंद कर दो, भेजना बंद कर दीजिए,
        करना बंद करो, करना बंद करें, मत, मत भेजिए, मत भेजें, मत भेजे, मत भेजना, मत भेजा करो, मत करो, मत करना,
        मत करें, मत कीजिए, न भेजो, न भेजें, न भेजे, न भेजिए, ना भेजो, ना भेजें, ना भेजे, ना भेजिए, नहीं
        भेजें, नहीं भेजो, नहीं भेजना, न करें, न करो, ना करें, ना करो, नहीं चाहिए, नही चाहिए, नहीं चाहिये,
        रोकिए, रोक दीजिए
    """,
    "Hinglish": """
        band karna, band kar dijiye, band kar dijiyega, band kr do, band krdo, band kariye, bandh kijiye,
        bandh kare, bandh karein, bandh kro, bhejna band karo, bhejna band kro, bhejna band kardo, bhejna
        band kar do, bhejna band kijiye, bhejna band kare, bhejna band karein, bhejna bandh karo, karna band
        karo, karna band kar do, stop kare, mat, mat bhejna, mat bheje, mat bhej, mat bhejiye, mat bhejiyega,
        mat bhejen, mat bhejein, mat bheja karo, mat karo, mat kro, mat karna, mat krna, mat kare, mat karen,
        mat karein, mat kariye, mat kijiye, mat kiya karo, na bhejo, na bheje, na bhejen, na bhejein, na
        bhejiye, na kare, na karen, na karein, na kijiye, nahi bhejna, nhi bhejna, nahi bhejo, nahi chahiye,
        nahi chaiye, nahi chahie, nahin chahiye, nai chahiye, nhi chahiye, nhi chaiye, ni chahiye, nahi
        mangta, rokiye, rok dijiye
    """,
    "Telugu": """
        పంపవద్దు, పంపొద్దు, పంపకండి, పంపకు, పంపించవద్దు, పంపించకండి, పంపడం ఆపండి, పంపడం ఆపేయండి, పెట్టవద్దు,
        పెట్టొద్దు, పెట్టకండి, చేయవద్దు, చేయొద్దు, చేయకండి, వద్దు, అక్కర్లేదు, pampavaddu, pampoddu,
        pampakandi, pampaku, pampinchakandi, pampadam aapandi, pettoddu, pettakandi, cheyoddu, cheyakandi,
        vaddu, voddu, oddu
    """,
    "Tamil": """
        அனுப்பாதீர்கள், அனுப்பாதீங்க, அனுப்பாதே, அனுப்ப வேண்டாம், அனுப்பவேண்டாம், அனுப்புவதை நிறுத்து,
        அனுப்புவதை நிறுத்துங்கள், அனுப்புவதை நிறுத்தவும், அனுப்புறதை நிறுத்துங்க, வேண்டாம், வேணாம்,
        தேவையில்லை, anuppathinga, anuppatheenga, anuppaadheenga, anuppadhinga, anupathinga, anupatheenga,
        anuppathe, anuppa vendam, anupa vendam, anuppa venam, vendam, vendaam, venam, panna vendam,
        pannathinga
    """,
    "Bengali": """
        পাঠাবেন না, পাঠাবে না, পাঠিও না, পাঠানো বন্ধ করুন, পাঠানো বন্ধ করো, দেবেন না, দিবেন না, দিও না, করবেন
        না, চাই না, লাগবে না, দরকার নেই, pathaben na, pathabe na, pathio na, pathano bondho korun, pathano
        bandho korun, deben na, diben na, korben na, chai na, lagbe na
    """,
    "Marathi": """
        पाठवू नका, पाठवू नको, पाठवणे बंद करा, पाठवणं बंद करा, पाठवायचे बंद करा, करू नका, करू नको, नको, नकोत,
        नको आहेत, pathavu naka, pathvu naka, pathau naka, pathavane band kara, karu naka, bandh kara, nako,
        nakot, nako aahet
    """,
    "Gujarati": """
        ના મોકલો, ન મોકલો, નહીં મોકલો, નહિ મોકલો, મોકલશો નહીં, મોકલશો નહિ, ના મોકલશો, ન મોકલશો, મોકલવાનું બંધ
        કરો, મોકલવાના બંધ કરો, ના કરો, ન કરો, ના કરશો, કરશો નહીં, નથી જોઈતા, નથી જોઈતો, નથી જોઈતી, નથી
        જોઈતું, na moklo, na mokalo, na mokalso, moklvanu bandh karo, mokalvanu bandh karo, mokalvanu band
        karo, na karo, na karso, nathi joita, nathi joitu, nathi joiti
    """,
    "Kannada": """
        ಕಳುಹಿಸಬೇಡಿ, ಕಳುಹಿಸಬೇಡ, ಕಳಿಸಬೇಡಿ, ಕಳಿಸಬೇಡ, ಮಾಡಬೇಡಿ, ಮಾಡಬೇಡ, ಬೇಡ, ಕಳುಹಿಸುವುದನ್ನು ನಿಲ್ಲಿಸಿ, ಕಳಿಸುವುದನ್ನು
        ನಿಲ್ಲಿಸಿ, ಕಳಿಸೋದು ನಿಲ್ಲಿಸಿ, ಬಂದ್ ಮಾಡಿ, kaluhisabedi, kalisabedi, kalsabedi, kalisbedi, kalsbedi,
        madabedi, madbedi, beda, band madi
    """,
    "Malayalam": """
        അയക്കരുത്, അയയ്ക്കരുത്, അയക്കണ്ട, അയക്കേണ്ട, അയക്കുന്നത് നിർത്തുക, വേണ്ട, ayakkaruthu, ayakkanda,
        ayakkenda, venda
    """,
    "Punjabi": """
        ਨਾ ਭੇਜੋ, ਮਤ ਭੇਜੋ, ਨਾ ਕਰੋ, ਨਹੀਂ ਚਾਹੀਦੇ, ਨਹੀਂ ਚਾਹੀਦਾ, ਭੇਜਣਾ ਬੰਦ ਕਰੋ, ਭੇਜਣੇ ਬੰਦ ਕਰੋ, nahi chahide
    """,
    "Urdu": """
        مت بھیجو, مت بھیجیں, نہ بھیجو, نہ بھیجیں, مت کرو, مت کریں, نہ کریں, نہیں چاہیے, نہیں چاہئے, بھیجنا
        بند کرو, بھیجنا بند کریں, بھیجنا بند کر دیں
    """,
}

# What of ours is not wanted.
MESSAGES = {
    "English": """
        message, messages, msg, msgs, mesg, mssg, mesage, mesages, massage, massages, sms, text, texts,
        whatsapp, notification, notifications, alert, alerts, update, updates, spam, messaging, texting,
        spamming
    """,
    "Hindi": """
        मैसेज, मेसेज, मैसेजेस, संदेश, सन्देश, संदेशा, एसएमएस, व्हाट्सएप
    """,
    "Telugu": """
        మెసేజ్, మెసేజ్లు, మెసేజీలు, మెసేజులు, మెస్సేజ్, మెస్సేజ్లు, సందేశం, సందేశాలు
    """,
    "Tamil": """
        மெசேஜ், மெசேஜ்கள், மெசேஜ்களை, செய்தி, செய்திகள், செய்திகளை, குறுஞ்செய்தி, குறுஞ்செய்திகள்
    """,
    "Bengali": """
        মেসেজ, মেসেজগুলো, ম্যাসেজ, বার্তা, এসএমএস
    """,
    "Marathi": """
        मॅसेज, मेसेजेस
    """,
    "Gujarati": """
        મેસેજ, મેસેજો, સંદેશ, સંદેશા, એસએમએસ
    """,
    "Kannada": """
        ಮೆಸೇಜ್, ಮೆಸೇಜ್ಗಳು, ಮೆಸೇಜ್ಗಳನ್ನು, ಸಂದೇಶ, ಸಂದೇಶಗಳು, ಸಂದೇಶಗಳನ್ನು
    """,
    "Malayalam": """
        മെസേജ്, മെസ്സേജ്, മെസേജുകൾ, സന്ദേശം, സന്ദേശങ്ങൾ
    """,
    "Punjabi": """
        ਮੈਸੇਜ, ਸੁਨੇਹਾ, ਸੁਨੇਹੇ
    """,
    "Urdu": """
        میسج, میسجز, میسیج, پیغام, پیغامات
    """,
}
REMINDERS = "reminder, reminders, रिमाइंडर, रिमाइंडर्स"
OFFERS = """
    offers, offer, promotions, promotion, promos, promo, ads, advertisements, marketing, schemes, ऑफर, ऑफ़र,
    ऑफर्स, विज्ञापन, ఆఫర్లు, ఆఫర్, ప్రకటనలు, ஆஃபர், ஆஃபர்கள், சலுகைகள், அফার, অফার, বিজ্ঞাপন, जाहिराती, ઓફર,
    ઓફર્સ, જાહેરાત, ಆಫರ್, ಆಫರ್‌ಗಳು, ಜಾಹೀರಾತು, ഓഫർ, ഓഫറുകൾ, പരസ്യങ്ങൾ, ਆਫਰ, ਆਫ਼ਰ, ਇਸ਼ਤਿਹਾਰ, آفر, آفرز, اشتہار,
    اشتہارات, promotional
"""

# What says no to offers, and of messages would only say that none has come.
NO_OFFERS = """
    no, no more, band, only, only stop, stop only
"""

# What may stand with those words in any place: whom, whose, which, how often.
BESIDE = {
    "English": """
        me, my, to, your, ur, you, from, these, those, this, such, all, any, the, anymore, again, ever, now,
        number, on, more, phone, here, automated, automatic, daily, unwanted, refill, refills
    """,
    "Hindi": """
        मुझे, मुझको, हमें, मेरे, को, नंबर, पर, आप, आपके, आपका, अपने, ये, यह, सब, सारे, सभी, अब, आगे, से, और,
        कोई, दोबारा, दुबारा, फिर, कभी, भी, वाले, के, का, की, इस
    """,
    "Hinglish": """
        mujhe, mujhko, muje, mujko, mereko, hame, hume, humein, mere, ko, pe, par, aap, aapke, apke, aapka,
        ye, yeh, sab, saare, sare, sabhi, ab, aage, se, aur, koi, dobara, dubara, phir, fir, kabhi, bhi,
        wale, wala, ke, ka, ki, roz, itne
    """,
    "Telugu": """
        నాకు, ఇక, ఇంక, మీ, మళ్ళీ, మళ్లీ, ఈ, naku, naaku, inka, ika, mee, malli, ee, lu
    """,
    "Tamil": """
        எனக்கு, இனி, இனிமேல், இந்த, உங்கள், enakku, enaku, ini, inimel, intha
    """,
    "Bengali": """
        আমাকে, আমার, আমায়, আর, এই, আপনাদের, কোনো, amake, amar, ar, aar, ei, apnader, kono
    """,
    "Marathi": """
        मला, आम्हाला, हे, परत, पुन्हा, आता, तुमचे, mala, amhala, parat, punha, aata, tumche
    """,
    "Gujarati": """
        મને, મારે, હવે, ફરી, આ, તમારા, કોઈ, mane, mare, hve, fari, aa, tamara
    """,
    "Kannada": """
        ನನಗೆ, ಇನ್ನು, ಮತ್ತೆ, ನಿಮ್ಮ, ಈ, nanage, nange, innu, matte, nimma
    """,
    "Malayalam": """
        എനിക്ക്, ഇനി, enikku, enik
    """,
    "Punjabi": """
        ਮੈਨੂੰ, ਹੁਣ, mainu
    """,
    "Urdu": """
        مجھے, ہمیں, اب, آئندہ
    """,
}

# Whole messages that start them again; with a word for our messages, too.
START = {
    "English": """
        start, unstop, restart, resume, subscribe, resubscribe, opt in, optin, opt me in, start messages,
        start again, start messaging, start sending, start reminders, start all, message me again, send me
        messages again, start offers, start offer, subscribe me, i want to start again
    """,
    "Hindi": """
        स्टार्ट, शुरू करो, शुरू करें, शुरू कीजिए, शुरू कर दो, शुरु करो, शुरु करें, चालू करो, चालू करें, चालू
        कर दो, मैसेज शुरू करो, मैसेज चालू करो, फिर से शुरू करो, ऑफर शुरू करो, ऑफर चालू करो
    """,
    "Hinglish": """
        shuru karo, shuru kro, shuru kar do, shuru kardo, shuru kijiye, shuru karein, chalu karo, chalu kar
        do, chaloo karo, message shuru karo, message chalu karo, start karo, start kar do, phir se shuru
        karo, fir se shuru karo, offer chalu karo, offers chalu karo, bhejna shuru karo, bhejna chalu karo,
        bhejo phir se
    """,
    "Telugu": """
        స్టార్ట్, ప్రారంభించండి, ప్రారంభించు, మొదలుపెట్టండి, మొదలు పెట్టండి, prarambhinchandi, modalu
        pettandi, మళ్ళీ ప్రారంభించండి, మళ్లీ ప్రారంభించండి
    """,
    "Tamil": """
        ஸ்டார்ட், தொடங்கு, தொடங்குங்கள், தொடங்கவும், ஆரம்பி, ஆரம்பிக்கவும், thodangu, thodangungal, arambi,
        மீண்டும் தொடங்கு, மீண்டும் தொடங்குங்கள்
    """,
    "Bengali": """
        স্টার্ট, শুরু করুন, শুরু করো, শুরু কর, চালু করুন, চালু করো, shuru korun, chalu korun, shuru koro,
        আবার শুরু করুন, আবার চালু করুন
    """,
    "Marathi": """
        सुरू करा, सुरु करा, चालू करा, suru kara, shuru kara, chalu kara, पुन्हा सुरू करा, परत सुरू करा
    """,
    "Gujarati": """
        સ્ટાર્ટ, શરૂ કરો, ચાલુ કરો, ફરી શરૂ કરો, sharu karo, saru karo
    """,
    "Kannada": """
        ಸ್ಟಾರ್ಟ್, ಪ್ರಾರಂಭಿಸಿ, ಆರಂಭಿಸಿ, ಶುರು ಮಾಡಿ, ಮತ್ತೆ ಪ್ರಾರಂಭಿಸಿ, prarambhisi, arambhisi, shuru madi
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
POLITE = """
    please, pls, plz, plss, kindly, ji, sir, madam, maam, mam, bhai, bhaiya, didi, ok, okay, thanks, thank
    you, thankyou, bas, कृपया, प्लीज, प्लीज़, जी, धन्यवाद, దయచేసి, ప్లీజ్, అండి, தயவுசெய்து, ப்ளீஸ், দয়া
    করে, প্লিজ, कृपा करून, મહેરબાની કરીને, પ્લીઝ, ದಯವಿಟ್ಟು, ಪ್ಲೀಸ್, ദയവായി, പ്ലീസ്, ਕਿਰਪਾ ਕਰਕੇ, ਜੀ, براہ کرم,
    پلیز, جی, yaar, yar, bro, dear, boss, anna, akka, dada, kaka, bhau, kripya, kripaya, dayachesi,
    dayavittu, thank u, thanku, ty, यार, भाई, सर, मैडम
"""

# Said while we are asking something, these are about what was asked.
OF_A_DIALOGUE = "cancel, mat bhejo, मत भेजो, roko, रोको, rok do, रोक दो, bas karo, बस करो"
