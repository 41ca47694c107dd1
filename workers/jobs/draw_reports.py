"""Draw the reports that somebody asked to see, and send them."""

import charts.drawing
import database
from clock import now
from database import db
from domain import report_pictures
from domain.reports import names
from messaging import files, outbox, render
from report_tables import ReportPicture
from workers import queues


def run() -> None:
    """Draw every picture that waits."""
    queues.began("draw_reports")
    with database.connection():
        while asked := report_pictures.claim():
            _draw(asked)


def _draw(asked: ReportPicture) -> None:
    company, language, at = asked.company, asked.staff.language, now()
    period, report = names.make(asked.name, asked.staff, asked.days, at)
    facts = {"store": company.name, "zone": company.timezone, "now": at, "period": period, "report": report}
    words = render.text(f"chart_{asked.name}", language, **facts).body
    png = charts.drawing.picture(words)
    with db.atomic():
        media = files.keep(company, png, "report.png", "image/png")
        outbox.queue(
            asked.phone,
            "report_picture",
            key=f"picture:{asked.id}",
            language=language,
            media=[files.address(media)],
            title=words.splitlines()[0].removeprefix("= "),
        )
        report_pictures.drawn(asked)
