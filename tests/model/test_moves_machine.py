"""Any sequence of people's acts and of ripe steps: what can never happen to an incident.

The machine is an office in memory: it moves only by the tables and rules of the model, as the steps
of the playbook do; people act in any order, also while the engine is down."""

from dataclasses import dataclass, replace
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crisis.model.approval import Given, Subject, check_four_eyes, complete
from crisis.model.claim import Claim, Evidence, Finding, conclude
from crisis.model.gate import carried
from crisis.model.incident import ENDED, Stage, check_move, may_move
from crisis.model.outlook import Case, Wait, Work, outlook
from crisis.model.severity import Severity
from crisis.model.statement import Lifecycle, StatementKind, check_lifecycle
from crisis.model.statement_view import StatementView
from crisis.model.verdict import Verdict
from crisis.model.words import words

SAID = words("Đã kiểm tra", "Inspected")
PAPER = Evidence(
    id="e", title="Biên bản", sha256="ab" * 32, holder="sở", issued_on=None, issuer="thanh-tra"
)
FOUND = Finding(
    id="f", agency="ban-qlda", person="Cường", verdict=Verdict.ACCURATE, explanation=SAID
)
STEPS = ("chief", "chair")
YES = st.sampled_from([True, True, True, False])
AT_REST = ENDED | {Stage.CANDIDATE, Stage.MONITORING}


@dataclass
class Text:
    """A statement on its way, with what was signed and what is owed to outlets."""

    id: str
    kind: StatementKind
    amends: bool = False
    withdraws: bool = False
    lifecycle: Lifecycle = Lifecycle.DRAFT
    version: int = 1
    asked: int = 0
    owed: int = 0
    signed: tuple[Given, ...] = ()

    def goes(self, there: Lifecycle) -> None:
        check_lifecycle(self.lifecycle, there)
        self.lifecycle = there

    @property
    def final(self) -> bool:
        return self.kind is not StatementKind.HOLDING

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
        return StatementView(
            id=self.id,
            kind=self.kind,
            lifecycle=self.lifecycle,
            amends=self.amends,
            withdraws=self.withdraws,
            unasked_step=self.asked <= len(self.signed),
            deliveries_open=self.owed > 0,
        )


class Office(RuleBasedStateMachine):
    """One incident, its people, and the run that does whatever is ripe."""

    def __init__(self) -> None:
        super().__init__()
        self.stage, self.severity, self.down = Stage.CANDIDATE, Severity.S2, False
        self.claims: dict[str, Claim] = {}
        self.assigned: set[str] = set()
        self.found: dict[str, tuple[Finding, ...]] = {}
        self.texts: list[Text] = []

    @property
    def case(self) -> Case:
        facts = [c.id for c in self.claims.values() if not (c.opinion or c.out_of_scope)]
        concluded = (
            conclude(c, self.found.get(key, ()), lambda *_: False) for key, c in self.claims.items()
        )
        return Case(
            stage=self.stage,
            severity=self.severity,
            conclusions=tuple(concluded),
            unassigned=tuple(c for c in facts if c not in self.assigned),
            unresolved=(),
            statements=tuple(text.view for text in self.texts),
        )

    def move(self, there: Stage) -> None:
        check_move(self.stage, there, reason="vì")
        self.stage = there

    def reverify(self) -> None:
        again, stale = self.case.verifies_again, {view.id for view in self.case.stale}
        for text in self.texts:
            if text.id in stale:
                text.goes(Lifecycle.EXPIRED)
        if again:
            self.move(Stage.VERIFYING)

    def assign(self) -> None:
        self.assigned |= set(self.case.unassigned)
        if self.stage is Stage.OPEN:
            self.move(Stage.VERIFYING)

    def hold(self) -> None:
        self._submit(self._write(StatementKind.HOLDING))

    def draft(self) -> None:
        assert self.case.decision.kind is not None
        self._submit(self._write(self.case.decision.kind))

    def ask_approval(self) -> None:
        for text in self.texts:
            if text.lifecycle is Lifecycle.PENDING and self.case.may_go_on(text.view):
                text.asked = len(text.signed) + 1

    def publish(self) -> None:
        for text in self.texts:
            if text.lifecycle is Lifecycle.APPROVED and self.case.may_go_on(text.view):
                assert complete(text.subject, STEPS, text.signed), "published without approval"
                if text.final and not text.amends:
                    assert not self.case.decision.holding, "published unverified"
                    assert self.stage is Stage.APPROVING, "its incident stays behind"
                assert text.withdraws or text.kind not in self.case.decision.forbidden, "a denial"
                text.goes(Lifecycle.PUBLISHING)
                text.owed = 2
                if self.stage is Stage.APPROVING and text.final:
                    self.move(Stage.PUBLISHING)

    def deliver(self) -> None:
        for text in self.texts:
            text.owed = max(0, text.owed - 1)

    def settle(self) -> None:
        for text in self.texts:
            if text.lifecycle is Lifecycle.PUBLISHING and not text.owed:
                text.goes(Lifecycle.PUBLISHED)
                if text.final and self.stage is Stage.PUBLISHING:
                    self.move(Stage.PUBLISHED)

    def may_say(self, text: Text) -> bool:
        return text.withdraws or carried(text.kind, self.case.conclusions, self.severity)

    def _write(self, kind: StatementKind, **amends: bool) -> Text:
        self.texts.append(Text(id=f"s-{len(self.texts)}", kind=kind, **amends))
        return self.texts[-1]

    def _submit(self, text: Text) -> None:
        assert self.may_say(text), "submitted against what was found"
        text.goes(Lifecycle.PENDING)
        if text.final and not text.amends:
            for here, there in ((Stage.OPEN, Stage.VERIFYING), (Stage.VERIFYING, Stage.DRAFTING)):
                if self.stage is here:
                    self.move(there)
        if text.final and self.stage is Stage.DRAFTING:
            self.move(Stage.APPROVING)

    def run(self) -> None:
        """What the flow does on a wake-up: walk through the playbook until nothing is ripe."""
        for _ in range(0 if self.down else 20):
            for work in Work:
                if work in outlook(self.case).ripe:
                    getattr(self, work.value)()
            if not outlook(self.case).ripe:
                assert self.stage in AT_REST or not self.case.unassigned, "a claim is left lying"
                return
        assert self.down, f"{sorted(outlook(self.case).ripe)} never ends"

    @initialize(severity=st.sampled_from(sorted(Severity)))
    def opens(self, severity: Severity) -> None:
        self.severity = severity
        self.reports("fact")
        self.move(Stage.OPEN)

    @rule(down=st.booleans())
    def engine(self, *, down: bool) -> None:
        self.down = down
        self.run()

    @rule(kind=st.sampled_from(["fact", "own conduct", "opinion"]))
    def reports(self, kind: str) -> None:
        n, about = len(self.claims) + 1, "ban-qlda" if kind == "own conduct" else None
        claim = Claim(id=f"c-{n}", number=n, text=SAID, about=about, opinion=kind == "opinion")
        self.claims[claim.id] = claim
        self.run()

    @rule(verdict=st.sampled_from(sorted(Verdict)), proven=YES, all_=YES)
    def answers(self, verdict: Verdict, *, proven: bool, all_: bool) -> None:
        said = (replace(FOUND, verdict=verdict, evidence=(PAPER,) if proven else ()),)
        self.found |= dict.fromkeys(sorted(self.assigned)[0 if all_ else -1 :], said)
        self.run()

    @rule(data=st.data(), fact=st.sampled_from(["opinion", "out_of_scope", "under_investigation"]))
    def classifies(self, data: st.DataObject, fact: str) -> None:
        claim = data.draw(st.sampled_from(list(self.claims.values())))
        self.claims[claim.id] = replace(claim, **{fact: not getattr(claim, fact)})
        self.run()

    @rule(severity=st.sampled_from(sorted(Severity)))
    def judges(self, severity: Severity) -> None:
        self.severity = severity
        self.run()

    @rule(there=st.sampled_from([Stage.OPEN, Stage.VERIFYING, Stage.MONITORING, *sorted(ENDED)]))
    def steers(self, there: Stage) -> None:
        if may_move(self.stage, there) and (self.stage in AT_REST) is (there not in AT_REST):
            self.move(there)
            self.run()

    @rule(people=st.permutations(["lan", "sơn", "an"]), first=YES, well=YES)
    def decide(self, people: list[str], *, first: bool, well: bool) -> None:
        for text, who in product(self.texts[:], people[: 3 if first else 1]):
            if text.lifecycle is Lifecycle.PENDING and text.asked > len(text.signed):
                self._decides(text, who, well=well)
                self.run()

    def _decides(self, text: Text, who: str, *, well: bool) -> None:
        subject = text.subject
        if who in {given.person for given in text.signed} or not self.may_say(text):
            return
        check_four_eyes(subject, who, text.signed)
        if not well:
            self._taken_back(text)
            return
        one = Given(step=text.asked, person=who, version=text.version, digest=subject.digest)
        text.signed += (one,)
        if complete(subject, STEPS, text.signed):
            text.goes(Lifecycle.APPROVED)

    def _taken_back(self, text: Text) -> None:
        text.goes(Lifecycle.DRAFT)
        text.version, text.asked, text.signed = text.version + 1, 0, ()
        if text.final and self.stage is Stage.APPROVING:
            self.move(Stage.DRAFTING)

    @rule(submit=YES)
    def edits(self, *, submit: bool) -> None:
        for text in self.texts:
            if text.lifecycle in {Lifecycle.PENDING, Lifecycle.APPROVED}:
                self._taken_back(text)
            if submit and text.lifecycle is Lifecycle.DRAFT and self.case.may_go_on(text.view):
                self._submit(text)
        self.run()

    @precondition(lambda self: self.stage is Stage.PUBLISHED)
    @rule(withdraws=st.booleans())
    def puts_an_own_error_right(self, *, withdraws: bool) -> None:
        out = next(t for t in self.texts if t.lifecycle is Lifecycle.PUBLISHED)
        if withdraws or self.may_say(out):
            self.move(Stage.DRAFTING)
            self._submit(self._write(out.kind, amends=True, withdraws=withdraws))
            self.run()

    @invariant()
    def an_ended_incident_rests(self) -> None:
        seen = outlook(self.case)
        assert not (seen.ripe and self.stage in ENDED | {Stage.CANDIDATE})
        assert (seen.wait is Wait.NOTHING) is (self.stage in ENDED)

    @invariant()
    def no_final_kind_is_ripe_with_an_unverified_claim(self) -> None:
        if Verdict.UNVERIFIED_YET in {c.verdict for c in self.case.conclusions}:
            assert Work.DRAFT not in outlook(self.case).ripe
            finals = [t.view for t in self.texts if t.final and not t.amends]
            assert not any(self.case.may_go_on(view) for view in finals)

    @invariant()
    def a_holding_statement_alone_never_brings_an_incident_past_verifying(self) -> None:
        past = {Stage.DRAFTING, Stage.APPROVING, Stage.PUBLISHING, Stage.PUBLISHED}
        assert self.stage not in past or any(text.final for text in self.texts)

    @invariant()
    def whatever_is_out_was_approved_for_these_very_bytes(self) -> None:
        out = {Lifecycle.APPROVED, Lifecycle.PUBLISHING, Lifecycle.PUBLISHED}
        assert all(complete(t.subject, STEPS, t.signed) for t in self.texts if t.lifecycle in out)


Office.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestOffice = Office.TestCase
