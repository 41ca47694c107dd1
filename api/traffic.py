"""How many requests came for each endpoint, how they ended and how long they took, for /metrics."""

from functools import cache
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

import config

# Seconds; a webhook takes milliseconds, a report of a year may take seconds.
_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

# Its `_count` is the counter.
_TOOK = Histogram(
    "refilldesk_http_request_seconds",
    "Requests by endpoint and status, and how long they took",
    ["method", "endpoint", "status"],
    buckets=_STEPS,
    registry=None,
)


def count(app: Flask) -> None:
    """Have each request of this application counted."""
    app.before_request(_begin)
    app.after_request(_end)


def read(registry: CollectorRegistry) -> None:
    """Let the registry collect what was counted, by all web processes if they share a folder."""
    if config.METRICS_DIR:
        MultiProcessCollector(registry, config.METRICS_DIR)
    else:
        registry.register(_TOOK)


def _begin() -> None:
    g.began = perf_counter()


def _end(response: Response) -> Response:
    # The rule and not the path, which carries ids; where there is none, anybody may have made it up.
    rule = request.url_rule
    method, endpoint = (request.method, rule.rule) if rule else ("", "none")
    _series(method, endpoint, response.status_code).observe(perf_counter() - g.began)
    return response


@cache
def _series(method: str, endpoint: str, status: int) -> Histogram:
    # Looking it up costs as much as the rest.
    return _TOOK.labels(method, endpoint, str(status))
