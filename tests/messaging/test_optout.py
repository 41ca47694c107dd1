"""STOP and START in every language we are written to in, and only as a whole message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.optout import reads_as
from tests.bot import sentences


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "English",
            [
                "STOP",
                "Stop.",
                "stop!!!",
                "stop please",
                "please stop",
                "STOP ALL",
                "unsubscribe",
                "Don't message me",
            ],
        ),
        (
            "English",
            [
                "stoppp",
                "sotp",
                "stop stop stop",
                "STOP " * 50,
                "🛑 STOP",
                "STOP?",
                "𝐒𝐓𝐎𝐏",
                "ＳＴＯＰ",
                "ok stop",
                "remove my number",
            ],
        ),
        ("Hindi", ["बंद करो", "मैसेज बंद करें", "कृपया बंद कीजिए", "मैसेज मत भेजो", "स्टॉप जी", "बंद करो।"]),
        (
            "Hinglish",
            ["band karo", "Band kar do please", "msg mat bhejo", "stop karo ji", "message band karo bhai"],
        ),
        ("Telugu", ["ఆపండి", "మెసేజ్‌లు ఆపండి", "దయచేసి ఆపండి", "aapandi"]),
        ("Tamil", ["நிறுத்து", "நிறுத்துங்கள்", "மெசேஜ் அனுப்பாதீர்கள்", "niruthungal"]),
        ("Bengali", ["বন্ধ করুন", "মেসেজ পাঠাবেন না", "দয়া করে বন্ধ করুন", "bondho korun"]),
        ("Marathi", ["बंद करा", "मेसेज पाठवू नका", "थांबवा", "band kara"]),
        ("Gujarati", ["બંધ કરો", "મેસેજ ના મોકલો", "bandh karo"]),
        ("Kannada", ["ನಿಲ್ಲಿಸಿ", "ಸಂದೇಶ ಕಳುಹಿಸಬೇಡಿ", "nillisi"]),
        ("Malayalam", ["നിർത്തുക", "നിര്‍ത്തുക", "മെസേജ് അയക്കരുത്", "nirthuka"]),
        ("Punjabi", ["ਬੰਦ ਕਰੋ", "ਮੈਸੇਜ ਨਾ ਭੇਜੋ"]),
        ("Urdu", ["بند کریں", "بند كريں", "میسج نہ بھیجیں"]),
    ],
)
def test_stop_is_obeyed_in_every_language(language, texts):
    assert {text: reads_as(text) for text in texts} == dict.fromkeys(texts, "stop")


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "English",
            [
                "Please stop sending me these messages",
                "I don't want any messages from you",
                "do not send me messages any more",
                "don't text me again",
                "stop all refill reminders",
                "I want to stop receiving messages",
            ],
        ),
        ("Hindi", ["मुझे मैसेज मत भेजो", "कृपया मैसेज भेजना बंद करें", "मुझे आपके मैसेज नहीं चाहिए", "ये मैसेज बंद करो"]),
        (
            "Hinglish",
            [
                "mujhe message nahi chahiye",
                "Dobara msg mat karna",
                "message bhejna band kro yaar",
                "MAT BHEJO MSG!!",
            ],
        ),
        ("Telugu", ["నాకు మెసేజ్‌లు పంపకండి", "మెసేజ్‌లు వద్దు", "naku messages vaddu"]),
        ("Tamil", ["எனக்கு மெசேஜ் அனுப்பாதீர்கள்", "செய்திகள் வேண்டாம்", "enakku message vendam"]),
        ("Bengali", ["আমাকে আর মেসেজ পাঠাবেন না", "মেসেজ চাই না", "amake message pathaben na"]),
        ("Marathi", ["मला मेसेज पाठवू नका", "मेसेज नको", "mala message nako"]),
        ("Gujarati", ["મને મેસેજ ના મોકલો", "મારે મેસેજ નથી જોઈતા", "mane message na moklo"]),
        ("Kannada", ["ನನಗೆ ಮೆಸೇಜ್ ಕಳುಹಿಸಬೇಡಿ", "ಮೆಸೇಜ್ ಬೇಡ", "nanage message beda"]),
        ("Malayalam", ["എനിക്ക് മെസേജ് അയക്കരുത്", "message venda"]),
        ("Punjabi", ["ਮੈਨੂੰ ਮੈਸੇਜ ਨਾ ਭੇਜੋ"]),
        ("Urdu", ["مجھے میسج مت بھیجیں"]),
    ],
)
def test_whoever_says_in_a_sentence_that_our_messages_are_not_wanted_is_obeyed(language, texts):
    assert {text: reads_as(text) for text in texts} == dict.fromkeys(texts, "stop")


@pytest.mark.parametrize(
    "text",
    [
        "don't stop my medicine",
        "don't stop the messages",
        "stop the old one and start new",
        "I want to cancel my order",
        "cancel the reminder",
        "bus stop ke paas",
        "don't message me at night",
        "message mat karo, call karo",
        "mujhe message nahi mila",
        "message nahi aaya",
        "kya message band hai",
        "whatsapp nahi hai",
        "why did you stop sending messages",
        "why no messages?",
        "no message yet",
        "मैसेज नहीं आया",
        "मेसेज आला नाही",
        "order mat bhejo",
        "dawai mat bhejo",
        "don't call me",
        "stop calling me",
        "stop my metformin reminder",
        "stop offers, not reminders",
        "mujhe offer ka message bhejo",
        "medicine vendam",
        "మందు వద్దు",
        "message me when it is ready",
    ],
)
def test_what_is_about_something_else_goes_to_a_person(text):
    assert reads_as(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "STOP offers",
        "I don't want offers",
        "stop promotional messages",
        "mujhe offer mat bhejo",
        "मला ऑफर नको",
        "నాకు ఆఫర్లు వద్దు",
        "எனக்கு ஆஃபர் வேண்டாம்",
        "আমার অফার চাই না",
        "મને ઓફર નથી જોઈતી",
        "ನನಗೆ ಆಫರ್ ಬೇಡ",
        "stop the offers please",
        "no offers",
        "no more promotions",
        "Unsubscribe from offers",
        "offers band karo",
        "offer mat bhejo",
        "ऑफर बंद करो",
        "ऑफ़र नहीं चाहिए",
        "ఆఫర్లు ఆపండి",
        "சலுகைகள் வேண்டாம்",
        "অফার বন্ধ করুন",
        "ऑफर नको",
        "ઓફર બંધ કરો",
        "ಆಫರ್ ಬೇಡ",
        "ഓഫറുകൾ വേണ്ട",
        "ਆਫਰ ਬੰਦ ਕਰੋ",
        "آفر بند کریں",
    ],
)
def test_offers_can_be_stopped_alone(text):
    assert reads_as(text) == "stop_offers"


@pytest.mark.parametrize(
    "text",
    [
        "START",
        "start please",
        "UNSTOP",
        "please start sending messages again",
        "मैसेज फिर से शुरू करो",
        "message bhejna shuru karo",
        "पुन्हा सुरू करा",
        "शुरू करो",
        "shuru karo ji",
        "ప్రారంభించండి",
        "தொடங்குங்கள்",
        "শুরু করুন",
        "सुरू करा",
        "શરૂ કરો",
        "ಪ್ರಾರಂಭಿಸಿ",
        "തുടങ്ങുക",
        "ਸ਼ੁਰੂ ਕਰੋ",
        "شروع کریں",
    ],
)
def test_start_begins_again(text):
    assert reads_as(text) == "start"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🛑",
        "please",
        "should I stop metformin?",
        "stop metformin",
        "Doctor told me to stop",
        "can I stop taking it",
        "stop 12345",
        "stop refill #4",
        "stop by tomorrow",
        "stoop",
        "shop",
        "step",
        "top",
        "ended",
        "the end of the month",
        "when do offers end",
        "offers",
        "any offers?",
        "no",
        "nahi",
        "yes",
        "band",
        "dukan band hai?",
        "क्या दवा बंद करूँ?",
        "दवाई बंद कर दी",
        "dawai band kar di",
        "dawai band karo",
        "थांबा",
        "వద్దు",
        "start metformin from when?",
        "started",
        "resume taking it",
        "cancel my order",
        "don't stop",
        "do not stop",
        "S T O P",
        "stop " * 20 + "it now and tell me about my medicines",
    ],
)
def test_only_a_whole_message_opts_out(text):
    assert reads_as(text) is None


@pytest.mark.parametrize("text", ["cancel", "Cancel!", "cancel please", "mat bhejo"])
def test_cancel_ends_the_dialogue_when_one_is_open(text):
    assert reads_as(text) == "stop"
    assert reads_as(text, in_dialogue=True) is None


@pytest.mark.parametrize("text", ["stop", "unsubscribe", "band karo", "msg mat bhejo"])
def test_stop_is_obeyed_in_a_dialogue_too(text):
    assert reads_as(text, in_dialogue=True) == "stop"


@pytest.mark.parametrize("text", ["ऑफ़र बंद करो", "നിർത്തുക", "দয়া করে বন্ধ করুন", "ਸ਼ੁਰੂ ਕਰੋ", "ज़्यादा मत भेजो"])
def test_composed_and_decomposed_letters_are_the_same(text):
    assert reads_as(unicodedata.normalize("NFD", text)) == reads_as(unicodedata.normalize("NFC", text))


def test_sentences_about_other_things_never_opt_out():
    """Of CLINC150's 23,700 sentences 7 do, each a whole message ("please stop", "quit")."""
    assert not [text for text in sentences.other_than("cancel") if reads_as(text)]
    assert {reads_as(text) for text in sentences.of("cancel")} == {"stop", None}


@given(st.text())
def test_any_text_reads_as_one_of_three_or_none(text):
    assert reads_as(text) in {"stop", "stop_offers", "start", None}


@given(st.sampled_from(["stop", "बंद करो", "ఆపండి"]), st.text(alphabet=" .,!-*_…।👍🙏\ufe0f\u200d", max_size=8))
def test_marks_and_emoji_around_a_stop_change_nothing(word, marks):
    assert reads_as(marks + word + marks) == "stop"
