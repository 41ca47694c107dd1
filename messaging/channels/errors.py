"""What each of Twilio's error codes asks us to do: PLATFORM §5 as one table."""

from datetime import timedelta

RETRY = "retry"
HOLD_SENDER = "hold_sender"
NOT_ON_WHATSAPP = "not_on_whatsapp"
WRONG_NUMBER = "wrong_number"
OPT_OUT = "opt_out"
OPT_OUT_OF_PROMOTIONS = "opt_out_of_promotions"
USE_TEMPLATE = "use_template"
STOP_TEMPLATE = "stop_template"
STOP_EVERYTHING = "stop_everything"
FAIL = "fail"

ACTIONS: dict[int, str] = {
    20003: STOP_EVERYTHING,
    20404: FAIL,
    20429: HOLD_SENDER,
    21211: WRONG_NUMBER,
    21408: FAIL,
    21610: OPT_OUT,
    21611: HOLD_SENDER,
    21614: WRONG_NUMBER,
    21617: FAIL,
    21654: STOP_TEMPLATE,
    21655: STOP_TEMPLATE,
    21656: STOP_TEMPLATE,
    21703: STOP_EVERYTHING,
    21704: STOP_EVERYTHING,
    30001: HOLD_SENDER,
    30002: STOP_EVERYTHING,
    30007: FAIL,
    30008: RETRY,
    63001: STOP_EVERYTHING,
    63003: NOT_ON_WHATSAPP,
    63005: FAIL,
    63007: STOP_EVERYTHING,
    63010: RETRY,
    63012: RETRY,
    63013: FAIL,
    63014: OPT_OUT,
    63016: USE_TEMPLATE,
    63017: HOLD_SENDER,
    63018: HOLD_SENDER,
    63019: RETRY,
    63020: STOP_EVERYTHING,
    63021: FAIL,
    63022: STOP_EVERYTHING,
    63024: NOT_ON_WHATSAPP,
    63025: RETRY,
    63027: STOP_TEMPLATE,
    63028: STOP_TEMPLATE,
    63030: FAIL,
    63031: FAIL,
    63032: FAIL,
    63033: OPT_OUT,
    63034: FAIL,
    63038: HOLD_SENDER,
    63040: STOP_TEMPLATE,
    63041: STOP_TEMPLATE,
    63042: STOP_TEMPLATE,
    63049: FAIL,
    63051: STOP_EVERYTHING,
    63054: STOP_TEMPLATE,
    63062: STOP_EVERYTHING,
}

# How long the sender is held where the code says more than "a moment".
HOLDS: dict[int, timedelta] = {
    21611: timedelta(minutes=15),
    30001: timedelta(minutes=15),
    63038: timedelta(hours=6),
}
A_MOMENT = timedelta(seconds=5)

# At an alarm everything waits so long before it is tried again, unless a person mends it earlier.
ALARM_HOLD = timedelta(hours=1)


def action(code: int | None) -> str:
    """What to do about `code`; an unknown one fails without a retry."""
    return ACTIONS.get(code or 0, FAIL)


def hold(code: int | None) -> timedelta:
    """How long the sender rests after `code`."""
    return HOLDS.get(code or 0, A_MOMENT)
