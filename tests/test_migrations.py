"""The steps of the migrations lead to what the models say, with data present too."""

from pathlib import Path

import pytest
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

import clock
import desk_tables
import migrations
import models
import report_tables
from database import db
from tests import databases

EVERY = (*models.TABLES, *desk_tables.TABLES, *report_tables.TABLES)
FIRST, SECOND = "0001_first_release", "0002_care"


@pytest.mark.usefixtures("database_url")
def test_the_migrations_lead_to_the_models():
    found = diff_models(
        db.obj, [*models.TABLES, *desk_tables.TABLES, *report_tables.TABLES, clock.ClockOffset]
    )
    assert not found, str(found)


@pytest.mark.usefixtures("database_url")
def test_the_migrations_agree_with_the_models_on_what_may_be_missing():
    for table in EVERY:
        stored = {column.name: column.null for column in db.get_columns(table._meta.table_name)}
        said = {field.column_name: bool(field.null) for field in table._meta.sorted_fields}
        assert stored == said, table


@pytest.fixture
def first_release(new_database_url):
    """A database as the first release left it, with a task in it."""
    with databases.connected(new_database_url):
        Runner(db.obj, str(Path(migrations.__file__).parent)).up(target=FIRST)
        db.execute_sql(
            "INSERT INTO company (name, timezone, region, language, settings, last_serial, created_at)"
            " VALUES ('Asha Medicals', 'Asia/Kolkata', 'IN', 'en', '{}', 1, CURRENT_TIMESTAMP)"
        )
        db.execute_sql(
            "INSERT INTO contact_reminders (company_id, serial, kind, due_at, notes, state, created_at)"
            " VALUES (1, 1, 'promise', CURRENT_TIMESTAMP, '', 'open', CURRENT_TIMESTAMP)"
        )
        yield


@pytest.mark.usefixtures("first_release")
def test_what_the_first_release_kept_is_still_there_after_the_newest_migration():
    assert migrations.run()
    [task] = db.execute_sql("SELECT serial, state, media_id FROM contact_reminders").fetchall()
    assert task == (1, "open", None)


@pytest.mark.usefixtures("first_release")
def test_every_step_can_be_taken_back():
    migrations.run()
    steps = Runner(db.obj, str(Path(migrations.__file__).parent))
    steps.down(target=SECOND)
    assert list(steps.applied()) == [FIRST]
    assert db.execute_sql("SELECT serial FROM contact_reminders").fetchall() == [(1,)]


@pytest.mark.usefixtures("database_url")
def test_the_id_of_a_deleted_row_is_never_given_out_again():
    first, last = (desk_tables.Tick.create(job=job, ran_at=clock.now()) for job in ("first", "last"))
    last.delete_instance()
    assert desk_tables.Tick.create(job="next", ran_at=clock.now()).id > last.id > first.id
