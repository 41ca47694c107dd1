"""Words that are commands of staff, and something else in everyday talk: "today", "done", "next month"."""

from messaging.words import plain


def _phrases(table: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in table.replace("\n", ",").split(",") if phrase.strip())


# Whoever is asked something answers in these words as well: a day ("today", "due", "review in 2 weeks"), what
# became of somebody ("done", "called", "sold", "not interested"), a person ("customer", "lead") or a thing
# ("bill", "generic"). Several of them tick off, sell or mark: while a question is open they are its answer.
ANSWERS = _phrases("""
    today, task, due, review, done, called, tell, sold, sell, return, returned, refund, wapas, bill,
    set aside, died, passed away, converted, yellow, inactive, not interested, educated,
    cheaper, generic, generics, substitute, contact, customer, client, lead, profile
""")
# With more words these are what staff type to see or note something: "refill 4 called", "photo 9".
ANSWERS_ALONE = _phrases("""
    refill, reserve, reserved, photo, picture, consent, prescription, prescriptions
""")
# Alone it asks for the next task; "next month", "next Monday" are days.
ANSWERS_WITH_MORE = _phrases("next")


def is_nothing_else(text: str) -> bool:
    """Whether `text` is one of these words alone, so no name of a medicine, a doctor or a condition."""
    return plain(text) in ANSWERS | ANSWERS_ALONE


def is_answer(spelling: str, words: str) -> bool:
    """Whether a command's `spelling`, with `words` after it, is said in everyday talk as well."""
    said = plain(spelling)
    return said in ANSWERS or said in (ANSWERS_WITH_MORE if words else ANSWERS_ALONE)
