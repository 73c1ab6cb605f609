"""The content that ships with the house loads, fits together, and the examples end as told."""

from datetime import date, datetime
from pathlib import Path

import pytest

from crisis.model.agency import Relation
from crisis.model.claim import Claim, Conclusion, Evidence, Finding, conclude
from crisis.model.contact import Contact, ContactBook, OfficePerson
from crisis.model.decision import decide
from crisis.model.directory import Directory
from crisis.model.drill_script import AnswerStep, DrillScript, DrillStep, TriageStep
from crisis.model.moment import LOCAL
from crisis.model.playbook import Playbook
from crisis.model.report import ClaimKind, ReportIn
from crisis.model.resolution import resolve
from crisis.model.role import APPROVING, Role
from crisis.model.severity import with_floors
from crisis.model.statement import StatementKind
from crisis.model.verdict import Verdict
from crisis.writing.content_file import ContentErrors, parse_content, read_content

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DIRECTORY = read_content(ROOT / "playbooks/directory.yaml", Directory)
PLAYBOOK = read_content(ROOT / "playbooks/press-report.yaml", Playbook)
BOOK = read_content(EXAMPLES / "contacts.yaml", ContactBook)
SCRIPTS = {path.stem: path for path in sorted((EXAMPLES / "answers").glob("*.yaml"))}
REPORTS = sorted(EXAMPLES.glob("0*.yaml"))


@pytest.fixture(params=SCRIPTS.values(), ids=SCRIPTS.keys())
def script(request: pytest.FixtureRequest) -> DrillScript:
    return read_content(request.param, DrillScript)


def report_of(script: DrillScript) -> ReportIn:
    return read_content(EXAMPLES / script.report, ReportIn)


def day_of(instant: datetime) -> date:
    return instant.astimezone(LOCAL).date()


def agency_of(step: DrillStep) -> str:
    person = BOOK.person(step.who)
    assert isinstance(person, Contact)
    return person.agency


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_report_loads_and_names_real_topics_places_and_agencies(path: Path) -> None:
    report = read_content(path, ReportIn)
    found = resolve(
        DIRECTORY, topics=report.topics, places=report.places, on=day_of(report.published_at)
    )
    assert found.lead is not None
    assert not found.unresolved
    assert report.claims
    assert all(DIRECTORY.knows(c.about_agency) for c in report.claims if c.about_agency)


@pytest.mark.parametrize("path", REPORTS[1:], ids=lambda path: path.stem)
def test_every_report_but_the_real_one_is_marked_as_invented(path: Path) -> None:
    report = read_content(path, ReportIn)
    assert "giả định" in report.outlet.name
    assert report.link is not None
    assert ".example/" in report.link


def test_the_real_report_has_its_title_outlet_and_date_and_no_quotation() -> None:
    report = read_content(REPORTS[0], ReportIn)
    assert report.title == "Một trường tiểu học ở Quảng Trị cứ mưa là bị cảnh ao tù, nước đọng"
    assert report.outlet.id == "plo"
    assert day_of(report.published_at) == date(2025, 10, 19)
    assert report.quotation is None
    assert "3570/VP-CTXD" in (report.note or "")


def test_a_script_begins_when_its_report_is_received_and_names_people_who_exist(
    script: DrillScript,
) -> None:
    assert script.starts_at == report_of(script).received_at
    assert all(BOOK.person(step.who) for step in script.steps)


def test_office_steps_are_taken_by_the_office_and_agency_steps_by_agencies(
    script: DrillScript,
) -> None:
    for step in script.steps:
        person = BOOK.person(step.who)
        if step.does in {"triage", "assign", "draft", "close"}:
            assert isinstance(person, OfficePerson)
            assert Role.COORDINATOR in person.roles
        elif step.does in {"approve", "return", "reject"}:
            assert isinstance(person, OfficePerson)
            assert set(person.roles) & set(APPROVING)
        else:
            assert isinstance(person, Contact)
            assert DIRECTORY.agency(person.agency, day_of(script.starts_at)) is not None


def test_everyone_who_answers_was_assigned(script: DrillScript) -> None:
    report = report_of(script)
    found = resolve(
        DIRECTORY, topics=report.topics, places=report.places, on=day_of(script.starts_at)
    )
    assert found.lead is not None
    assigned = {found.lead.id, *(agency.id for agency in found.coordinating)}
    for step in script.steps:
        if step.does == "assign":
            assigned |= {step.details.lead, *step.details.coordinating}
        elif step.does == "decline":
            assert agency_of(step) in assigned
            assert DIRECTORY.knows(step.details.names)
        elif step.does == "answer":
            assert agency_of(step) in assigned
            assert DIRECTORY.agency(agency_of(step), day_of(script.starts_at)).relation is (  # type: ignore[union-attr]
                Relation.SUBORDINATE
            )


def findings_before(script: DrillScript, last: DrillStep) -> dict[int, dict[str, Finding]]:
    """Per claim number the latest finding of each agency at the time of a step."""
    found: dict[int, dict[str, Finding]] = {}
    for step in script.steps[: script.steps.index(last)]:
        if isinstance(step, AnswerStep):
            for answer in step.details.claims:
                agency = agency_of(step)
                evidence = tuple(
                    Evidence(
                        id=e.file,
                        title=e.title,
                        sha256="00" * 32,
                        holder=e.holder,
                        issued_on=e.issued_on,
                        issuer=e.issuer,
                    )
                    for e in answer.evidence
                )
                found.setdefault(answer.claim, {})[agency] = Finding(
                    id=f"{agency}-{answer.claim}",
                    agency=agency,
                    person=step.who,
                    verdict=answer.verdict,
                    explanation=answer.explanation,
                    evidence=evidence,
                )
    return found


def conclusions(script: DrillScript, last: DrillStep) -> list[Conclusion]:
    found = findings_before(script, last)
    return [
        conclude(
            Claim(
                id=str(n),
                number=n,
                text=claim.text,
                about=claim.about_agency if claim.conduct else None,
                opinion=claim.kind is ClaimKind.OPINION,
            ),
            list(found.get(n, {}).values()),
            DIRECTORY.subordinate,
        )
        for n, claim in enumerate(report_of(script).claims, start=1)
    ]


def test_each_draft_is_of_the_kind_that_the_verdicts_demand(script: DrillScript) -> None:
    report = report_of(script)
    triage = next(step for step in script.steps if isinstance(step, TriageStep))
    severity = with_floors(triage.details.severity, report.all_floors | triage.details.floors)
    drafted = []
    for step in script.steps:
        if step.does == "draft":
            assert decide(conclusions(script, step), severity).kind is step.details.kind
            drafted.append(step.details.kind)
    assert list(dict.fromkeys(drafted)) == list(script.publishes)


def test_every_statement_gets_the_signatures_that_the_playbook_asks_for(
    script: DrillScript,
) -> None:
    triage = next(step for step in script.steps if isinstance(step, TriageStep))
    signed: list[Role] = []
    waiting: StatementKind | None = None
    for step in script.steps:
        if step.does == "draft":
            signed, waiting = [], step.details.kind
        elif step.does == "approve" and waiting is not None:
            chain = PLAYBOOK.approval_steps(triage.details.severity, waiting)
            wanted = Role(chain[len(signed)].role)
            assert wanted in BOOK.person(step.who).roles  # type: ignore[union-attr]
            signed.append(wanted)
            waiting = None if len(signed) == len(chain) else waiting
    assert waiting is None


def test_the_fourth_example_has_four_verdicts_a_refusal_and_a_return() -> None:
    fourth = read_content(SCRIPTS["04"], DrillScript)
    drafts = [step for step in fourth.steps if step.does == "draft"]
    assert {c.verdict for c in conclusions(fourth, drafts[0])} == {
        Verdict.ACCURATE,
        Verdict.PARTLY_ACCURATE,
        Verdict.INACCURATE,
        Verdict.OUT_OF_CONTEXT,
    }
    assert {"decline", "return"} <= {step.does for step in fourth.steps}
    assert len(drafts) == 2


def test_a_script_whose_steps_go_back_in_time_is_refused_at_the_line() -> None:
    text = SCRIPTS["02"].read_text("utf8").replace("at: 2h20m", "at: 5m")
    with pytest.raises(ContentErrors) as error:
        parse_content(text, DrillScript, name="02.yaml")
    assert "steps[6].at" in str(error.value)
