"""The command line: `flask --app app …`, one module for each group of commands."""

from flask import Flask

from cli import (
    check,
    clock,
    company,
    coverage,
    database,
    imports,
    keys,
    outbox,
    registers,
    sending,
    staff,
    templates,
    webhook,
)


def register(app: Flask) -> None:
    """Hang every command onto the application."""
    for module in (
        company,
        staff,
        templates,
        imports,
        database,
        coverage,
        keys,
        check,
        registers,
        outbox,
        sending,
        webhook,
        clock,
    ):
        for command in module.COMMANDS:
            app.cli.add_command(command)
