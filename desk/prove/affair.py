"""An affair of a campaign: one of the example stories under a title of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crisis.model.drill_part import Answer
from crisis.model.drill_script import DrillStep
from crisis.model.report import ReportIn
from crisis.model.statement import Lifecycle
from desk.drill.demo_plan import HOUSE, Story

STORIES = ("01", "04", "02")
REMEDY_BY = date(2027, 6, 30)
"""Later than any office time of a campaign: the stories' own dates have passed by then."""

Dossier = dict[str, Any]
Marks = dict[str, str]

TASK_DONE = {
    "acknowledge": frozenset({"acknowledged", "answered"}),
    "answer": frozenset({"answered"}),
}
LEFT = frozenset({Lifecycle.DRAFT.value, Lifecycle.REJECTED.value})
ACTIONS: Marks = {
    "acknowledge": "assignment.acknowledged",
    "answer": "assignment.answered",
    "decline": "assignment.declined",
    "pass_on": "assignment.passed_on",
    "ask_back": "assignment.question_asked",
    "approve": "approval.given",
    "return": "statement.returned",
    "close": "incident.closed",
}
"""The ledger entry that each deed leaves; one deed, one entry."""


@dataclass(frozen=True, kw_only=True)
class Affair:
    """What is reported, and what people do about it, step by step."""

    number: int
    report: ReportIn
    steps: tuple[DrillStep, ...]
    publishes: tuple[str, ...]


def affair(number: int, story: str) -> Affair:
    """The affair `number`, played after `story`."""
    told = Story.read(HOUSE / "examples" / "answers" / f"{story}.yaml")
    title = f"{told.report.title} (vụ {number})"
    link = f"{told.report.link}?vu={number}" if told.report.link else None
    return Affair(
        number=number,
        report=told.report.model_copy(update={"title": title, "link": link}),
        steps=tuple(_in_time(step) for step in told.script.steps),
        publishes=tuple(kind.value for kind in told.script.publishes),
    )


def _in_time(step: DrillStep) -> DrillStep:
    details = step.details
    if not isinstance(details, Answer) or details.remedy_by is None:
        return step
    later = details.model_copy(update={"remedy_by": REMEDY_BY})
    return step.model_copy(update={"details": later})


@dataclass(frozen=True, kw_only=True, slots=True)
class Standpoint:
    """An incident as someone sees it who is about to act: their agency, address and user id."""

    dossier: Dossier
    agency: str = ""
    email: str = ""
    user: str = ""

    def _entries(self, action: str) -> list[Dossier]:
        return [one["data"] for one in self.dossier["timeline"] if one["action"] == action]

    def _tasks(self) -> list[str]:
        return [t["status"] for t in self.dossier["tasks"] if t["agency"] == self.agency]

    def _stands(self, agency: str) -> bool:
        tasks = self.dossier["tasks"]
        return any(t["agency"] == agency and t["status"] != "declined" for t in tasks)

    def _lifecycle(self) -> str:
        statements = self.dossier["statements"]
        return str(statements[-1]["lifecycle"]) if statements else ""

    def is_done(self, step: DrillStep) -> bool:
        """Whether the step has been done, by whoever."""
        match step.does:
            case "triage":
                return bool(self.dossier["stage"] != "candidate")
            case "acknowledge" | "answer":
                return bool(TASK_DONE[step.does].intersection(self._tasks()))
            case "assign":
                return self._stands(step.details.lead)
            case "draft":
                return self._lifecycle() not in {"", *LEFT}
            case "approve":
                return any(one["person"] == self.user for one in self._entries("approval.given"))
            case other:
                return bool(self._entries(ACTIONS[other]))

    def may_do(self, step: DrillStep) -> bool:
        """Whether what the person needs is there: the task's mail, the request, the publication."""
        match step.does:
            case "acknowledge" | "answer" | "decline" | "pass_on" | "ask_back":
                return any(
                    m["to"] == self.email and m["state"] == "sent" for m in self.dossier["mails"]
                )
            case "assign":
                return "declined" in {task["status"] for task in self.dossier["tasks"]}
            case "draft":
                return bool(self._lifecycle())
            case "approve" | "return":
                asked = self._entries("approval.requested")
                pending = self._lifecycle() == Lifecycle.PENDING.value
                return pending and any(one["person"] == self.user for one in asked)
            case "close":
                return bool(self.dossier["stage"] == "published")
            case _:
                return True
