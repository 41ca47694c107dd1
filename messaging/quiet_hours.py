"""When the hours begin and end in which nothing but answers goes out."""

from datetime import datetime, time, timedelta

# Who has just written waits for it, and what cannot wait for the morning.
NOT_BOUND = ("answer", "staff_alarm")


def begin(hours: list[str], local: datetime) -> datetime:
    """The next moment at which quiet `hours` begin, seen from the shop's `local` one."""
    first = time.fromisoformat(hours[0])
    begins = local.replace(hour=first.hour, minute=first.minute, second=0, microsecond=0)
    return begins if begins > local else begins + timedelta(days=1)


def until(hours: list[str], local: datetime) -> datetime | None:
    """The end of quiet `hours` ("21:00", "08:00") at the shop's `local` moment; None outside of them."""
    begin, end = (time.fromisoformat(text) for text in hours)
    clock = local.time()
    quiet = begin <= clock < end if begin < end else clock >= begin or clock < end
    if not quiet:
        return None
    until = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)
