"""Requests are counted by endpoint and status, whoever took them, and name nobody."""

import os
import re
import subprocess
import sys

import config
from tests.api.calling import Program


def _counted(client, method, endpoint, status):
    told = client.get("/metrics").text
    labels = f'endpoint="{endpoint}",method="{method}",status="{status}"'
    found = re.search(rf"refilldesk_http_request_seconds_count\{{{re.escape(labels)}\}} ([0-9.]+)", told)
    return float(found[1]) if found else 0


def test_each_request_is_counted_with_its_status_and_time(client):
    before = _counted(client, "GET", "/healthz", 200)
    client.get("/healthz"), client.get("/healthz")
    assert _counted(client, "GET", "/healthz", 200) == before + 2
    assert (
        'http_request_seconds_bucket{endpoint="/healthz",le="10.0",method="GET"'
        in client.get("/metrics").text
    )


def test_a_webhook_nobody_signed_is_counted_as_refused(client):
    before = _counted(client, "POST", "/whatsapp/inbound", 403)
    client.post("/whatsapp/inbound", data={"Body": "sugar"})
    assert _counted(client, "POST", "/whatsapp/inbound", 403) == before + 1


def test_no_address_with_an_id_or_of_somebody_s_making_is_a_label(client, shop):
    Program(client, shop.meera).get("/api/customers/4711")
    before = _counted(client, "", "none", 404)
    client.get("/wp-login-4711.php")
    client.open("/healthz", method="MADEUP4711")
    told = client.get("/metrics").text
    # Behind the labels stand times, which may hold any digits.
    assert "4711" not in "".join(re.findall(r"\{.*?\}", told))
    assert 'endpoint="/api/customers/<' in told
    assert _counted(client, "", "none", 404) == before + 1


_PROCESS = """
from flask import Flask
from api import traffic
app = Flask("one")
app.get("/here")(lambda: "yes")
traffic.count(app)
app.test_client().get("/here")
"""


def test_processes_that_share_a_folder_count_together(client, monkeypatch, tmp_path):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", _PROCESS], cwd=config.ROOT, env=environment, check=True)
    monkeypatch.setattr(config, "METRICS_DIR", str(tmp_path))
    assert _counted(client, "GET", "/here", 200) == 2
