"""A message as it is handed to the channel: from whom and to whom, in which form, and for how long."""

from datetime import datetime
from zoneinfo import ZoneInfo

import company_settings
import config
from messaging import approved, quiet_hours, render
from messaging.channels.base import Account, Outgoing
from models import ApprovedTemplate, Message

# Seconds a channel is given at least, and those it takes where nothing is said (PLATFORM §3).
_SHORTEST = 60
_LONGEST = 36_000


def outgoing(
    message: Message, account: Account, content: ApprovedTemplate | None, in_window: bool, at: datetime
) -> Outgoing:
    """`content` is what Twilio keeps of the template, needed for buttons and outside the person's window."""
    with_buttons = content is not None and bool(render.approved(content.name, content.language).buttons)
    content_id = content.content_id if content and (with_buttons or not in_window) else None
    return Outgoing(
        account=account,
        sender=message.sender.address,
        to=message.phone.address,
        callback=f"{config.PUBLIC_URL}/whatsapp/status?message={message.id}",
        body="" if content_id else message.body,
        content_id=content_id or "",
        variables=approved.variables(message, content.language) if content and content_id else {},
        media=tuple(message.media or ()),
        messaging_service=message.sender.messaging_service or "",
        channel=message.sender.channel,
        within=_seconds_left(message, at),
    )


def _seconds_left(message: Message, at: datetime) -> int | None:
    """Until quiet hours begin: what waits at Twilio must not arrive in them (PEERS §3, row 18)."""
    hours = company_settings.get(message.company, "quiet_hours")
    if not hours or message.kind in quiet_hours.NOT_BOUND:
        return None
    local = at.astimezone(ZoneInfo(message.company.timezone))
    left = int((quiet_hours.begin(hours, local) - at).total_seconds())
    return max(left, _SHORTEST) if left < _LONGEST else None
