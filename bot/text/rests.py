"""A rest from messages that a customer asks for: "mujhe 1 mahine tak message mat karo" → 30 days."""

import re

from bot.text import durations
from bot.text.phrases import Phrasebook

# Who wants none for longer is to say so to a person.
LONGEST = 180

_MEANINGS = {
    "rest": """
        no messages, no message, no msg, no msgs, no reminders, no reminder, no more messages, no whatsapp,
        no more reminders, dont message, dont message me, do not message, do not message me, dont msg me,
        dont send messages, dont send me messages, dont send any messages, dont send message,
        do not send messages, do not send me messages, do not send any messages, dont send reminders,
        dont send me reminders, do not send reminders, do not send me reminders, dont remind me,
        dont remind, do not remind me, dont disturb, dont disturb me, do not disturb, do not disturb me,
        dont contact me, do not contact me, dont write, dont write to me, pause, pause reminders,
        pause messages, pause the reminders, pause the messages, stop messages, stop reminders,
        stop messaging me, stop reminding me, stop sending messages, mute, mute reminders,
        message mat karna, messages mat karna, msg mat karna, koi message mat karna, koi msg mat karna,
        message nahi karna, reminder mat karna,
        message mat karo, messages mat karo, msg mat karo, message mat bhejo, messages mat bhejo,
        msg mat bhejo, message na karo, message na bhejo, message na bhejein, message nahi karo,
        message nahi bhejo, reminder mat bhejo, reminder mat karo, reminders mat bhejo, mat bhejo,
        message band karo, message band rakho, msg band karo, reminder band karo, reminder band rakho,
        pareshan mat karo, disturb mat karo, yaad mat dilana, yaad mat dilao, koi message mat karo,
        koi message mat bhejo, koi msg mat karo, मैसेज मत करो, मैसेज मत करना, मैसेज मत भेजो,
        मैसेज मत भेजना, मैसेज मत भेजिए, मैसेज न भेजें, मैसेज ना भेजें, मैसेज बंद करो, मैसेज बंद रखो,
        संदेश मत भेजो, संदेश न भेजें, कोई मैसेज मत करो, कोई मैसेज मत भेजो, याद मत दिलाना,
        परेशान मत करो
    """,
    "after": """
        baad batao, baad batana, baad bata dena, baad msg karo, baad message karo, baad message karna,
        baad yaad dilana, baad yaad dilao, baad puchna, baad bhejna, बाद बताना, बाद बताओ, बाद याद दिलाना,
        बाद मैसेज करना, बाद मैसेज करो, after tell me, after message me, after remind me, message me after,
        remind me after, tell me after, ask me after, remind me in, message me in, ask me again in
    """,
}
_FILLERS = """
    please, kindly, ji, sir, madam, bhai, bhaiya, ok, now, just, for, the, next, to, me, us, of, any, more,
    till, until, then, i, am, on, leave, so, mujhe, humko, hame, hamein, tak, ke, liye, abhi, ab, se, aap,
    log, main, bahar, hoon, hu, कृपया, प्लीज, जी, मुझे, हमें, हमको, तक, के, लिए, अभी, अब, से, आप
"""
_BOOK = Phrasebook(_MEANINGS, _FILLERS)
# "half a month" is the longest way to say a length of time.
_MOST_WORDS = 3


def days(text: str) -> int | None:
    """For how many days they want no message, if all of the words say so; 1 to `LONGEST`."""
    return _days(text, "rest")


def days_until_asked(text: str) -> int | None:
    """After how many days they want to hear of us again: "do hafte baad batana" → 14."""
    return _days(text, "after")


def _days(text: str, meaning: str) -> int | None:
    if re.search(r"[?？؟]", text):
        return None
    words = durations.counted_words(text)
    for count in range(_MOST_WORDS, 0, -1):
        for start in range(len(words) - count + 1):
            found = durations.days(" ".join(words[start : start + count]))
            rest = " ".join(words[:start] + words[start + count :])
            if found and found <= LONGEST and _BOOK.read(rest) == {meaning}:
                return found
    return None
