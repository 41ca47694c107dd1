"""A photo or PDF of a prescription from a customer: a task of staff with the picture (FEATURES F4)."""

from datetime import datetime, timedelta

from domain import follow_ups, medical_access, questions
from domain.errors import DomainError
from models import Customer, FollowUp, InboundMessage, Media, Phone, Staff
from workers import queues

KIND = "prescription_photo"
# At Twilio a file may be gone after that.
_FETCHED_WITHIN = timedelta(days=2)


def is_one(file: dict[str, str]) -> bool:
    """Whether a file as the webhook stored it may be a prescription: a picture or a PDF."""
    kind = file.get("type", "")
    return (kind.startswith("image/") and kind != "image/webp") or kind == "application/pdf"


def receive(phone: Phone, message: InboundMessage, *, at: datetime) -> list[FollowUp]:
    """Make a task of each picture in `message` and tell a member of staff; a worker fetches the pictures."""
    made = []
    for n, file in enumerate(message.media):
        if is_one(file):
            cause = f"photo:{message.id}:{n}"
            made.append(questions.ask_staff(phone, message.body, KIND, at=at, cause=cause))
    queues.wake("fetch_pictures")
    return made


def to_fetch(at: datetime) -> list[tuple[FollowUp, dict[str, str]]]:
    """The open tasks whose picture is still at Twilio, with the file as the webhook stored it."""
    missing = (FollowUp.kind == KIND) & (FollowUp.state == "open") & FollowUp.media.is_null()
    rows = FollowUp.select().where(missing, FollowUp.created_at > at - _FETCHED_WITHIN).limit(50)
    return [(task, _file(task)) for task in list(rows)]


def fetched(task: FollowUp, media: Media) -> None:
    """The picture is here."""
    task.media = media
    task.save()


def opened(staff: Staff, serial: int, *, at: datetime) -> FollowUp:
    """The task with its picture, for who may read medical text; the reading is recorded.

    Raises `DomainError` `no_such_photo`, `photo_on_its_way`, `medical_closed`, `not_your_customer`.
    """
    task = FollowUp.get_or_none(
        FollowUp.company == staff.company_id, FollowUp.serial == serial, FollowUp.kind == KIND
    )
    if task is None:
        raise DomainError("no_such_photo", serial=serial)
    if task.customer is not None:
        medical_access.open_record(task.customer, staff=staff, at=at)
    else:
        medical_access.check_right(staff)
    if task.media is None:
        raise DomainError("photo_on_its_way", serial=serial)
    return task


def waiting_of(customer: Customer) -> FollowUp | None:
    """The latest picture of this customer that nobody has written down yet."""
    mine = (FollowUp.customer == customer) & (FollowUp.kind == KIND) & (FollowUp.state == "open")
    return FollowUp.select().where(mine, FollowUp.media.is_null(False)).order_by(FollowUp.id.desc()).first()


def written_down(task: FollowUp, *, staff: Staff, at: datetime) -> None:
    """What the picture shows was recorded."""
    follow_ups.tick_off([task], at=at, staff=staff)


def _file(task: FollowUp) -> dict[str, str]:
    _, message_id, n = (task.cause or "").split(":")
    return InboundMessage.get_by_id(message_id).media[int(n)]
