"""Reports find the few rows they are about; indexes that say again what another says are gone.

The first release had one for each foreign key, also where it is the beginning of a longer index or leads to
what is never deleted. Whoever wrote a purchase or a message wrote them all.
"""

from peewee import SQL

_DOUBLED = (
    ("staff", "staff_company_id", "company_id"),
    ("staff", "staff_manager_id", "manager_id"),
    ("approved_template", "approvedtemplate_company_id", "company_id"),
    ("audit_entry", "auditentry_staff_id", "staff_id"),
    ("media", "media_company_id", "company_id"),
    ("import", "import_media_id", "media_id"),
    ("import", "import_phone_id", "phone_id"),
    ("import", "import_staff_id", "staff_id"),
    ("contact_interactions", "interaction_company_id", "company_id"),
    ("contact_interactions", "interaction_staff_id", "staff_id"),
    ("consent_event", "consentevent_staff_id", "staff_id"),
    ("contact_reminders", "followup_company_id", "company_id"),
    ("contact_reminders", "followup_done_by_id", "done_by_id"),
    ("contact_reminders", "followup_phone_id", "phone_id"),
    ("contact_reminders", "followup_staff_id", "staff_id"),
    ("inbound_message", "inboundmessage_phone_id", "phone_id"),
    ("message", "message_company_id", "company_id"),
    ("message", "message_phone_id", "phone_id"),
    ("message", "message_sender_id", "sender_id"),
    ("purchase", "purchase_company_id", "company_id"),
    ("purchase", "purchase_staff_id", "staff_id"),
    ("refill_reminders", "refillreminder_company_id", "company_id"),
    ("refill_reminders", "refillreminder_customer_id", "customer_id"),
    ("refill_reminders", "refillreminder_phone_id", "phone_id"),
    ("undo", "undo_company_id", "company_id"),
    ("undo", "undo_staff_id", "staff_id"),
)
# Others that a longer or a smaller one replaces.
_REPLACED = (
    ("contact_interactions", "interaction_company_id_happened_at", "company_id happened_at"),
    ("call_script", "callscript_company_id_used_at", "company_id used_at"),
    ("refill_reminders", "refillreminder_company_id_state_reminder_on", "company_id state reminder_on"),
    ("refill_reminders", "refillreminder_customer_id_state", "customer_id state"),
    ("refill_reminders", "refill_reminders_state_reserved_until", "state reserved_until"),
)
_CALLS = "company_id happened_at kind staff_id call_outcome call_seconds"
_NEEDS = "company_id medicine_id runs_out_on purchase_id supply_days customer_id"
# Table, name, columns, and of which rows.
_NEW = (
    ("contact_interactions", "interaction_calls", _CALLS, ""),
    ("call_script", "call_script_made", "company_id created_at", ""),
    ("call_script", "call_script_used", "company_id used_at", "used_at IS NOT NULL"),
    ("contact_records", "contact_came", "company_id created_at", ""),
    ("contact_records", "contact_spoken_with", "company_id contacted_at", "contacted_at IS NOT NULL"),
    ("contact_records", "contact_converted", "company_id converted_on", "converted_on IS NOT NULL"),
    ("customers", "customer_came", "company_id created_at", ""),
    ("customers", "customer_category", "company_id category", ""),
    ("customers", "customer_generic", "company_id", "prefers_generic"),
    ("customers", "customer_educated", "company_id educated_on", "educated_on IS NOT NULL"),
    ("customers", "customer_died", "company_id died_on", "died_on IS NOT NULL"),
    ("phone", "phone_opted_out", "company_id opted_out_at", "opted_out_at IS NOT NULL"),
    ("contact_reminders", "follow_up_done", "company_id done_at", "done_at IS NOT NULL"),
    ("message", "message_reminded", "company_id sent_at", "kind = 'reminder' AND sent_at IS NOT NULL"),
    ("message", "message_failed", "company_id created_at", "state IN ('failed', 'undelivered')"),
    (
        "medical_condition",
        "condition_chronic",
        "company_id customer_id",
        "state = 'active' AND kind = 'chronic'",
    ),
    ("prescription", "prescription_chronic", "company_id customer_id", "state = 'active' AND is_chronic"),
    ("refill_reminders", "reminder_due", "company_id state reminder_on id", ""),
    ("refill_reminders", "reminder_open", "customer_id state runs_out_on", ""),
    ("refill_reminders", "reminder_out", "company_id runs_out_on", "state = 'open'"),
    ("refill_reminders", "reminder_needs", _NEEDS, "state = 'open'"),
    ("refill_reminders", "reminder_answered", "company_id answered_at", "answered_at IS NOT NULL"),
    ("refill_reminders", "reminder_ended", "company_id ended_at ended_because", "ended_at IS NOT NULL"),
    ("refill_reminders", "reminder_reserved", "state reserved_until", "reserved_until IS NOT NULL"),
)


def up(migrator, db):
    for table, name, _ in (*_DOUBLED, *_REPLACED):
        migrator.migrate(migrator.drop_index(table, name))
    for table, name, columns, rows in _NEW:
        of = SQL(rows) if rows else None
        migrator.migrate(migrator.add_index(table, columns.split(), where=of, name=name))


def down(migrator, db):
    for table, name, _, _ in _NEW:
        migrator.migrate(migrator.drop_index(table, name))
    for table, name, columns in (*_DOUBLED, *_REPLACED):
        migrator.migrate(migrator.add_index(table, columns.split(), name=name))
