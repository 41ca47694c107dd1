"""What Twilio answers when it refuses, and what its error codes mean in words."""

from collections.abc import Mapping

# Words for `ErrorMessage` and the page; the numbers are Twilio's.
WORDS = {
    63001: "The channel's credentials were not accepted.",
    63003: "This number was not found on WhatsApp.",
    63005: "WhatsApp did not accept the content of this message.",
    63010: "An internal error on the way to WhatsApp.",
    63013: "The message breaks WhatsApp's rules of format.",
    63014: "This person has blocked the business.",
    63016: "More than 24 hours since this person last wrote: only an approved template may go.",
    63018: "Too many messages: the sender's rate was exceeded.",
    63019: "The attached file could not be fetched.",
    63021: "The content is not valid: a template message may have 1024 characters.",
    63024: "This number is not on WhatsApp.",
    63031: "Sender and recipient are the same number.",
    63034: "The attached file is larger than WhatsApp allows.",
    63038: "The account's daily limit of messages is reached.",
    63040: "WhatsApp rejected this template.",
    63041: "WhatsApp paused this template because of its quality.",
    63042: "WhatsApp disabled this template because of its quality.",
    63049: "WhatsApp chose not to deliver this marketing message.",
    63051: "The WhatsApp business account is locked.",
}


class Refusal(Exception):
    """An answer of 4xx: the HTTP status, Twilio's code and the sentence that goes with it."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def answer(self) -> dict:
        """Twilio's JSON error."""
        more_info = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more_info, "status": self.status}


def in_words(code: int) -> str:
    """What `code` means, for people; a code we have no words for is named."""
    return WORDS.get(code, f"WhatsApp refused this message (error {code}).")


def not_found(path: str) -> Refusal:
    """Twilio's 404 for `path`."""
    return Refusal(404, 20404, f"The requested resource {path} was not found")


def whole_number(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A number of a query, `most` at most; raises `Refusal` when it is something else."""
    text = query.get(name, str(default))
    if not text.isdecimal():
        raise Refusal(400, 20001, f"{name} must be a whole number")
    return min(int(text), most)
