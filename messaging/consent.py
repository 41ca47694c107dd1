"""Who may be written to: opt-in and opt-out of a phone, each with its entry in the ledger (PLATFORM §7)."""

from datetime import datetime

import database
from clock import now
from models import ConsentEvent, Message, Phone, Staff
from workers import queues

REMINDERS = "reminders"
PROMOTIONS = "promotions"
EVERYTHING = "everything"

# How a withdrawal reached us that the person made elsewhere: by blocking us, or to Twilio itself.
PROVIDER = "provider"
# A withdrawal that is nobody's wish: the person was said to have died.
DEATH = "death"
# The same person has another number now.
NEW_NUMBER = "new_number"


def grant(phone: Phone, category: str, method: str, words: str = "", staff: Staff | None = None) -> None:
    """Record an opt-in to reminders or promotions; a STOP or an earlier refusal of
    the person's own stands."""
    column = f"{category}_allowed"
    if getattr(phone, column) is not None or phone.opted_out_at:
        return
    setattr(phone, column, True)
    phone.save(only=[column])
    _note(phone, category, True, method, words, staff)


def take_back(event: ConsentEvent) -> None:
    """Undo an entry that was made by mistake, unless something newer has been said since: an opt-in counts no
    more, and what ended with a death, or with a STOP that came along from another number, stands as before.
    Never a STOP said here: that is the person's own."""
    phone = event.phone
    if phone.consent_events.where(ConsentEvent.id > event.id).exists():
        return
    if event.granted and event.category in (REMINDERS, PROMOTIONS):
        setattr(phone, f"{event.category}_allowed", None)
        phone.save(only=[f"{event.category}_allowed"])
        _note(phone, event.category, False, "undone", "")
    elif event.method in (DEATH, NEW_NUMBER) and not event.granted:
        _restore(phone, event)


def _restore(phone: Phone, withdrawn: ConsentEvent) -> None:
    if withdrawn.method == NEW_NUMBER:
        phone.opted_out_at = None
        _note(phone, EVERYTHING, False, "undone", "")
    for category in (REMINDERS, PROMOTIONS):
        stood = _stood_before(phone, withdrawn, category)
        setattr(phone, f"{category}_allowed", stood)
        if stood:
            _note(phone, category, True, "corrected", "")
    phone.save(only=["opted_out_at", "reminders_allowed", "promotions_allowed"])


def _stood_before(phone: Phone, event: ConsentEvent, category: str) -> bool | None:
    """What the ledger said of the category before that entry; a STOP is kept apart, on the phone."""
    about = ConsentEvent.category.in_([category, EVERYTHING]) & (ConsentEvent.id < event.id)
    for earlier in phone.consent_events.where(about).order_by(ConsentEvent.id.desc()):
        if earlier.granted or earlier.category == category or earlier.method == DEATH:
            return bool(earlier.granted)
    return None


def opt_out(phone: Phone, method: str, words: str = "", at: datetime | None = None) -> bool:
    """Stop everything we would send of ourselves, at once, what already waits included.

    False for what the provider reports of a phone that is stopped already: that is no new wish.
    """
    if method == PROVIDER and phone.opted_out_at:
        return False
    phone.opted_out_at = at or now()
    phone.save(only=["opted_out_at"])
    _note(phone, EVERYTHING, False, method, words)
    _cancel_waiting(phone, ["reminder", "promotion", "staff_notice", "staff_alarm", "answer"])
    return True


def opt_out_of_promotions(phone: Phone, method: str, words: str = "") -> None:
    """Stop offers; reminders go on."""
    phone.promotions_allowed = False
    phone.save(only=["promotions_allowed"])
    _note(phone, PROMOTIONS, False, method, words)
    _cancel_waiting(phone, ["promotion"])


def opt_in(phone: Phone, method: str, words: str = "") -> None:
    """START: the person asks to be written to again. Whoever stopped offers before they stopped everything
    gets offers again only with a START of its own."""
    if phone.promotions_allowed is not False or not phone.opted_out_at:
        phone.promotions_allowed = True
    phone.opted_out_at = None
    phone.reminders_allowed = True
    phone.save(only=["opted_out_at", "reminders_allowed", "promotions_allowed"])
    _note(phone, EVERYTHING if phone.promotions_allowed else REMINDERS, True, method, words)


def carry_over(old: Phone, new: Phone, *, staff: Staff, at: datetime) -> None:
    """Whoever was behind `old` is behind `new` now: their STOP goes along, and what they agreed to of
    reminders; an agreement to offers never does."""
    if takes_stop_along(old, new):
        opt_out(new, NEW_NUMBER, at=at)
    elif old.reminders_allowed and not old.opted_out_at:
        grant(new, REMINDERS, NEW_NUMBER, staff=staff)


def takes_stop_along(old: Phone, new: Phone) -> bool:
    """Whether a STOP on `old` silences `new`, too: unless that is silent already, or has asked for messages
    in its own words since."""
    if old.opted_out_at is None or new.opted_out_at is not None:
        return False
    own_words = ConsentEvent.granted & ConsentEvent.method.in_(["keyword", PROVIDER])
    return not new.consent_events.where(own_words, ConsentEvent.happened_at > old.opted_out_at).exists()


def basis(phone: Phone, category: str) -> ConsentEvent | None:
    """The entry of the ledger that decides today whether `category` may be sent; None: nobody ever agreed."""
    about = phone.consent_events.where(ConsentEvent.category.in_([category, EVERYTHING]))
    if phone.opted_out_at:
        about = about.where(~ConsentEvent.granted)
    return about.order_by(ConsentEvent.id.desc()).first()


def end(phone: Phone) -> None:
    """Whoever was behind this phone has died: we write to it no more of ourselves."""
    phone.reminders_allowed = phone.promotions_allowed = False
    phone.save(only=["reminders_allowed", "promotions_allowed"])
    _note(phone, EVERYTHING, False, DEATH, "")
    waiting = (Message.phone == phone) & (Message.state == "queued") & (Message.kind == "reminder")
    for message in list(Message.select().where(waiting)):
        database.tell_journal_of_cancelled(message)
    _cancel_waiting(phone, ["reminder", "promotion"], "no_consent")


def begin_again(phone: Phone) -> None:
    """The death was a mistake: reminders go again; offers wait for a new consent."""
    latest = phone.consent_events.order_by(ConsentEvent.id.desc()).first()
    if latest is None or latest.method != DEATH or latest.granted:
        return
    phone.reminders_allowed, phone.promotions_allowed = True, None
    phone.save(only=["reminders_allowed", "promotions_allowed"])
    _note(phone, REMINDERS, True, DEATH, "")


def withdraw_sheet(phone: Phone, basis: str) -> None:
    """Take back the opt-in that came with a sheet, where the sheet is all that ever gave it."""
    ways = {event.method for event in phone.consent_events.where(ConsentEvent.category == PROMOTIONS)}
    if ways == {"sheet"} and not phone.opted_out_at:
        phone.promotions_allowed = None
        phone.save(only=["promotions_allowed"])
        _note(phone, PROMOTIONS, False, "sheet", basis)


def _note(
    phone: Phone, category: str, granted: bool, method: str, words: str, staff: Staff | None = None
) -> None:
    ConsentEvent.create(
        phone=phone, category=category, granted=granted, method=method, words=words or None, staff=staff
    )


def _cancel_waiting(phone: Phone, kinds: list[str], reason: str = "opted_out") -> None:
    waiting = (Message.phone == phone) & (Message.state == "queued") & Message.kind.in_(kinds)
    offers = waiting & (Message.kind == "promotion")
    # The domain keeps whose materials have gone and has to hear of it.
    if Message.update(state="cancelled", reason=reason, outcome="cancelled").where(offers).execute():
        queues.wake("note_outcomes")
    Message.update(state="cancelled", reason=reason).where(waiting).execute()
