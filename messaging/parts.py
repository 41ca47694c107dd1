"""A text that is longer than one message may be, in several (PLATFORM §3)."""

# Twilio refuses a longer text (21617); it counts as UTF-16 does.
LONGEST = 1600


def parts(text: str, longest: int = LONGEST) -> list[str]:
    """The text in pieces, each as much as fits, that begin with a line or at least a word where one can."""
    found = []
    while length(text) > longest:
        piece = _fitting(text, longest)
        end = max(piece.rfind("\n"), 0) or max(piece.rfind(" "), 0) or len(piece)
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, text]


def length(text: str) -> int:
    """How long Twilio finds it."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str, longest: int) -> str:
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
