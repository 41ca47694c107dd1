"""The values requests and answers are made of: text, numbers, money, days, with their limits and units."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    WithJsonSchema,
)

from clock import now
from domain.bills import LARGEST_PRICE, LARGEST_QUANTITY, LONGEST_SUPPLY
from models import Staff

# The largest whole number both databases keep in a column.
LARGEST = 2_147_483_647


class Sent(BaseModel):
    """Base of what a request holds: a name we do not know is a slip of the pen, not to be passed over."""

    model_config = ConfigDict(extra="forbid")


class SentByBilling(Sent):
    """Base of what a billing program sends as it has it: what we do not know is passed over, and told so."""

    model_config = ConfigDict(extra="allow")

    def passed_over(self) -> list[str]:
        """The names that mean nothing here, those of lines with their place: `items.0.gst`."""
        names = sorted(self.model_extra or {})
        for field in type(self).model_fields:
            value = getattr(self, field)
            for n, line in enumerate(value if isinstance(value, list) else []):
                names += [f"{field}.{n}.{name}" for name in line.passed_over()]
        return names


class Shown(BaseModel):
    """Base of what an answer holds; checked as it goes out."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def of(cls, **values: Any) -> Self:
        """The same as the constructor, for values the database keeps as plain text."""
        return cls.model_validate(values)


class Caller:
    """The member of staff behind the token, the moment of the request, and headers the answer is to have."""

    def __init__(self, staff: Staff, at: datetime | None = None) -> None:
        self.staff = staff
        self.company = staff.company
        self.at = at or now()
        self.headers: dict[str, str] = {}

    def moment(self, said: datetime) -> datetime:
        """`said` with its zone: the company's, if none was sent."""
        return said if said.tzinfo else said.replace(tzinfo=ZoneInfo(self.company.timezone))


def _a_number(value: Any) -> Decimal:
    """Its shortest decimal spelling: 0.1 is a tenth."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("This has to be a number")
    return Decimal(str(value))


def _decimal(largest: Decimal | int, above: bool = False) -> Any:
    limits = {"exclusiveMinimum": 0} if above else {"minimum": 0}
    return WithJsonSchema({"type": "number", "maximum": int(largest), **limits})


def _two_decimals(value: Decimal) -> Decimal:
    """Whoever computes in floating point sends 8.499999999999998 for eight rupees fifty."""
    return value.quantize(Decimal("0.01"))


_PAISE = (AfterValidator(_two_decimals), PlainSerializer(float, return_type=float))

Rupees = Annotated[
    Decimal,
    BeforeValidator(_a_number),
    Field(ge=0, le=LARGEST_PRICE, allow_inf_nan=False),
    *_PAISE,
    _decimal(LARGEST_PRICE),
]


def _four_decimals(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


# Of one piece: a strip of 15 for 30.91 makes 2.0607 for a tablet.
PriceOfOne = Annotated[
    Decimal,
    BeforeValidator(_a_number),
    Field(ge=0, le=LARGEST_PRICE, allow_inf_nan=False),
    AfterValidator(_four_decimals),
    PlainSerializer(float, return_type=float),
    _decimal(LARGEST_PRICE),
]


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 30.0 is thirty."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_DECIMAL = re.compile(r"\d{1,12}(\.\d{1,400})?([eE][+-]?\d{1,3})?")


def _written(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else value


# The same in a query string, where everything is text.
RupeesWritten = Annotated[Rupees, BeforeValidator(_written)]
Quantity = Annotated[
    Decimal,
    BeforeValidator(_a_number),
    Field(gt=0, le=LARGEST_QUANTITY, allow_inf_nan=False),
    *_PAISE,
    _decimal(LARGEST_QUANTITY, above=True),
]
# In answers: sums may be larger than what one line may say, and a difference below zero.
Amount = Annotated[Decimal, PlainSerializer(float, return_type=float), WithJsonSchema({"type": "number"})]

# Beside every whole number; last, so that its limits stay in the description.
WHOLE = BeforeValidator(_whole)
Number = Annotated[int, Field(ge=1, le=LARGEST), WHOLE]
Count = Annotated[int, Field(ge=0, le=LARGEST), WHOLE]
Days = Annotated[int, Field(ge=1, le=LONGEST_SUPPLY), WHOLE]

# One line, with something in it; PostgreSQL cannot keep a NUL.
_LINE = r"^[^\x00-\x1f\x7f]*$"
_SAYS_SOMETHING = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f-\xa0\s][^\x00-\x1f\x7f]*$"
Name = Annotated[str, Field(min_length=1, max_length=255, pattern=_SAYS_SOMETHING)]
Line = Annotated[str, Field(max_length=255, pattern=_LINE)]
Text = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
StaffCode = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9._-]+$")]
PhoneText = Annotated[
    str,
    Field(
        min_length=3,
        max_length=40,
        pattern=_LINE,
        description="A phone number in any spelling; without a country code it is one of your country.",
    ),
    # What is a number no pattern says.
    WithJsonSchema({"type": "string", "format": "phone"}),
]


def _in_our_times(value: date) -> date:
    if not 1900 <= value.year <= 2199:
        raise ValueError("This is not a date of our times")
    return value


def _a_day(value: Any) -> Any:
    """Only the written form: a bare number is no day, although it could be seconds since 1970."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            raise ValueError("This is not a date such as 2026-02-26") from None
    return value


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Day = Annotated[
    date,
    BeforeValidator(_a_day),
    AfterValidator(_in_our_times),
    Field(description="A date in your time zone, YYYY-MM-DD."),
]
# The hour meant when somebody says no more than the day, as in chat.
_USUAL_HOUR = time(10)
_MOMENT = TypeAdapter(datetime)
_NO_MOMENT = "This is not a moment such as 2026-02-26T17:00:00+05:30"


def _a_moment(value: Any) -> Any:
    """Only the written form, as for days."""
    if not isinstance(value, str) or not _DAY.match(value):
        raise ValueError(_NO_MOMENT)
    try:
        if _DAY.fullmatch(value):
            return datetime.combine(date.fromisoformat(value), _USUAL_HOUR)
        return _MOMENT.validate_python(value)
    except ValueError:
        raise ValueError(_NO_MOMENT) from None


# Without an offset it is the company's own time: `Caller.moment` reads it.
Moment = Annotated[
    datetime,
    BeforeValidator(_a_moment),
    AfterValidator(_in_our_times),
    Field(
        description="A moment, as in 2026-02-26T17:00:00+05:30; without an offset it is in your time zone. A "
        "day alone means ten in the morning."
    ),
]


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


When = Annotated[AwareDatetime, AfterValidator(_in_utc), Field(description="A moment, in UTC.")]
