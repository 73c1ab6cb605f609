"""What a process says while it works: one event a line, as text or JSON, and no secret in it.

The ledger is what is proved; the log is what an operator watches. An event is told once, with the
incident's code and the run where they are known. Texts from outside cannot make a line of their
own: control characters are escaped.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

Form = Literal["plain", "json"]

FACTS = ("incident", "run", "seq", "actor")
"""What our own code tells with an event, by `extra`."""

SHORTEST_SECRET = 6
HIDDEN = "[…]"
_TOKENS = (
    (re.compile(r"(/viec/)[^/\s\"'?#]+"), rf"\1{HIDDEN}"),
    (re.compile(r"\bpn_[\w-]{16,}"), f"pn_{HIDDEN}"),
    (re.compile(r"otpauth://\S+"), HIDDEN),
)
_CODE = re.compile(r"[A-Z]{2,4}-\d{4}-\d{4,}\b")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def begin(form: Form, secrets: Iterable[str] = ()) -> None:
    """From now on write this process's log to standard error, whoever set up another before."""
    handler = logging.StreamHandler(sys.stderr)
    kind = JsonLine if form == "json" else PlainLine
    handler.setFormatter(kind(tuple(one for one in secrets if len(one) >= SHORTEST_SECRET)))
    root = logging.getLogger()
    _give_up(root)
    root.addHandler(handler)
    for name in list(logging.root.manager.loggerDict):
        _hand_over(logging.getLogger(name))
    if form == "json":
        logging.getLogger("phatngon").setLevel(logging.INFO)
        logging.captureWarnings(True)
        sys.excepthook = _uncaught


class Line(logging.Formatter):
    """A form of the log that knows which texts it may not show."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = sorted(secrets, key=len, reverse=True)

    def shown(self, text: str) -> str:
        """`text` without secrets of this installation and without anybody's links and keys."""
        for one in self._secrets:
            text = text.replace(one, HIDDEN)
        for pattern, instead in _TOKENS:
            text = pattern.sub(instead, text)
        return text

    def trace(self, record: logging.LogRecord) -> str:
        """The traceback that came with the event; empty without one."""
        return self.shown(self.formatException(record.exc_info)) if record.exc_info else ""


class JsonLine(Line):
    """One JSON object a line, in ASCII: nothing in it moves a terminal's cursor."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        told: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self.shown(record.getMessage()),
        }
        told |= facts_of(record)
        if record.exc_info and record.exc_info[0] is not None:
            told |= {"error": record.exc_info[0].__name__, "trace": self.trace(record)}
        return json.dumps(told)


class PlainLine(Line):
    """One line for a reader; a traceback follows it, set in, so that no text begins a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as a line, with its facts, and the traceback."""
        facts = "".join(f" {name}={value}" for name, value in facts_of(record).items())
        said = _CONTROL.sub(_escaped, self.shown(record.getMessage()) + facts)
        lines = [f"{_time(record)} {record.levelname} {record.name}: {said}"]
        lines += [_CONTROL.sub(_escaped, line) for line in self.trace(record).splitlines()]
        return "\n    ".join(lines)


def facts_of(record: logging.LogRecord) -> dict[str, object]:
    """Incident, run and the like, as our code tells them or as Prefect's names have them."""
    told = {name: getattr(record, name, None) for name in FACTS}
    told["run"] = told["run"] or getattr(record, "flow_run_id", None)
    code = _CODE.match(str(getattr(record, "flow_run_name", "")))
    told["incident"] = told["incident"] or (code.group() if code else None)
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in told.items()
        if value not in (None, "", "<unknown>")
    }


def _time(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _escaped(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode()


def _hand_over(logger: logging.Logger) -> None:
    """Let a library's logger that writes to the terminal by itself speak through ours."""
    if _give_up(logger):
        logger.propagate = True


def _give_up(logger: logging.Logger) -> bool:
    writes = [one for one in logger.handlers if _to_terminal(one)]
    for one in writes:
        logger.removeHandler(one)
    return bool(writes)


def _to_terminal(handler: logging.Handler) -> bool:
    return isinstance(handler, logging.StreamHandler) and handler.stream in (
        sys.stderr,
        sys.stdout,
        sys.__stderr__,
        sys.__stdout__,
    )


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("phatngon").critical(
        "the process ends by an error", exc_info=(kind, error, trace)
    )
