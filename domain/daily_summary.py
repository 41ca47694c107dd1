"""The day in a few words to managers, once each evening (B10)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import company_settings
from domain import notices
from domain import staff as team
from domain.reports import daily, scopes
from models import Company, Staff

# A clock that comes later than this is too late for the day: it is told no more.
_LATEST = timedelta(hours=3)


def tell(company: Company, at: datetime) -> int:
    """Tell each manager, once for each day; returns how many are told of it by now."""
    local = at.astimezone(ZoneInfo(company.timezone))
    hour = company_settings.get(company, "daily_summary")
    if hour is None:
        return 0
    due = datetime.combine(local.date(), time.fromisoformat(hour), local.tzinfo)
    if not due <= local < due + _LATEST:
        return 0
    told = team.managers(company)
    if told:
        report = daily.report(scopes.whole(company), local.date())
        for manager in told:
            _tell(manager, report)
    return len(told)


def _tell(manager: Staff, report: daily.Report) -> None:
    notices.tell(
        manager,
        "day_summary",
        key=f"day:{manager.id}:{report.on}",
        sales=report.sales,
        value=report.sales_value,
        converted=report.converted,
        answers=report.answers,
        open=report.tasks_open,
    )
