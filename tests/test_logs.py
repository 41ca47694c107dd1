"""Logs say what happened in one line of JSON, and nothing about people."""

import io
import json
import logging
import subprocess
import sys

import redis
from rq import Queue, SimpleWorker

import config
import logs


def _line(record):
    return json.loads(logs.Lines("web").format(record))


def _record(text, *arguments, error=None):
    return logging.LogRecord("here", logging.WARNING, "file.py", 1, text, arguments, error)


def test_a_line_says_when_where_and_what():
    line = _line(_record("took in %d", 3))
    assert (line["level"], line["from"], line["process"], line["says"]) == (
        "warning",
        "here",
        "web",
        "took in 3",
    )


def test_phone_numbers_are_hidden_however_they_are_spelled():
    for number in ("+919876543210", "98765 43210", "whatsapp:+91 98765-43210", "IN.4Qx7kPzAA1"):
        assert "…" in logs.without_numbers(f"to {number} now")
        assert "9876" not in logs.without_numbers(f"to {number} now")


def test_short_numbers_stay():
    assert logs.without_numbers("message 4711, error 63024") == "message 4711, error 63024"


def test_the_words_of_an_exception_are_left_out_where_it_came_from_is_kept():
    try:
        raise ValueError("my sugar is high")
    except ValueError:
        line = _line(_record("it failed", error=sys.exc_info()))
    assert line["trouble"] == "ValueError"
    assert any("test_logs.py" in place for place in line["at_lines"])
    assert "sugar" not in json.dumps(line)


def test_a_job_that_fails_tells_where_and_not_what_was_written(redis_url, caplog):
    queue = Queue(connection=redis.Redis.from_url(redis_url), serializer="json")
    queue.enqueue("tests.test_logs.job_that_fails")
    with caplog.at_level(logging.ERROR, "rq.worker"):
        handler = logging.StreamHandler(written := io.StringIO())
        handler.setFormatter(logs.Lines("worker"))
        logging.getLogger("rq.worker").addHandler(handler)
        SimpleWorker([queue], connection=queue.connection, serializer="json").work(burst=True)
        logging.getLogger("rq.worker").removeHandler(handler)
    assert "sugar" not in written.getvalue()
    [line] = map(json.loads, written.getvalue().splitlines())
    assert line["trouble"] == "ValueError" and "job_that_fails" in line["at_lines"][-1]


def job_that_fails():
    raise ValueError("my sugar is high")


def test_libraries_that_tell_whole_requests_or_every_letter_are_silent():
    program = (
        "import logging, logs; logs.set_up('web');"
        "[logging.getLogger(name).info('To=+919876543210') for name in "
        "('twilio.http_client', 'werkzeug', 'urllib3.connectionpool', 'fontTools.subset', 'rq.worker')];"
        "logging.getLogger('ours').info('hello')"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=config.ROOT, capture_output=True, text=True)
    assert [json.loads(line)["says"] for line in done.stderr.splitlines()] == ["hello"]
