"""`python -m desk.prove.nursery`: loads the product once and bears its parts by fork.

Importing Prefect costs seconds, and a campaign starts a part anew for every kill. A part that was
forked is a process like any other: its own id, memory, sockets and files, and kill -9 ends it.
Standard input brings one JSON object a line (`Birth`), standard output tells births and deaths.
When standard input closes, every part is killed.
"""

import gc
import json
import os
import random
import runpy
import select
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NoReturn

LOADED = (
    *("flows.worker", "flows.respond", "flows.remind", "flows.escalate", "flows.send_mail"),
    *("flows.publish", "flows.reconcile", "flows.deployment", "prefect.server.api.server"),
    *(
        "desk.prove.preparation",
        "prefect.cli",
        "desk.web",
        "desk.dispatch_process",
        "desk.parts.mailbox_process",
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """A part to be born: `module` run as `__main__` with `args`, its output appended to `log`.

    `preparation` names a function (`module:function`) that gets `plan` before the part begins.
    """

    name: str
    module: str
    args: list[str]
    log: str
    env: dict[str, str]
    preparation: str
    plan: dict[str, Any]


def main() -> None:
    """Bear parts until standard input closes."""
    for name, value in import_module("flows.server").QUIET.items():
        os.environ.setdefault(name, value)
    for name in LOADED:
        import_module(name)
    gc.freeze()
    _tell(ready=True)
    _serve()


def _tell(**said: Any) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


@dataclass(kw_only=True)
class Nursery:
    """The living parts by process id: their names, and our end of the line to each.

    Every part has a line of its own: they are not all alike in how they read it.
    """

    wake: tuple[int, int]
    names: dict[int, str] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)

    def serve(self) -> None:
        """Bear and bury until standard input closes, then kill what lives."""
        for line in self._orders():
            self._bear(Birth(**json.loads(line)))
        for pid in self.names:
            os.kill(pid, signal.SIGKILL)

    def _orders(self) -> Iterator[bytes]:
        waiting = b""
        while True:
            ready, _, _ = select.select([0, self.wake[0]], [], [])
            if self.wake[0] in ready:
                os.read(self.wake[0], 1024)
                self._bury()
            if 0 in ready:
                more = os.read(0, 65536)
                if not more:
                    return
                *lines, waiting = (waiting + more).split(b"\n")
                yield from lines

    def _bury(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                os.close(self.lines.pop(pid))
                code = os.waitstatus_to_exitcode(status)
                _tell(died=self.names.pop(pid), pid=pid, code=code)

    def _bear(self, birth: Birth) -> None:
        line, held = os.pipe()
        pid = os.fork()
        if pid == 0:
            _live(birth, line, (line, held, *self.wake, *self.lines.values()))
        os.close(line)
        self.names[pid], self.lines[pid] = birth.name, held
        _tell(born=birth.name, pid=pid)


def _serve() -> None:
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    Nursery(wake=(woken, wake)).serve()


def _live(birth: Birth, line: int, ours: tuple[int, ...]) -> NoReturn:
    code = 1
    try:
        _begin(birth, line, ours)
        runpy.run_module(birth.module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _begin(birth: Birth, line: int, ours: tuple[int, ...]) -> None:
    """Let go of what belongs to the nursery; standard input is the line to it, the log is ours."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(line, 0)
    for end in ours:
        os.close(end)
    log = os.open(birth.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.environ.update(birth.env)
    random.seed()
    sys.argv = [birth.module, *birth.args]
    module, _, function = birth.preparation.partition(":")
    if module:
        getattr(import_module(module), function)(birth.plan)


if __name__ == "__main__":
    main()
