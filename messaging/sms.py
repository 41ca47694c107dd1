"""SMS in place of a message that WhatsApp could not bring, where the company wishes it (FEATURES F2).

Only messages with short words of their own go this way (`sms` in `approved.APPROVED`). In India they are the
texts to be registered for DLT (docs/sms.md), so they stand as they are, with variables and nothing else.
"""

import company_settings
from clock import machine_now
from messaging import approved, policy, render
from models import Company, Message, Sender
from workers import queues

SMS = "sms"

_TWILIOS_KEYWORDS = {
    "STOP": "STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT",
    "START": "START, UNSTOP",
    "HELP": "HELP, INFO",
}
_COME_TO_NOTHING = ("failed", "undelivered", "cancelled")


def sender_of(company: Company) -> Sender | None:
    """The number or messaging service this company sends SMS from; None where it sends none.

    It speaks for the Twilio account of the company's WhatsApp number.
    """
    address = company_settings.get(company, "sms_sender")
    if not company_settings.get(company, "sms") or not address:
        return None
    known = Sender.get_or_none(Sender.channel == SMS, Sender.address == address)
    if known is None:
        whatsapp = Sender.get_or_none(Sender.company == company, Sender.channel != SMS)
        account = {"account_sid": whatsapp.account_sid, "auth_token": whatsapp.auth_token} if whatsapp else {}
        known = Sender.create(company=company, channel=SMS, address=address, **account)
    return known if known.company_id == company.id else None


def instead_of(message: Message) -> Message | None:
    """Queue as SMS what `message` would have said; the same message again changes nothing.

    None where the company sends no SMS, there are no words for it, or nobody can be reached by SMS there.
    """
    sender, entry = sender_of(message.company), approved.for_writing_first(message.template)
    if sender is None or entry is None or not entry.sms or not message.phone.address.startswith("+"):
        return None
    key = f"sms:{message.key}"
    return Message.get_or_none(Message.key == key) or _queue(message, entry.sms, sender, key)


def beside(message: Message) -> Message | None:
    """The same, while WhatsApp takes nothing; None where SMS is stopped as well, which would say it late."""
    sender = sender_of(message.company)
    is_held = sender is not None and sender.held_until is not None and sender.held_until > machine_now()
    return None if is_held else instead_of(message)


def stands_in_for(message: Message) -> bool:
    """Whether an SMS has gone, or will go, in place of this message."""
    in_its_place = (Message.key == f"sms:{message.key}") & Message.state.not_in(_COME_TO_NOTHING)
    return Message.select().where(in_its_place).exists()


def words(message: Message, template: str) -> str:
    """The text of `template` with the values `message` carries for its approved words."""
    entry = approved.for_writing_first(message.template)
    assert entry is not None
    text = render.approved(template, message.language)
    said_in = render.language_of(entry.name, message.language)
    values = approved.variables(message, said_in)
    numbers = {each: str(n) for n, each in enumerate(render.approved(entry.name, said_in).expressions, 1)}
    ours = {str(n): values[numbers[each]] for n, each in enumerate(text.expressions, 1)}
    return render.fill(text, ours)


def answered_by_twilio(text: str) -> str:
    """STOP, START or HELP where Twilio itself obeys and answers this SMS, as it does with its own keywords
    wherever nobody tells it not to (PLATFORM §7); else ""."""
    said = text.strip().upper()
    return next((kind for kind, words in _TWILIOS_KEYWORDS.items() if said in words.split(", ")), "")


def plain_words(text: str) -> str:
    """The text without WhatsApp's stars for bold."""
    return text.replace("*", "")


def _queue(message: Message, template: str, sender: Sender, key: str) -> Message:
    sms = Message(
        company=message.company,
        phone=message.phone,
        sender=sender,
        key=key,
        kind=message.kind,
        priority=message.priority,
        template=template,
        language=message.language,
        body=words(message, template),
        useful_until=message.useful_until,
        serial=message.company.take_serials(),
    )
    sms.send_after = sms.created_at
    policy.judge(sms)
    sms.save(force_insert=True)
    if sms.state == "queued":
        queues.wake("send_messages")
    return sms
