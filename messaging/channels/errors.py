"""What each of Twilio's error codes asks us to do, and which sentence tells staff about it: PLATFORM §5
as one table."""

from dataclasses import dataclass
from datetime import timedelta

RETRY = "retry"
# WhatsApp withheld it; asking again soon only makes it withhold more.
RETRY_ANOTHER_DAY = "retry_another_day"
WAIT = "wait"
HOLD_SENDER = "hold_sender"
NOT_ON_WHATSAPP = "not_on_whatsapp"
# One of several causes is that the number is not on WhatsApp; only its repetition tells.
PERHAPS_NOT_ON_WHATSAPP = "perhaps_not_on_whatsapp"
WRONG_NUMBER = "wrong_number"
OPT_OUT = "opt_out"
USE_TEMPLATE = "use_template"
STOP_TEMPLATE = "stop_template"
# Alarms: nothing goes out until a person has mended it, or it has mended itself.
STOP_SENDER = "stop_sender"
# All WhatsApp numbers of the account; SMS still goes.
STOP_WHATSAPP = "stop_whatsapp"
STOP_EVERYTHING = "stop_everything"
FAIL = "fail"

# Twilio's code for what it does not know, or knows no more.
NOT_FOUND = 20404

ALARMS = (STOP_SENDER, STOP_WHATSAPP, STOP_EVERYTHING)

A_MOMENT = timedelta(seconds=5)
# At an alarm everything waits so long before it is tried again, unless a person mends it earlier.
ALARM_HOLD = timedelta(hours=1)


@dataclass(frozen=True)
class Meaning:
    """`sentence` names the template `error_<sentence>`; `hold` is how long a held sender rests, `tries` how
    often it is sent at most where it is worth another try."""

    action: str
    sentence: str
    hold: timedelta = A_MOMENT
    tries: int = 3


UNKNOWN = Meaning(FAIL, "unknown")

MEANINGS: dict[int, Meaning] = {
    # An account that is suspended or closed; Twilio has several codes for it.
    10001: Meaning(STOP_EVERYTHING, "account_refused", ALARM_HOLD),
    20003: Meaning(STOP_EVERYTHING, "account_refused", ALARM_HOLD),
    20005: Meaning(STOP_EVERYTHING, "account_refused", ALARM_HOLD),
    NOT_FOUND: Meaning(FAIL, "our_fault"),
    20429: Meaning(HOLD_SENDER, "too_fast"),
    21211: Meaning(WRONG_NUMBER, "no_such_number"),
    21408: Meaning(FAIL, "country"),
    21608: Meaning(FAIL, "trial_account"),
    21610: Meaning(OPT_OUT, "opted_out"),
    21611: Meaning(HOLD_SENDER, "too_fast", timedelta(minutes=15)),
    21614: Meaning(WRONG_NUMBER, "no_such_number"),
    21617: Meaning(FAIL, "too_long"),
    21654: Meaning(STOP_TEMPLATE, "template_misfit"),
    21655: Meaning(STOP_TEMPLATE, "template_misfit"),
    21656: Meaning(STOP_TEMPLATE, "template_misfit"),
    21703: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    21704: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    30001: Meaning(HOLD_SENDER, "too_fast", timedelta(minutes=15)),
    30002: Meaning(STOP_EVERYTHING, "account_refused", ALARM_HOLD),
    30003: Meaning(FAIL, "carrier"),
    30004: Meaning(FAIL, "carrier"),
    30005: Meaning(FAIL, "carrier"),
    30006: Meaning(FAIL, "carrier"),
    30007: Meaning(FAIL, "filtered"),
    30008: Meaning(RETRY, "passing", tries=2),
    30034: Meaning(FAIL, "carrier"),
    # It waited at Twilio for longer than we allowed: the rules look at it again.
    30036: Meaning(RETRY, "passing"),
    # Twilio itself does not try again, for fear of saying it twice.
    30410: Meaning(FAIL, "no_answer"),
    63001: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    63003: Meaning(NOT_ON_WHATSAPP, "not_on_whatsapp"),
    63005: Meaning(PERHAPS_NOT_ON_WHATSAPP, "perhaps_not_on_whatsapp"),
    63007: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    63010: Meaning(RETRY, "passing"),
    63012: Meaning(RETRY, "passing"),
    63013: Meaning(FAIL, "words_refused"),
    63014: Meaning(OPT_OUT, "blocked_us"),
    63015: Meaning(FAIL, "trial_account"),
    63016: Meaning(USE_TEMPLATE, "window_closed"),
    63017: Meaning(HOLD_SENDER, "too_fast"),
    63018: Meaning(HOLD_SENDER, "too_fast"),
    63019: Meaning(RETRY, "file", tries=2),
    63020: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    63021: Meaning(FAIL, "words_refused"),
    63022: Meaning(STOP_SENDER, "sender_unready", ALARM_HOLD),
    63024: Meaning(NOT_ON_WHATSAPP, "not_on_whatsapp"),
    63025: Meaning(RETRY, "file", tries=2),
    63027: Meaning(STOP_TEMPLATE, "template_misfit"),
    63028: Meaning(STOP_TEMPLATE, "template_misfit"),
    63030: Meaning(FAIL, "our_fault"),
    63031: Meaning(FAIL, "our_own_number"),
    63032: Meaning(FAIL, "offer_withheld"),
    63033: Meaning(OPT_OUT, "blocked_us"),
    63034: Meaning(FAIL, "file"),
    63036: Meaning(FAIL, "carrier"),
    # Twilio goes on trying by itself.
    63037: Meaning(WAIT, "file"),
    63038: Meaning(HOLD_SENDER, "daily_limit", timedelta(hours=6)),
    63040: Meaning(STOP_TEMPLATE, "template_rejected"),
    63041: Meaning(STOP_TEMPLATE, "template_paused"),
    63042: Meaning(STOP_TEMPLATE, "template_disabled"),
    63043: Meaning(FAIL, "our_fault"),
    63044: Meaning(FAIL, "our_fault"),
    63045: Meaning(FAIL, "our_fault"),
    63047: Meaning(FAIL, "our_fault"),
    63049: Meaning(RETRY_ANOTHER_DAY, "offer_withheld"),
    63051: Meaning(STOP_WHATSAPP, "account_locked", ALARM_HOLD),
    63054: Meaning(STOP_TEMPLATE, "template_misfit"),
    63062: Meaning(STOP_TEMPLATE, "template_misfit"),
    63112: Meaning(STOP_WHATSAPP, "account_locked", ALARM_HOLD),
    90010: Meaning(STOP_EVERYTHING, "account_refused", ALARM_HOLD),
}

# How WhatsApp itself names the state a template is in after these; after any other it was us who stopped it.
TEMPLATE_STATES = {63040: "rejected", 63041: "paused", 63042: "disabled"}


def meaning(code: int | None) -> Meaning:
    """What `code` means; an unknown one fails without a retry."""
    return MEANINGS.get(code or 0, UNKNOWN)


def action(code: int | None) -> str:
    """What to do about `code`."""
    return meaning(code).action


def hold(code: int | None) -> timedelta:
    """How long the sender rests after `code`."""
    return meaning(code).hold
