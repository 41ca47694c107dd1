"""Find what a lost wake-up or a dead worker left: spooled, unanswered, half-sent, untold."""

import apart
import database
from bot import arrivals
from clock import ahead, now
from domain import brakes, deliveries, outages
from messaging import alarms, catching_up, delivery
from models import Company, Import, InboundMessage
from statements import rare
from workers import queues


def run() -> None:
    """Take in what is spooled, stop what runs away and wake whoever has work waiting."""
    queues.began("sweep")
    arrivals.take_in_spooled()
    with database.connection():
        delivery.recover()
        if InboundMessage.select().where(rare(InboundMessage.state == "waiting")).exists():
            queues.wake("answer_messages")
        if deliveries.untold(1):
            queues.wake("note_outcomes")
        if Import.select().where(Import.state.in_(["waiting", "reading"])).exists():
            queues.wake("import_sheets")
        queues.wake("send_materials")
        apart.each(list(Company.select()), _look_after)


def _look_after(company: Company) -> None:
    brakes.check(company, now())
    deliveries.tell_of_unknown_errors(company, alarms.unknown_errors(company), now())
    if outage := catching_up.latest():
        outages.tell(company, *outage, ahead=ahead(), at=now())
