"""Sentences written with no pharmacy in mind, by intent: CLINC150 where it is at hand, else our own few."""

import json
from functools import cache
from pathlib import Path

_CLINC150 = Path(__file__).resolve().parents[3] / "shared" / "data" / "chat" / "clinc150_data_full.json"

_OUR_OWN = """
yes: yes / yeah / yep / yes please / sure thing / absolutely / ok / of course / yup
no: no / nope / no thanks / not really / no way / no thank you / absolutely not / not at all
thank_you: thanks / thank you / thank you so much / thanks a lot / thank you very much / many thanks
greeting: hi / hello / hey there / good morning / how are you / hello there
cancel: cancel / stop / please stop / quit
cancel: never mind / forget it / stop that command please / cancel what i just said
maybe: maybe / i am not sure / could be / i don't know / perhaps / it is hard to say
goodbye: goodbye / see you later / bye for now / have a good day / talk to you soon
timer: stop the timer in five minutes / set a timer for ten minutes / how long is left on the timer
order_status: has my package been sent / how soon will my delivery get here
alarm: wake me up at seven tomorrow / set an alarm for noon / turn off the alarm
order: order more paper towels / get me some pens / i have to buy milk
schedule_meeting: set up a meeting with bob tomorrow
schedule_meeting: can i book the room for friday / keep a table ready for two
freeze_account: put a stop on my account / block my card now / stop all payments to bob please
reminder: remind me to call mum later today
reminder: what did i ask you to remind me of / no reminders for monday please
oos: what is the price of gold / who won the match
oos: why do cats purr / is a tomato a fruit / can dogs eat rice
"""


@cache
def sentences() -> list[tuple[str, str]]:
    """(text, intent) pairs."""
    if _CLINC150.exists():
        splits = json.loads(_CLINC150.read_text(encoding="utf-8")).values()
        return [(text, intent) for split in splits for text, intent in split]
    lines = [line.split(": ", 1) for line in _OUR_OWN.strip().splitlines()]
    return [(text, intent) for intent, texts in lines for text in texts.split(" / ")]


def of(*intents: str) -> list[str]:
    """The sentences with one of these intents."""
    return [text for text, intent in sentences() if intent in intents]


def other_than(*intents: str) -> list[str]:
    """The sentences with none of these intents."""
    return [text for text, intent in sentences() if intent not in intents]
