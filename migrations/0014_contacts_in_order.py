"""Contacts of one status are found in the order of the list, however many there are."""

_NAME, _COLUMNS = "contact_company_id_status_id", ("company_id", "status", "id")


def up(migrator, db):
    migrator.migrate(migrator.add_index("contact_records", _COLUMNS, name=_NAME))


def down(migrator, db):
    migrator.migrate(migrator.drop_index("contact_records", _NAME))
