"""The refusal of a file: a stable code and its facts; the sentence is templates/messages/sheet_<code>.txt."""

CODES = (
    "empty",
    "password",
    "wrong_type",
    "damaged",
    "too_large",
    "no_phones",
    "no_medicines",
    "no_interactions",
    "no_text",
    "unknown_column",
    "unknown_field",
)


class Unreadable(Exception):
    """No rows can be had from this file; `code` is one of CODES, `facts` fill its sentence.

    `damaged` carries the fact `fault` when it was our own code that stumbled: to be reported, not shown.
    """

    def __init__(self, code: str, **facts: str | int):
        super().__init__(code)
        self.code = code
        self.facts = facts
