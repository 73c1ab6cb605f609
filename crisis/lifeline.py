"""The line to a parent process: where it breaks, the child goes home, however the parent died."""

import contextlib
import os
import signal
import threading

STDIN = 0
GRACE_SECONDS = 10.0


def hold() -> None:
    """End this process when standard input closes: first as by SIGTERM, after a grace by force."""
    threading.Thread(target=_wait, name="lifeline", daemon=True).start()


def _wait() -> None:
    # Not through sys.stdin: its lock is held while reading, and Python ends with an error then.
    with contextlib.suppress(OSError):
        while os.read(STDIN, 1024):
            pass
    threading.Timer(GRACE_SECONDS, os._exit, args=(0,)).start()
    os.kill(os.getpid(), signal.SIGTERM)
