"""Fetch the pictures customers sent from Twilio and keep them encrypted."""

import logging

import database
import storage
from clock import now
from database import db
from domain import prescription_photos
from messaging.channels import twilio_media
from messaging.delivery import account_for
from models import FollowUp, Media
from workers import queues

log = logging.getLogger(__name__)


def run() -> None:
    """Fetch each once; one that is not there yet is tried again at the next tick."""
    queues.began("fetch_pictures")
    with database.connection():
        for task, file in prescription_photos.to_fetch(now()):
            try:
                _fetch(task, file)
            except twilio_media.MediaUnavailable:
                log.warning("the picture of task %s could not be fetched", task.id)


def _fetch(task: FollowUp, file: dict[str, str]) -> None:
    data = twilio_media.fetch_media(account_for(task.company), file["url"])
    with db.atomic():
        media = Media.create(
            company=task.company_id,
            storage_name=storage.keep(data),
            file_name="prescription",
            content_type=file.get("type", ""),
            size=len(data),
        )
        prescription_photos.fetched(task, media)
