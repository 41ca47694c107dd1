"""Reports somebody asked to see: the picture is drawn afterwards, so that nobody's answer waits for it."""

from peewee import Expression

from models import Phone, Staff
from report_tables import ReportPicture
from workers import queues


def ask(speaker: Staff, phone: Phone, name: str, days: int | None) -> ReportPicture:
    """Have this report drawn and sent to `phone`."""
    queues.wake("draw_reports")
    return ReportPicture.create(company=speaker.company, staff=speaker, phone=phone, name=name, days=days)


def claim() -> ReportPicture | None:
    """The oldest one nobody draws yet, now ours; None when there is none."""
    while waiting := ReportPicture.select().where(_waits()).order_by(ReportPicture.id).first():
        mine = (ReportPicture.id == waiting.id) & _waits()
        if ReportPicture.update(state="drawing").where(mine).execute():
            return waiting
    return None


def drawn(picture: ReportPicture) -> None:
    """It has been drawn and sent: nothing more is to be known of it."""
    picture.delete_instance()


def _waits() -> Expression:
    return ReportPicture.state == "waiting"
