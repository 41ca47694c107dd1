"""`flask check`: says in words what is missing or stands still."""

import urllib.error
import urllib.request
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

import company_settings
import config
import spool
from cli import stored
from cli.answers import refuse
from clock import now
from messaging import approved, catching_up, render, sms, waiting
from messaging.channels import errors, twilio_senders
from messaging.channels.base import SendError
from messaging.delivery import account_of
from models import ApprovedTemplate, Company, Sender, Staff
from workers import queues, watching

# Seconds our own webhook may take to answer us.
_PATIENCE = 5
# Older than this, in seconds, something that should be working is not.
_OLD = 300
# A job that failed is tried again by itself: after so long it is no news.
_LATELY = timedelta(hours=1)


@click.command("check")
def check() -> None:
    """Say in words what is still missing, and what stands still."""
    faults = stored.faults() or _faults()
    for fault in faults:
        click.echo(f"- {fault}")
    if faults:
        refuse(f"{len(faults)} thing{'s' if len(faults) > 1 else ''} to mend.")
    click.echo(f"All is set up. Twilio calls us at {config.PUBLIC_URL}/whatsapp/inbound")


def _faults() -> list[str]:
    seen = watching.look()
    for queue in seen or []:
        click.echo(_said(queue))
    faults = [*_set_up(), *_templates(), *_webhook(), *_senders(), *_sms(), *_processes(), *_waiting()]
    return faults + [fault for queue in seen or [] for fault in _late(queue)]


def _set_up() -> list[str]:
    faults = []
    if not Company.select().exists():
        faults.append("There is no company: flask --app app company add NAME --sender +91…")
    if not Sender.select().exists():
        faults.append("No company has a WhatsApp number.")
    if not Staff.select().where(Staff.is_active).exists():
        faults.append("Nobody works here: flask --app app staff add …")
    unsaid = [row.name for row in Company.select() if not company_settings.get(row, "address")]
    faults += [f"Customers of {name} ask where it is: company set {name!r} address …" for name in unsaid]
    return faults


def _templates() -> list[str]:
    return [fault for company in list(Company.select()) for fault in _templates_of(company)]


def _templates_of(company: Company) -> list[str]:
    rows = list(ApprovedTemplate.select().where(ApprovedTemplate.company == company))
    ready = {row.name for row in rows if row.status == "approved"}
    missing = sorted(approved.APPROVED.keys() - {row.name for row in rows})
    faults = [
        f"The message {row.name} ({row.language}) is {row.status}{f': {row.reason}' if row.reason else ''}."
        for row in rows
        if row.status != "approved"
    ]
    if missing:
        faults.append(f"WhatsApp does not know {', '.join(missing)}: flask --app app templates push")
    if rows and not ready:
        faults.append(f"{company.name} can only answer: no message for writing first is approved.")
    return faults


def _webhook() -> list[str]:
    """Our own webhook has to refuse a form nobody has signed: so it is reached, and it is ours."""
    address = f"{config.PUBLIC_URL}/whatsapp/inbound"
    faults = []
    if not (config.SIMULATED or address.startswith("https://")):
        faults.append(f"Twilio calls us at {address}: that must be https://")
    try:
        urllib.request.urlopen(urllib.request.Request(address, b"Body=check"), timeout=_PATIENCE)
    except urllib.error.HTTPError as refusal:
        if refusal.code == 403:
            return faults
        return [*faults, f"{address} answers {refusal.code}: is PUBLIC_URL the address of this desk?"]
    except (OSError, ValueError) as trouble:
        return [*faults, f"{address} cannot be reached from here ({trouble}): is the web process running?"]
    return [*faults, f"{address} is not this desk: it takes a form nobody has signed."]


def _senders() -> list[str]:
    ours = list(Sender.select().where(Sender.channel == "whatsapp"))
    faults = [fault for sender in ours for fault in _at_twilio(sender)]
    return faults + [_held(sender) for sender in waiting.held_senders()]


def _at_twilio(sender: Sender) -> list[str]:
    """What Twilio has of this number that is not as it has to be."""
    try:
        known = twilio_senders.senders_of(account_of(sender))
    except SendError as error:
        return [f"Twilio does not let us ask about {sender.address}: {error.reason}.{_token(error)}"]
    if known is None or (config.SIMULATED and sender.address not in known):
        # The simulator takes any number for one of the account.
        return []
    found = known.get(sender.address)
    if found is None:
        return [f"{sender.address} is no WhatsApp number of this account at Twilio."]
    faults = []
    if not found.is_online:
        why = f": {found.why_not}" if found.why_not else ""
        faults.append(f"{sender.address} is {found.status} at Twilio{why}. Until it is online nothing goes.")
    return faults + _called_elsewhere(sender, found.callback)


def _token(error: SendError) -> str:
    return " Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN." if error.code == 20003 else ""


def _called_elsewhere(sender: Sender, callback: str) -> list[str]:
    """A messaging service has an address of its own, which stands before that of its numbers."""
    wanted = f"{config.PUBLIC_URL}/whatsapp/inbound"
    if sender.messaging_service or callback.partition("#")[0] == wanted:
        return []
    goes_to = f"to {callback}" if callback else "nowhere"
    return [f"What people write to {sender.address} goes {goes_to}: set its webhook at Twilio to {wanted}"]


def _held(sender: Sender) -> str:
    code = int((sender.held_reason or "").removeprefix("twilio_") or 0)
    sentence = render.text(f"error_{errors.meaning(code).sentence}", zone="UTC", now=now(), code=code).body
    until = sender.held_until.astimezone(ZoneInfo(sender.company.timezone))
    return (
        f"{sender.address} sends nothing until {until:%H:%M}, or until `resume`. {sentence} (Twilio's {code})"
    )


def _sms() -> list[str]:
    """The companies that want SMS and cannot send any."""
    return [
        f"{company.name} sends SMS where WhatsApp cannot, but from no number of its own: "
        f"company set {company.name!r} sms_sender +91… (or MG…), or sms off."
        for company in list(Company.select())
        if company_settings.get(company, "sms") and sms.sender_of(company) is None
    ]


def _processes() -> list[str]:
    if not queues.redis_answers():
        return ["Redis does not answer at REDIS_URL."]
    faults = [f"Nobody does the work of `{name}`: start it, see Procfile." for name in queues.unattended()]
    if not waiting.clock_runs():
        faults.append("The clock does not run: start `python -m workers clock`, see Procfile.")
    return faults


def _waiting() -> list[str]:
    faults = []
    if (unanswered := waiting.oldest_unanswered() or 0) > _OLD:
        faults.append(f"Somebody has been waiting for an answer for {_duration(unanswered)}.")
    if (overdue := waiting.oldest_overdue() or 0) > _OLD:
        faults.append(f"A message should have gone {_duration(overdue)} ago.")
    for address, count in waiting.not_ours().items():
        faults.append(
            f"{count} waiting message{'s' if count > 1 else ''} to {address}, which is no company's number: "
            "company add … --sender, or point that number's webhook elsewhere."
        )
    if catching_up.is_going_on():
        faults.append("The desk stood still: what has gathered goes little by little (catch_up_per_hour).")
    if spooled := spool.waiting():
        faults.append(f"Lying on disk until the database takes it: {spooled} of what Twilio told us.")
    if aside := spool.aside():
        faults.append(f"In spool/unreadable lies what could not be taken in: {_count(aside, 'form')}.")
    return faults


def _said(queue: watching.QueueSeen) -> str:
    """How it stands with a queue, wrong or not."""
    said = [f"{_count(queue.waiting, 'job')} waiting"]
    if queue.oldest is not None:
        said[0] += f" (the oldest for {_duration(queue.oldest)})"
    if queue.running:
        said.append(f"{', '.join(job.name for job in queue.running)} running")
    said.append(f"{queue.failures} failed within a day" if queue.failures else "none failed")
    return f"{queue.name}: {', '.join(said)}; {_count(queue.processes, 'process', 'processes')}."


def _late(queue: watching.QueueSeen) -> list[str]:
    faults = []
    if queue.oldest is not None and queue.oldest > _OLD:
        faults.append(f"In `{queue.name}` a job has been waiting for {_duration(queue.oldest)}.")
    if failed := sorted({job.name for job in queue.failed_within(_LATELY)}):
        faults.append(f"In `{queue.name}` failed lately: {', '.join(failed)}. The log says where.")
    return faults


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"


COMMANDS = [check]
