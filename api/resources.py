"""Every resource of the REST door, in the order of its documentation."""

from flask import Flask

from api import (
    contacts,
    customers,
    documentation,
    follow_ups,
    imports,
    medicines,
    messages,
    purchases,
    reminders,
    staff,
)
from api.contract import errors
from api.contract.endpoints import Resource

RESOURCES: list[Resource] = [
    purchases.resource,
    customers.resource,
    reminders.resource,
    imports.resource,
    contacts.resource,
    follow_ups.resource,
    staff.resource,
    messages.resource,
    medicines.resource,
]


def register(app: Flask) -> None:
    """Hang every resource onto the application, and their documentation."""
    errors.register(app)
    for resource in RESOURCES:
        app.register_blueprint(resource.blueprint)
    app.register_blueprint(documentation.blueprint(RESOURCES))
