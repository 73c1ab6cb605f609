"""A tiny part: answers 204 on the port it is given. `deaf` ignores requests to stop."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from crisis import lifeline


class Door(BaseHTTPRequestHandler):
    """Answers every question with 204."""

    def do_GET(self) -> None:
        """204."""
        self.send_response(204)
        self.end_headers()


lifeline.hold()
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stdout.write(f"process {os.getpid()} listens\n")
sys.stdout.flush()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Door).serve_forever()
