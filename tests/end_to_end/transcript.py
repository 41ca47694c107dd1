"""What phones show, as one would read it out."""

from collections.abc import Container
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Kolkata")

# A message as the simulator tells of it.
Bubble = dict[str, Any]


def transcript(bubbles: list[Bubble], names: dict[str, str], phones: Container[str] = ()) -> str:
    """All messages of these phones, or of all, by day and hour; `names` says whose the phones are."""
    lines, day = [], ""
    for bubble in sorted(bubbles, key=lambda bubble: bubble["at"]):
        if phones and bubble["phone"] not in phones:
            continue
        at = datetime.fromisoformat(bubble["at"]).astimezone(ZONE)
        if f"{at:%d %b %Y}" != day:
            day = f"{at:%d %b %Y}"
            lines.append(f"\n── {day} ──\n")
        lines.append(_line(bubble, at, names.get(bubble["phone"], bubble["phone"])))
    return "\n".join(lines)


def titles(bubble: Bubble) -> list[str]:
    """What its buttons say."""
    return [button["title"] for button in bubble["buttons"]]


def _line(bubble: Bubble, at: datetime, who: str) -> str:
    arrow = f"{who} → shop" if bubble["direction"] == "inbound" else f"shop → {who}"
    marks = [" (template)"] if bubble["as_template"] else []
    marks += [f" [{bubble['error_code']}]"] if bubble["error_code"] else []
    if bubble["webhook"] and not bubble["webhook"]["taken"]:
        marks.append(f" [not taken: {bubble['webhook']['status'] or bubble['webhook']['error']}]")
    body = bubble["body"] + "".join(f"\n[{title}]" for title in titles(bubble))
    body += "".join(f"\n📎 {file['name']}" for file in bubble["media"] if file["name"] != bubble["body"])
    text = body.strip().replace("\n", "\n" + " " * 6)
    return f"{at:%H:%M} {arrow}{''.join(marks)}\n      {text}"
