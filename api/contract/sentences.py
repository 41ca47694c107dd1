"""What programs are told of a refusal: without chat commands, without people's names, and nothing they sent.

Refusals that say none of that are told in the words of the chat (`templates/messages/refused_<code>.txt`).
"""

import re
from collections.abc import Mapping
from typing import Any

REFUSALS = {
    "already_contacted": "The contact has this status already.",
    "already_converted": "The contact has this status already.",
    "already_done": "This is done already.",
    "already_inactive": "The contact has this status already.",
    "already_pending": "The contact has this status already.",
    "already_yellow": "The contact has this status already.",
    "amount": "This is not an amount of rupees.",
    "bill_number": "The number of a bill has at most 40 characters.",
    "bill_number_taken": "This number is that of a bill of another customer, or of another amount.",
    "bill_total_differs": "The total is not the sum of the lines.",
    "call_outcome": "This is not a way in which a call ends.",
    "category": "There is no such category.",
    "code_taken": "Another member of staff has this code.",
    "condition_kind": "There is no such kind of condition.",
    "checkup_past": "The next check-up has to be still ahead, and after the last one.",
    "condition_date_future": "This day is still to come; it has to be today or earlier.",
    "condition_known": "This condition of the customer is recorded already.",
    "condition_name": "This is not the name of a condition; it needs letters.",
    "condition_severity": "There is no such severity.",
    "customer_died": "The customer has died, as the shop was told. Nobody is called any more.",
    "customer_known": "A customer of this name and phone is registered already.",
    "date_future": "This day is still to come; a purchase is of today or earlier.",
    "dates_reversed": "The first day lies after the last.",
    "died_already": "The customer is marked as having died already.",
    "duration": "This is not a number of days; there may be 1 to 730.",
    "follow_up_before": "The follow-up is before the day of the prescription.",
    "follow_up_far": "The follow-up is more than three years away.",
    "held_out": "No automatic message goes about this refill: it is in the comparison group.",
    "lead_there": "Another contact of your lists has this number.",
    "manager_needed": "The sheet looks machine-made; only a manager can take it on.",
    "monitoring_frequency": "This is no frequency such as monthly, every 3 months, yearly.",
    "move": "A contact cannot go from its present status to this one.",
    "no_such_contact": "There is no contact with this number.",
    "no_such_customer": "There is no customer with this number.",
    "no_such_import": "There is no contact sheet with this number.",
    "no_such_medicine": "There is no medicine with this number.",
    "no_such_refill": "There is no refill reminder with this number.",
    "no_such_script": "There is no call script with this number.",
    "no_such_staff": "No member of staff has this code.",
    "no_such_task": "There is no follow-up with this number.",
    "nobody": "Nobody has bought from this number yet.",
    "not_corrigible": "The sheet cannot be read again.",
    "not_published": "There is nothing of this sheet to take back.",
    "not_waiting": "The sheet is not waiting for a go-ahead.",
    "not_your_customer": "Somebody else looks after this one; a manager can hand it to you.",
    "nothing_sold": "There is nothing on this bill.",
    "outcome_known": "How this call ended is noted already.",
    "price": "This is not a price in whole paise.",
    "price_missing": "The line needs `unit_price`, `total_amount` or both.",
    "quantity": "This is not a quantity above zero.",
    "refill_ended": "This refill reminder has ended already.",
    "refill_no_phone": "The customer has no phone that could be written to.",
    "remove_yourself": "Nobody can remove themselves; another manager can.",
    "rx_date_future": "This day is still to come; a prescription is of today or earlier.",
    "rx_date_old": "This is more than ten years ago.",
    "rx_repeated": "This prescription is recorded already.",
    "rx_repeats": "This is not a number of repeats.",
    "same_number": "The customer has this number already.",
    "several": "Several customers share this phone; `customer_id` or `name` says which is meant.",
    "stock_count": "This is not a count.",
    "stock_days": "This is not a number of days up to 365.",
    "stock_days_needed": "For how many days they still have some is missing.",
    "stop_shared": "They said STOP on the former number, and others share the new one.",
    "total_differs": "The total of the line is not quantity times price.",
    "unknown_medicine": "This is not the name of a medicine; it needs letters.",
}

_NOT_WRITTEN_SO = "This is longer, shorter or written otherwise than it has to be; the description says how."

# What pydantic calls a fault, in words for whoever wrote the request; {…} is of the rule, not of the request.
_FAULTS = {
    "missing": "This is missing.",
    "extra_forbidden": "There is no field or parameter of this name here.",
    "string_type": "This has to be text in quotation marks.",
    "string_pattern_mismatch": "This holds characters that are not possible here, or says nothing.",
    "string_too_short": "This has too few characters; it needs {min_length} or more.",
    "string_too_long": "This may have at most {max_length} characters.",
    "too_short": "There are too few of these; it needs {min_length} or more.",
    "too_long": "There may be at most {max_length} of these.",
    "greater_than": "This has to be more than {gt}.",
    "greater_than_equal": "This has to be at least {ge}.",
    "less_than_equal": "This may be at most {le}.",
    "finite_number": "This has to be a number that ends.",
    "int_type": "This has to be a whole number.",
    "int_parsing": "This has to be a whole number.",
    "int_from_float": "This has to be a whole number.",
    "bool_type": "This has to be true or false.",
    "bool_parsing": "This has to be true or false.",
    "literal_error": "This has to be {expected}.",
    "list_type": "This has to be a list.",
    "model_type": "This has to be an object with fields.",
    "model_attributes_type": "This has to be an object with fields.",
    "date_type": "This is not a date such as 2026-02-26.",
    "json_invalid": "The body is not JSON: {error}.",
}


def of_fault(kind: str, message: str, rule: Mapping[str, Any]) -> str:
    """A sentence for a fault of that kind; validators of our own have said theirs in `message`."""
    if kind == "value_error":
        return message.removeprefix("Value error, ") + "."
    plain = {name: _in_json(str(said)) for name, said in rule.items()}
    return _FAULTS.get(kind, _NOT_WRITTEN_SO).format(**plain)


def _in_json(said: str) -> str:
    """Some values are told to us as Python writes them."""
    return re.sub(r"Decimal\('([^']*)'\)", r"\1", said).replace("True", "true")
