"""Starts the simulator: `python -m simulator` listens where TWILIO_API_URL points, else on 127.0.0.1:8001."""

import logging
import sys
from urllib.parse import urlsplit

import config
from simulator import following, server, world
from simulator.app import create_app

STANDARD_ADDRESS = "http://127.0.0.1:8001"


def main() -> None:
    """Check the settings, start the threads and serve."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    address = config.TWILIO_API_URL or STANDARD_ADDRESS
    if not config.is_loopback(address):
        sys.exit("The simulator serves this machine only: TWILIO_API_URL must be a loopback address.")
    if not (config.TWILIO_ACCOUNT_SID and config.TWILIO_AUTH_TOKEN):
        sys.exit("The simulator cannot start: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN must be set.")
    simulated = world.from_settings()
    app = create_app(simulated)
    simulated.schedule.start()
    following.start(simulated)
    parts = urlsplit(address)
    logging.info("Phones: %s", address)
    server.serve(app, parts.hostname or "127.0.0.1", parts.port or 8001)


if __name__ == "__main__":
    main()
