"""Any sequence of people's acts and of ripe steps: what can never happen to an incident.

The machine below is an office in memory. It moves only by the tables and rules of the model, the
way the steps of the playbook do, and people act between any two steps.
"""

from dataclasses import dataclass, replace
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crisis.model.approval import Given, Subject, check_four_eyes, complete
from crisis.model.claim import Claim, Conclusion, Evidence, Finding, conclude
from crisis.model.incident import ENDED, Stage, check_move, may_move
from crisis.model.outlook import Case, StatementView, Wait, Work, outlook
from crisis.model.rule import (
    inv1_evidence_for_each_contested_claim,
    inv2_true_report_is_acknowledged,
)
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind, check_lifecycle
from crisis.model.verdict import Verdict
from crisis.model.words import words

SAID = words("Đã kiểm tra", "Inspected")
PAPER = Evidence(
    id="e", title="Biên bản", sha256="ab" * 32, holder="sở", issued_on=None, issuer="thanh-tra"
)
STEPS = ("chief", "chair")
ROUNDS = 20


@dataclass
class Told:
    """A claim with its facts and the newest finding about it."""

    claim: Claim
    assigned: bool = False
    finding: Finding | None = None

    @property
    def conclusion(self) -> Conclusion:
        found = [self.finding] if self.finding else []
        return conclude(self.claim, found, lambda _one, _other: False)


@dataclass
class Text:
    """A statement on its way, with what was signed."""

    id: str
    kind: StatementKind
    amends: bool = False
    lifecycle: Lifecycle = Lifecycle.DRAFT
    version: int = 1
    asked: int = 0
    owed: int = 0
    signed: tuple[Given, ...] = ()

    def goes(self, there: Lifecycle) -> None:
        check_lifecycle(self.lifecycle, there)
        self.lifecycle = there

    @property
    def subject(self) -> Subject:
        return Subject(
            statement=self.id,
            version=self.version,
            kind=self.kind,
            exercise=False,
            variants=(),
            authors=frozenset({"hà"}),
        )

    @property
    def view(self) -> StatementView:
        pending = self.lifecycle is Lifecycle.PENDING
        return StatementView(
            id=self.id,
            kind=self.kind,
            lifecycle=self.lifecycle,
            amends=self.amends,
            unasked_step=pending and self.asked <= len(self.signed),
            deliveries_due=self.owed > 0,
            deliveries_open=self.owed > 0,
        )


YES = st.sampled_from([True, True, True, False])


class Office(RuleBasedStateMachine):
    """One incident, its people, and the run that does whatever is ripe."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage.CANDIDATE
        self.severity = Severity.S2
        self.down = False
        self.claims: list[Told] = []
        self.texts: list[Text] = []

    @property
    def case(self) -> Case:
        facts = [t for t in self.claims if not (t.claim.opinion or t.claim.out_of_scope)]
        unassigned = [t.claim.id for t in facts if not t.assigned]
        return Case(
            stage=self.stage,
            severity=self.severity,
            conclusions=tuple(told.conclusion for told in self.claims),
            unassigned=tuple(unassigned),
            unresolved=(),
            statements=tuple(text.view for text in self.texts),
        )

    def move(self, there: Stage) -> None:
        check_move(self.stage, there, reason="có lý do")
        self.stage = there

    # Steps of the playbook

    def reverify(self) -> None:
        again, stale = self.case.verifies_again, {view.id for view in self.case.stale}
        for text in self.texts:
            if text.id in stale:
                text.goes(Lifecycle.EXPIRED)
        if again:
            self.move(Stage.VERIFYING)

    def assign(self) -> None:
        for told in self.claims:
            told.assigned = told.assigned or told.claim.id in self.case.unassigned
        if self.stage is Stage.OPEN:
            self.move(Stage.VERIFYING)

    def hold(self) -> None:
        self._submit(self._write(StatementKind.HOLDING))

    def draft(self) -> None:
        kind = self.case.decision.kind
        assert kind is not None
        text = self._write(kind)
        if self.stage is Stage.OPEN:
            self.move(Stage.VERIFYING)
        if self.stage is Stage.VERIFYING:
            self.move(Stage.DRAFTING)
        self._submit(text)

    def ask_approval(self) -> None:
        for text in self.texts:
            if self.case.may_go_on(text.view) and text.view.unasked_step:
                text.asked = len(text.signed) + 1

    def publish(self) -> None:
        for text in self.texts:
            if text.lifecycle is Lifecycle.APPROVED and self.case.may_go_on(text.view):
                assert complete(text.subject, STEPS, text.signed), "published without approval"
                known = {told.conclusion.verdict for told in self.claims}
                final = text.kind is not StatementKind.HOLDING and not text.amends
                assert not (final and Verdict.UNVERIFIED_YET in known), "published unverified"
                text.goes(Lifecycle.PUBLISHING)
                text.owed = 2
                if self.stage is Stage.APPROVING and text.kind is not StatementKind.HOLDING:
                    self.move(Stage.PUBLISHING)

    def deliver(self) -> None:
        for text in self.texts:
            text.owed = max(0, text.owed - 1)

    def settle(self) -> None:
        for text in self.texts:
            if text.lifecycle is Lifecycle.PUBLISHING and not text.owed:
                text.goes(Lifecycle.PUBLISHED)
                if text.kind is not StatementKind.HOLDING and self.stage is Stage.PUBLISHING:
                    self.move(Stage.PUBLISHED)

    def _write(self, kind: StatementKind, *, amends: bool = False) -> Text:
        self.texts.append(Text(id=f"s-{len(self.texts)}", kind=kind, amends=amends))
        return self.texts[-1]

    def _submit(self, text: Text) -> None:
        final = text.kind is not StatementKind.HOLDING
        if final and not text.amends:
            inv1_evidence_for_each_contested_claim(text.kind, self.case.conclusions)
            inv2_true_report_is_acknowledged(text.kind, self.case.conclusions, self.severity)
        text.goes(Lifecycle.PENDING)
        if final and self.stage is Stage.DRAFTING:
            self.move(Stage.APPROVING)

    # People

    @initialize(severity=st.sampled_from(sorted(Severity)))
    def is_reported_and_confirmed(self, severity: Severity) -> None:
        self.severity = severity
        self.reports("fact")
        self.move(Stage.OPEN)

    @rule(kind=st.sampled_from(["fact", "own conduct", "opinion"]))
    def reports(self, kind: str) -> None:
        n = len(self.claims) + 1
        about = "ban-qlda" if kind == "own conduct" else None
        claim = Claim(id=f"c-{n}", number=n, text=SAID, about=about, opinion=kind == "opinion")
        self.claims.append(Told(claim=claim))
        self.run()

    @rule(verdict=st.sampled_from(sorted(Verdict)), proven=YES, all_=YES)
    def answers(self, verdict: Verdict, *, proven: bool, all_: bool) -> None:
        asked = [told for told in self.claims if told.assigned]
        for told in asked if all_ else asked[-1:]:
            told.finding = Finding(
                id="f",
                agency="ban-qlda",
                person="Cường",
                verdict=verdict,
                explanation=SAID,
                evidence=(PAPER,) if proven else (),
            )
        self.run()

    @rule(data=st.data(), fact=st.sampled_from(["opinion", "out_of_scope", "under_investigation"]))
    def classifies(self, data: st.DataObject, fact: str) -> None:
        told = data.draw(st.sampled_from(self.claims))
        told.claim = replace(told.claim, **{fact: not getattr(told.claim, fact)})
        self.run()

    @rule(severity=st.sampled_from(sorted(Severity)))
    def judges(self, severity: Severity) -> None:
        self.severity = severity
        self.run()

    @rule(there=st.sampled_from([Stage.OPEN, Stage.VERIFYING, Stage.MONITORING, *sorted(ENDED)]))
    def steers(self, there: Stage) -> None:
        at_rest = ENDED | {Stage.CANDIDATE, Stage.MONITORING}
        if may_move(self.stage, there) and (self.stage in at_rest) is (there not in at_rest):
            self.move(there)
            self.run()

    @rule(people=st.lists(st.sampled_from(["lan", "sơn", "an"]), unique=True), well=YES)
    def decide(self, people: list[str], *, well: bool) -> None:
        for text, who in product([t for t in self.texts if t.view.lifecycle == "pending"], people):
            self.ask_approval()
            if text.lifecycle is not Lifecycle.PENDING or text.asked <= len(text.signed):
                continue
            check_four_eyes(text.subject, who, text.signed)
            if not well:
                self._taken_back(text)
                continue
            subject = text.subject
            text.signed += (
                Given(step=text.asked, person=who, version=text.version, digest=subject.digest),
            )
            if complete(subject, STEPS, text.signed):
                text.goes(Lifecycle.APPROVED)
        self.run()

    def _taken_back(self, text: Text) -> None:
        text.goes(Lifecycle.DRAFT)
        text.version, text.asked, text.signed = text.version + 1, 0, ()
        if text.kind is not StatementKind.HOLDING and self.stage is Stage.APPROVING:
            self.move(Stage.DRAFTING)

    @rule(submit=st.booleans())
    def edits(self, *, submit: bool) -> None:
        for text in self.texts:
            if text.lifecycle in {Lifecycle.PENDING, Lifecycle.APPROVED}:
                self._taken_back(text)
            if submit and text.lifecycle is Lifecycle.DRAFT and self.case.may_go_on(text.view):
                self._submit(text)
        self.run()

    @precondition(lambda self: self.stage is Stage.PUBLISHED)
    @rule()
    def corrects_an_own_error(self) -> None:
        out = next(t for t in self.texts if t.lifecycle is Lifecycle.PUBLISHED)
        self.move(Stage.DRAFTING)
        self._submit(self._write(out.kind, amends=True))
        self.run()

    # The run

    @rule(down=st.booleans())
    def engine(self, *, down: bool) -> None:
        """While the engine is down people go on working, and wake-ups wait."""
        self.down = down

    def teardown(self) -> None:
        self.down = False
        self.run()

    @rule()
    def run(self) -> None:
        if self.down:
            return
        for _ in range(ROUNDS):
            before = outlook(self.case)
            for work in Work:
                if work in outlook(self.case).ripe:
                    getattr(self, work.value)()
            after = outlook(self.case)
            if not after.ripe or after == before:
                break
        assert not after.ripe, f"{sorted(after.ripe)} never ends"

    @invariant()
    def an_ended_incident_rests(self) -> None:
        seen = outlook(self.case)
        if self.stage in ENDED | {Stage.CANDIDATE}:
            assert not seen.ripe
        assert (seen.wait is Wait.NOTHING) is (self.stage in ENDED)

    @invariant()
    def no_final_kind_is_ripe_with_an_unverified_claim(self) -> None:
        unknown = any(t.conclusion.verdict is Verdict.UNVERIFIED_YET for t in self.claims)
        finals = [t for t in self.texts if t.kind is not StatementKind.HOLDING and not t.amends]
        if unknown:
            assert Work.DRAFT not in outlook(self.case).ripe
            assert not any(self.case.may_go_on(t.view) for t in finals)

    @invariant()
    def a_holding_statement_alone_never_brings_an_incident_past_verifying(self) -> None:
        finals = [t for t in self.texts if t.kind is not StatementKind.HOLDING]
        if not finals:
            past = {Stage.DRAFTING, Stage.APPROVING, Stage.PUBLISHING, Stage.PUBLISHED}
            assert self.stage not in past

    @invariant()
    def whatever_is_out_was_approved_for_these_very_bytes(self) -> None:
        out = {Lifecycle.APPROVED, Lifecycle.PUBLISHING, Lifecycle.PUBLISHED}
        for text in self.texts:
            if text.lifecycle in out:
                assert complete(text.subject, STEPS, text.signed)


Office.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestOffice = Office.TestCase
