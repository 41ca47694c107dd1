"""The figures of reports as the API names them: rates are per cent, amounts rupees."""

from typing import Any

from pydantic import Field

from api.contract.types import Amount, Count, Day, Shown
from domain.reports import calls as call_report
from domain.reports import compliance as compliance_report
from domain.reports import conversion as conversion_report
from domain.reports import customers as customer_report
from domain.reports import daily
from domain.reports.periods import Period


class Conversion(Shown):
    """Contacts and what became of them; a conversion counts as contacted."""

    total_contacts: Count
    contacted: Count
    converted: Count
    conversion_rate: float | None = Field(
        description="converted ÷ contacted × 100; null while nobody was contacted."
    )
    total_conversion_value: Amount = Field(description="Rupees.")
    average_conversion_value: Amount | None = Field(description="Rupees.")


class StaffConversion(Conversion):
    """Of one member of staff; null: nobody's."""

    staff_code: str | None
    name: str | None


class SheetConversion(Conversion):
    """Of one contact sheet; null: those who came without one."""

    import_id: int | None


class ConversionReport(Conversion):
    """All together, by staff and by sheet, those with most conversions first."""

    start_date: Day
    end_date: Day
    by_staff: list[StaffConversion]
    by_sheet: list[SheetConversion]


class TopMedicine(Shown):
    """A medicine that is sold much."""

    medicine_name: str
    times_sold: Count
    total_amount: Amount = Field(description="Rupees.")


class CustomerFigures(Shown):
    """`customers_by_category` counts all there are; the rest is of these days."""

    start_date: Day
    end_date: Day
    total_customers: Count
    customers_by_category: dict[str, int]
    new_customers: Count
    prefer_generic: Count
    generic_education_given: Count
    conversion: Conversion
    top_medicines: list[TopMedicine]
    generic_adoption_rate: float | None = Field(description="Per cent of lines sold; null without sales.")


class DayFigures(Shown):
    """One day; `tasks_open` and `refills_tomorrow` as it stands now."""

    date: Day
    new_contacts: Count
    contacted: Count
    converted: Count
    conversion_value: Amount = Field(description="Rupees.")
    new_customers: Count
    customers_served: Count
    sales: Count
    sales_value: Amount = Field(description="Rupees.")
    calls: Count
    visits: Count
    reminders_sent: Count
    messages_failed: Count
    answers: Count
    refills_bought: Count
    opted_out: Count
    tasks_done: Count
    tasks_open: Count
    refills_tomorrow: Count


class FollowUpFigures(Shown):
    """Follow-ups of care that fell due."""

    due: Count
    done: Count
    overdue: Count
    completion_rate: float | None = Field(description="Per cent done.")


class ChronicFigures(Shown):
    """Customers with a chronic condition or a prescription for one."""

    customers: Count
    supplied: Count = Field(description="Have all that they are reminded of.")
    out_of_medicine: Count
    monitored: Count = Field(description="Have a check-up planned.")


class PrescriptionFigures(Shown):
    """Whether care is kept up."""

    start_date: Day
    end_date: Day
    follow_ups: FollowUpFigures
    by_kind: dict[str, FollowUpFigures]
    chronic: ChronicFigures
    supplies: Count = Field(description="One customer's supply of one medicine each.")
    pdc: float | None = Field(description="Proportion of days covered, from 0 to 1.")
    mpr: float | None = Field(description="Medication possession ratio; may pass 1.")
    adherent: Count = Field(description="Supplies with a PDC of 0.8 or more.")
    late_refills: Count
    mean_late_days: float | None = Field(description="Days.")


class ScriptFigures(Shown):
    """Scripts that were used, and those that succeeded."""

    used: Count
    judged: Count = Field(description="Have an outcome that can be judged.")
    successful: Count
    success_rate: float | None = Field(description="Per cent of the judged.")


class StaffCalls(Shown):
    """The calls of one member of staff."""

    staff_code: str
    name: str
    calls: Count
    answered: Count
    scripts: ScriptFigures


class CallFigures(Shown):
    """What calls achieve."""

    start_date: Day
    end_date: Day
    calls: Count
    answered: Count
    mean_call_duration: float | None = Field(description="Seconds.")
    scripts_made: Count
    scripts: ScriptFigures
    by_priority: dict[str, ScriptFigures]
    outcomes: dict[str, int]
    by_staff: list[StaffCalls]


def conversion(report: conversion_report.Report) -> ConversionReport:
    """A conversion report as the API says it."""
    staff = [
        StaffConversion(
            staff_code=each.staff.code if each.staff else None,
            name=each.staff.name if each.staff else None,
            **_converted(each.figures),
        )
        for each in report.staff
    ]
    sheets = [
        SheetConversion(import_id=each.sheet.serial if each.sheet else None, **_converted(each.figures))
        for each in report.sheets
    ]
    return ConversionReport(
        **between(report.period), by_staff=staff, by_sheet=sheets, **_converted(report.total)
    )


def customers(report: customer_report.Report) -> CustomerFigures:
    """A report of customers as the API says it."""
    top = [
        TopMedicine(medicine_name=each.name, times_sold=each.sold, total_amount=each.value)
        for each in report.top_medicines
    ]
    return CustomerFigures(
        **between(report.period),
        total_customers=report.total,
        customers_by_category=report.categories,
        new_customers=report.new,
        prefer_generic=report.prefer_generic,
        generic_education_given=report.educated,
        conversion=Conversion(**_converted(report.conversion)),
        top_medicines=top,
        generic_adoption_rate=report.generic_share,
    )


def day(report: daily.Report) -> DayFigures:
    """A report of a day as the API says it."""
    named = {name: getattr(report, name) for name in DayFigures.model_fields if name != "date"}
    return DayFigures(date=report.on, **named)


def compliance(report: compliance_report.Report) -> PrescriptionFigures:
    """A report of compliance as the API says it."""
    return PrescriptionFigures(
        **between(report.period),
        follow_ups=_follow_ups(report.follow_ups),
        by_kind={kind: _follow_ups(each) for kind, each in report.kinds.items()},
        chronic=ChronicFigures(
            customers=report.chronic.customers,
            supplied=report.chronic.supplied,
            out_of_medicine=report.chronic.out,
            monitored=report.chronic.watched,
        ),
        supplies=report.supply.supplies,
        pdc=report.supply.pdc,
        mpr=report.supply.mpr,
        adherent=report.supply.adherent,
        late_refills=report.supply.late_refills,
        mean_late_days=report.supply.mean_late_days,
    )


def calls(report: call_report.Report) -> CallFigures:
    """A report of calls as the API says it."""
    return CallFigures(
        **between(report.period),
        calls=report.calls,
        answered=report.answered,
        mean_call_duration=report.mean_seconds,
        scripts_made=report.made,
        scripts=_scripts(report.scripts),
        by_priority={name: _scripts(each) for name, each in report.priorities.items()},
        outcomes=report.outcomes,
        by_staff=[
            StaffCalls(
                staff_code=each.staff.code,
                name=each.staff.name,
                calls=each.calls,
                answered=each.answered,
                scripts=_scripts(each.scripts),
            )
            for each in report.staff
        ],
    )


def between(period: Period) -> dict[str, Any]:
    """The days of a report as the API says them."""
    return {"start_date": period.first, "end_date": period.last}


def _converted(figures: conversion_report.Conversion) -> dict[str, Any]:
    return {
        "total_contacts": figures.total,
        "contacted": figures.contacted,
        "converted": figures.converted,
        "conversion_rate": figures.rate,
        "total_conversion_value": figures.value,
        "average_conversion_value": figures.average,
    }


def _follow_ups(figures: compliance_report.FollowUps) -> FollowUpFigures:
    return FollowUpFigures(
        due=figures.due, done=figures.done, overdue=figures.overdue, completion_rate=figures.rate
    )


def _scripts(figures: call_report.Scripts) -> ScriptFigures:
    return ScriptFigures(
        used=figures.used, judged=figures.told, successful=figures.won, success_rate=figures.rate
    )
