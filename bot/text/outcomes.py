"""How a call ended, as staff type it in English, Hindi or Hinglish: "comes tomorrow", "baad mein"."""

from messaging.words import plain, visible

_SPELLINGS = {
    "agreed_to_visit": """
        agreed to visit, agreed, agrees, will come, will visit, coming, comes, come, visit, visits,
        will buy, order, aa jayega, aa jayegi, aa jayenge, ayega, ayegi, ayenge, aayga,
        aayega, aayegi, aayenge, aaega, aaenge, aa rahe hai, aa raha hai, aa rahi
        hai, haan, yes, आएगा, आएगी, आएंगे, आएँगे, आ रहे हैं, आ रहा है, आ रही है, हाँ, हां
    """,
    "call_later": """
        call later, call back, callback, call again, later, call, not now, baad mein, baad me, phir
        se call, kal call, बाद में, फिर से फोन, फिर फोन
    """,
    "already_bought": """
        already bought, already has bought, already purchased, bought elsewhere, elsewhere, bought
        already, bought, purchased, le liya, le li, le liye, kharid liya, ले लिया, ले ली, खरीद लिया,
        ख़रीद लिया
    """,
    "still_has_stock": """
        still has stock, still has some, still has, still have, has stock, has some, has enough,
        stock left, abhi hai, bacha hai, bachi hai, अभी है, बची है, बचा है
    """,
    "too_costly": """
        too costly, too expensive, costly, expensive, price, mehenga, mehnga, mahanga, mehengi,
        महंगा, महँगा, महंगी
    """,
    "side_effects": "side effects, side effect, reaction, problem with medicine, साइड इफेक्ट, दिक्कत",
    "doctor_changed": """
        doctor changed, doctor stopped, doctor has changed, doctor has stopped, medicine changed,
        doctor ne badli, doctor ne band ki, डॉक्टर ने बदली, डॉक्टर ने बंद की
    """,
    "refused": """
        refused, refuses, not interested, no interest, declined, does not want, doesnt want, no,
        mana kiya, mana, nahi chahiye, मना किया, मना, नहीं चाहिए, नहीं
    """,
    "no_answer": """
        no answer, not answered, no reply, did not pick up, not picked, nahi uthaya, uthaya nahi, nahi uthi,
        switched off, not reachable, नहीं उठाया, बंद है
    """,
    "busy": "busy, engaged, व्यस्त",
    "wrong_number": "wrong number, wrong no, galat number, ग़लत नंबर, गलत नंबर",
    "moved": "moved away, moved, shifted, shift ho gaye, left the city, चले गए, शिफ्ट",
    "died": """
        died, has died, passed away, deceased, expired, dead, nahi rahe, guzar gaye, नहीं रहे, गुज़र
        गए, गुजर गए
    """,
}
_OUTCOME_OF = {
    tuple(plain(spelling).split()): outcome
    for outcome, spellings in _SPELLINGS.items()
    for spelling in spellings.split(",")
}
_LONGEST = max(map(len, _OUTCOME_OF))


def outcome(words: str) -> tuple[str, str] | None:
    """The outcome `words` begin with (`domain.call_outcomes.OUTCOMES`), and the rest of them; else None."""
    typed = visible(words).split()
    for count in range(min(_LONGEST, len(typed)), 0, -1):
        said = tuple(plain(" ".join(typed[:count])).split())
        if said in _OUTCOME_OF:
            return _OUTCOME_OF[said], " ".join(typed[count:]).lstrip(" ,.;:-–")
    return None
