"""Keeps one server of the tests; a program of its own, so that the server is stopped however the tests end.

The tests hold its standard input: a line on it, or its end when they were killed, is the sign to stop. Its
argument is JSON: `commands` (the last is the server, those before it prepare it), `account` (who runs them,
empty for ourselves) and `folder` (where they run, removed in the end).
"""

import json
import pwd
import select
import shutil
import signal
import subprocess
import sys
from typing import Any

# How long the server may take to stop, in seconds.
_PATIENCE = 20


def main(commands: list[list[str]], account: str, folder: str) -> None:
    who = _identity(account)
    for command in commands[:-1]:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)
    server = subprocess.Popen(commands[-1], cwd=folder, stdin=subprocess.DEVNULL, **who)
    while server.poll() is None and not select.select([sys.stdin], [], [], 0.2)[0]:
        continue
    # PostgreSQL's "fast" shutdown; Valkey takes it for an ordinary one.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _identity(account: str) -> dict[str, Any]:
    if not account:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
