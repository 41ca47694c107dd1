"""What customers really write back to a refill reminder, by what it has to lead to; None reaches a person."""

# What becomes of each, as test_refill_sayings.py reads it off the rows.
_SAID = {
    "keep_ready": """
        Keep ready | yes | yes please | Yes pls keep ready | ok | Okay sir | Haan | haan ji
        Haan ji rakh do | haan ji rakh do bhaiya | ji rakh dijiye | rakh dena | theek hai rakh do
        thik h | ok rakh do kal aaunga | kal le jaunga | kal le jaungi | shaam ko le jaunga
        parso le jaunga | kal aake le lunga | aaj shaam ko aata hu | I will come tomorrow and collect
        I'll pick it up tomorrow | will come in the evening | please pack my medicines
        Please keep my medicine ready I will collect tomorrow | pack kar do | 👍 | 🙏 haan ji | हाँ
        हां जी रख दो | जी हाँ | रख दीजिए | तैयार रखिए | कल ले जाऊंगा | कल ले जाऊँगी | शाम को ले जाऊंगा
        ठीक है रख दो | हां भैया रख देना | same as last time | same medicines please | wahi dawai rakh do
        sab rakh do | dono rakh do | both please | all of them | need it | yes i need it | mujhe chahiye
        हाँ चाहिए | ha bhai rkh do | yesss | K | Please arrange | arrange karo
        bete ko bhej dunga rakh do | my son will collect | mera beta le jayega
    """,
    "later": """
        Later | not now | baad mein | baad me batata hu | abhi nahi | बाद में | अभी नहीं | remind me later
        will let you know | busy right now | salary aane ke baad | after salary
 baad me lunga | thoda ruk jao | let me check and tell you | check karke batata hu
        dekh kar batata hu | देख कर बताता हूं
    """,
    "later_on": """
        do hafte baad batana | next week | agle hafte | 1 tarikh ke baad | 2 hafte baad yaad dilana
        remind me on Friday | remind me tomorrow | please remind me after 5 days
        5 din baad yaad dilana | kal yaad dilana | remind me in 10 days | दो हफ्ते बाद बताना
        कल याद दिलाना | 3 din baad msg karna | agle somvar ko yaad dilana | message me after a week
        ek hafte baad batana
    """,
    "have_stock": """
        Still have some | still have | already have | not over yet | abhi hai | abhi bachi hai
        dawai hai abhi | khatam nahi hui | अभी है | अभी दवाई है | अभी खत्म नहीं हुई
        I still have medicine | have enough at home | ghar pe padi hai | stock hai abhi | bahut padi hai
        abhi kaafi hai | काफी है अभी | enough stock
    """,
    "have_stock_days": """
        abhi 10 din ki dawai hai | 10 din ki hai | 10 days left | I have for 10 more days
        still have for 10 days | 10 din ki bachi hai | I still have 10 days medicine
        mere paas 10 din ki dawai hai | अभी 10 दिन की दवाई है | १० दिन की दवाई बची है
        medicine for 10 days left | have 10 days stock | 10 din chalegi | 10 din chal jayegi
        10 din aur chalegi | ten days left | das din ki hai | it will last 10 more days
        10 din ki dawai baki hai
    """,
    "bought_elsewhere": """
        Bought elsewhere | already bought | le li | le liya | dusri jagah se le li
        dusri jagah se le li hai | dusri dukaan se le liya | bahar se le li | online mangwa li
        bought online | apollo se le li | bought from Apollo | got it from 1mg | pharmeasy se mangwa li
        took from another shop | maine le li hai | ले ली | दूसरी दुकान से ले ली | दूसरी जगह से ले ली
        le liya bahar se | ऑनलाइन मंगवा ली | medplus se le liya | hospital se mil gayi | jan aushadhi se le li
        already purchased from other store | kharid li hai | dawai mil gayi | netmeds se order kar di
    """,
    "cost": """
        too costly | very expensive | bahut mehngi hai | mehenga hai | बहुत महंगी | बहुत महंगी है
        महंगा पड़ता है | mehnga padta hai | paise nahi hai abhi | koi sasti dawai hai kya batao
        sasti wali do | sasti dawai do | can't afford | rate zyada hai | aapke yahan mehnga hai
        price is too high | generic chahiye | any cheaper option | discount nahi dete
    """,
    "side_effects": """
        side effects | chakkar aate hai | ulti hoti hai | it is giving me side effects
        dawai suit nahi kar rahi | pet kharab ho jata hai | सूट नहीं कर रही | चक्कर आते हैं
        dawai se ulti ho rahi hai | feeling dizzy after this medicine | this medicine makes me dizzy
        acidity ho jati hai | neend nahi aati is dawai se | pet dard hota hai
        sir dard hota hai is dawai se
    """,
    "doctor_changed": """
        doctor changed | doctor ne badal di | doctor ne band kar di | doctor ne dawai band kar di
        doctor has stopped it | डॉक्टर ने बंद कर दी | डॉक्टर ने बदल दी | new prescription
        dr ne change kar di | Dr ne band kar di hai | doctor ne nayi dawai di hai
        doctor sahab ne badal di | doctor ne dose badal di | doctor ne mana kar diya
        Doctor said to stop this medicine
    """,
    "stopped_medicine": """
        I stopped taking it | band kar di | maine dawai chhod di | दवाई बंद कर दी
        course complete ho gaya | not taking anymore | ab zarurat nahi padti | ab nahi leta
        theek ho gaya ab | sugar normal ho gayi band kar di | BP normal hai ab nahi leta
        ab theek hu dawai ki zarurat nahi
    """,
    "moved": """
        we have moved | hum Delhi shift ho gaye | ham log Pune shift ho gaye hai | shifted to Bangalore
        I have moved to Mumbai | हम दिल्ली शिफ्ट हो गए | relocated to Hyderabad
        ab hum Nagpur me rehte hai | moved to another city | shift ho gaye | Delhi shift ho gaya hu
        I live in Chennai now
    """,
    "died": """
        wo nahi rahe | woh ab nahi rahe | he is no more | she passed away | he passed away last month
        वो नहीं रहे | वे अब नहीं रहे | unka dehant ho gaya | unka swargwas ho gaya | unki death ho gayi
        patient expired | he has expired | उनका देहांत हो गया | unki mrityu ho gayi | she is no more
        wo guzar gaye | Alice passed away | Alice is no more | Alice ji nahi rahi
    """,
    "wrong_person": """
        wrong number | galat number | galat number hai | गलत नंबर है | this is not Alice
        main Alice nahi hu | I am not Alice | you have the wrong person | kisi aur ka number hai
        yeh unka number nahi hai | not my medicine wrong number
    """,
    "person": """
        Talk to us | call me | baat karni hai | phone karo | मुझे बात करनी है | please call me
        pharmacist se baat karni hai | call karo
    """,
    "why": """
        no | nahi | nahi chahiye | no need | नहीं | नहीं चाहिए | mat rakho | not required
    """,
    "stop": """
        STOP | stop sending messages | msg mat karo | message mat bhejo | unsubscribe
    """,
    "danger": """
        chest pain after taking it | saans lene mein takleef | behosh ho gaye | my father died
        papa nahi rahe | mummy guzar gayi | I took double dose | she is in ICU
        galti se zyada dawai kha li | hospital mein bharti hai | मम्मी गुजर गई
        last time wrong medicine diya tha aapne | meri wife ki death ho gayi | ambulance bulao
    """,
    None: """
        should I take it with food? | kitne ka hai? | is it available? | doctor ko pucha hai?
        10 strips chahiye ya 5 | bp ki dawai chhod ke baki rakh do | only metformin
        sirf sugar wali rakhna | telma mat rakhna metformin rakh do | yes but change the brand
        haan par generic | I have 10 days of one and 2 days of other
        next month from now I want only half | kya aap ghar bhej doge? | home delivery kar do
        yes and also send crocin | blood sugar 240 aa raha hai | report bhej raha hu dekh lo
        happy diwali | who are you | kaun ho aap | no yes | haan nahi | not Delhi but maybe later
        he is fine now but mother is not | doctor se milna hai pehle | I am not sure | pata nahi | maybe
        papa se puchh ke batata hu kitni bachi hai | 10 | bill galat tha | hum log gaon aa gaye
        who is this? wrong number | shifted to insulin | ab insulin pe shift ho gaye
        subah se le li hai | aapse le li | papa ki nahi, mummy ki rakho | kal se band hai kya
    """,
}

SAYINGS = [
    (said.strip(), meaning)
    for meaning, block in _SAID.items()
    for line in block.strip().splitlines()
    for said in line.split("|")
]
