"""Who listens and who answers at the addresses of this machine."""

import socket
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener


def is_taken(port: int) -> bool:
    """Whether some program listens on `port`; granian itself would share the port and not complain."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("0.0.0.0", port))
        except OSError:
            return True
        return False


def answers(page: str) -> bool:
    """Whether the web address `page` of this machine is served."""
    try:
        # Whatever proxy is set is not for this machine's own addresses.
        with build_opener(ProxyHandler({})).open(page, timeout=2):
            return True
    except HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
