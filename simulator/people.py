"""The people the sample pharmacy lists in `simulator_phones.json`: their phones stand on the page at once."""

import json
from pathlib import Path

from simulator.phones import in_e164
from simulator.world import World


def file_of(world: World) -> Path:
    """Where the list stands."""
    return world.data_dir / "simulator_phones.json"


def take_over(world: World) -> None:
    """Put everybody listed on the page; phones that are there already keep their messages."""
    path = file_of(world)
    if not path.exists():
        return
    listed = json.loads(path.read_text())
    with world.lock:
        if listed.get("sender"):
            world.sender = in_e164(listed["sender"])
        for person in listed.get("phones", []):
            _put_on_page(world, person)
        for number in listed.get("off_whatsapp", []):
            world.phones.at(in_e164(number)).on_whatsapp = False
        for attachment in listed.get("attachments", []):
            world.attachments[attachment["name"]] = path.parent / attachment["path"]
        world.changed_all()


def _put_on_page(world: World, person: dict) -> None:
    phone = world.phones.at(in_e164(person["number"]))
    phone.name, phone.role = person["name"], person.get("role", "")
    phone.sheet, phone.shown = person.get("sheet", ""), True
    if phone.sheet:
        sheet = file_of(world).parent / phone.sheet
        world.attachments.setdefault(sheet.name, sheet)
