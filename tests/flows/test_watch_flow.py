"""The press watch as a run: on Prefect's own ephemeral server, from a paper on loopback."""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
PHATNGON = "from desk.cli import main; main()"
FEED = """<rss version="2.0"><channel><title>Báo</title><item>
<title>Quảng Trị: 3 học sinh tử vong sau bữa ăn bán trú, phụ huynh tố trường chậm cấp cứu</title>
<link>https://a.example/1.htm</link>
<description>Công an tỉnh Quảng Trị điều tra vụ ngộ độc khiến 3 trẻ tử vong.</description>
</item></channel></rss>""".encode()


class Paper(http.server.BaseHTTPRequestHandler):
    """A paper with one feed and no robots.txt."""

    def do_GET(self) -> None:
        found = self.path == "/rss"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(FEED if found else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def paper() -> Iterator[str]:
    """The address of the feed."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/rss"
        server.shutdown()
        thread.join()


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command on the records under `var`."""
    foreign = ("PREFECT_", "PHATNGON_")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    env = plain | {"PHATNGON_VAR": str(var), "PHATNGON_INSTALLATION": "exercise"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=HOUSE,
        env=env | {"TMPDIR": str(var)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_a_run_reads_what_is_due_and_says_what_it_did(tmp_path: Path, paper: str) -> None:
    opml = tmp_path / "nguon.opml"
    opml.write_text(f'<opml><body><outline text="Báo A" xmlUrl="{paper}"/></body></opml>')
    watch = ("-c", PHATNGON, "watch", "sources")
    assert run(tmp_path, *watch, "--opml", str(opml), "--on", "bao-a").returncode == 0
    done = json.loads(run(tmp_path, "-m", "flows.local", "watch_press").stdout)
    assert (done["completed"], done["state"]) == (True, "Press read")
    assert "read 1, 1 new" in done["message"]
    told = json.loads(run(tmp_path, *watch, "--json").stdout)
    (mine,) = [one for one in told if one["url"] == paper]
    assert (mine["state"], mine["items"], mine["read"]) == ("ok", 1, True)


def test_the_morning_brief_is_queued_once_for_every_leader(tmp_path: Path) -> None:
    def brief() -> Any:
        return json.loads(run(tmp_path, "-m", "flows.local", "brief").stdout)

    def add(role: str) -> None:
        who = ("user", "add", f"{role}@vanphong.example", "--role", role)
        named = ("--name", "Phạm Thị Mẫu", "--title", "Chánh Văn phòng")
        assert run(tmp_path, "-c", PHATNGON, *who, *named).returncode == 0

    add("leader")
    assert "The office has no coordinator" in brief()["message"]
    add("coordinator")
    done = brief()
    assert (done["completed"], done["state"]) == (True, "Brief sent")
    assert done["message"] == "queued for 1 leaders"
    assert brief()["message"] == "queued for 0 leaders"


def test_a_night_without_labels_is_a_run_that_learned_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "-c", PHATNGON, "migrate").returncode == 0
    done = json.loads(run(tmp_path, "-m", "flows.local", "watch_train").stdout)
    assert (done["completed"], done["message"]) == (True, "no new label")
