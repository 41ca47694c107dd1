"""What stands below a file: its own name, which WhatsApp puts there, or words."""

import re

_NAME = re.compile(r"[^\n]{1,120}\.\w{2,5}")


def file_name(text: str) -> str:
    """`text` if it is a file's name, which WhatsApp puts there when nobody wrote a caption; else ""."""
    return text if _NAME.fullmatch(text) else ""
