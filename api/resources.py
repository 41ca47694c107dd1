"""Every resource of the REST door, in the order of its documentation."""

from flask import Flask

from api import (
    analytics,
    bills,
    call_scripts,
    conditions,
    contacts,
    customers,
    documentation,
    follow_ups,
    generics,
    imports,
    medicines,
    messages,
    prescriptions,
    purchases,
    reminders,
    sales,
    staff,
)
from api.contract import errors
from api.contract.endpoints import Resource

RESOURCES: list[Resource] = [
    purchases.resource,
    bills.resource,
    customers.resource,
    reminders.resource,
    call_scripts.resource,
    prescriptions.resource,
    conditions.resource,
    imports.resource,
    contacts.resource,
    follow_ups.resource,
    staff.resource,
    messages.resource,
    medicines.resource,
    generics.resource,
    analytics.resource,
    sales.resource,
]


def register(app: Flask) -> None:
    """Hang every resource onto the application, and their documentation."""
    errors.register(app)
    for resource in RESOURCES:
        app.register_blueprint(resource.blueprint)
    app.register_blueprint(documentation.blueprint(RESOURCES))
