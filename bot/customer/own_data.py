"""my data, delete my data: what is held about a person is theirs to see and to have erased."""

from bot.router import Ask, Reply, Turn, question, reply, wish
from bot.text import answers
from domain import customers, erasure, people, personal_data, questions
from messaging import files, render
from messaging.words import plain
from models import Customer

_YES = answers.YES | {"sure", "delete"}


@wish("my_data")
@question("my_data")
def my_data(turn: Turn) -> Reply:
    """A file with what is held; on a shared phone what is medical only after a yes."""
    known = customers.behind(turn.phone)
    contact = next((person.contact for person in people.behind(turn.phone) if person.contact), None)
    if not known and contact is None:
        return reply("my_data_nothing")
    with_medical = len(known) == 1 or _wants_medical(turn, known)
    held = [personal_data.of(customer, with_medical=with_medical) for customer in known]
    leads = [] if known or contact is None else [personal_data.of_contact(contact)]
    for customer in known:
        personal_data.note_sent(customer, turn.at)
    return Reply("my_data", {}, media=(_file(turn, held, leads),))


@wish("delete_my_data")
@question("delete_my_data")
def delete_my_data(turn: Turn) -> Reply:
    """Everything goes after a yes; where several people share the phone, a person of the shop sees to it."""
    known = people.behind(turn.phone)
    if not known:
        return reply("my_data_nothing")
    if len(known) > 1:
        questions.pass_on(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
        return reply("erase_by_a_person")
    if "sure" not in turn.given:
        raise Ask("sure", "ask_erase")
    if not _is_yes(turn.given["sure"]):
        return reply("dropped_customer")
    erasure.erase(known[0], at=turn.at)
    return reply("erased")


def _wants_medical(turn: Turn, known: list[Customer]) -> bool:
    if not any(personal_data.has_medical(customer) for customer in known):
        return False
    if "medical" not in turn.given:
        raise Ask("medical", "ask_my_data_medical")
    return _is_yes(turn.given["medical"])


def _is_yes(said: str) -> bool:
    return plain(said) in _YES or answers.answer(said) == "yes"


def _file(turn: Turn, held: list[dict[str, object]], leads: list[dict[str, object]]) -> str:
    facts = {"store": turn.company.name, "zone": turn.company.timezone, "now": turn.at}
    text = render.text("my_data_file", turn.language, people=held, leads=leads, **facts).body
    # WhatsApp shows a text by its letters only if it begins with the mark of UTF-8.
    media = files.keep(turn.company, text.encode("utf-8-sig"), "my-data.txt", "text/plain")
    return files.address(media)
