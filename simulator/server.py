"""The web server: many waiting callers, kept connections, and connections that can be cut in the middle."""

import logging
import socket
import struct

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

# More than callers that hang on purpose and pages that wait for news together.
THREADS = 64
# More than a quick sender keeps open.
CONNECTIONS = 1000
LARGEST_REQUEST = 32 * 1024 * 1024
# A kept connection is closed after so many idle seconds.
IDLE_SECONDS = 900
# Closing with this option sends a reset instead of a proper end.
ABRUPTLY = struct.pack("ii", 1, 0)


class CuttableTask(WSGITask):
    """A request whose connection the application can reach."""

    def get_environment(self) -> dict:
        """The WSGI environment with the socket in it."""
        return {**super().get_environment(), "simulator.socket": self.channel.socket}


class CuttableChannel(HTTPChannel):
    """A connection that serves such requests."""

    task_class = CuttableTask


class Server(TcpWSGIServer):
    """Waitress with such connections."""

    channel_class = CuttableChannel


def serve(app: Flask, host: str, port: int) -> None:
    """Serve until the process is ended."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    adjustments = Adjustments(
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        max_request_body_size=LARGEST_REQUEST,
        asyncore_use_poll=True,
    )
    Server(app, adj=adjustments).run()


def cut(environ: dict, abruptly: bool) -> None:
    """End this request's connection without an answer, with a reset if `abruptly`; does not return."""
    if abruptly:
        environ["simulator.socket"].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPTLY)
    raise ClientDisconnected
