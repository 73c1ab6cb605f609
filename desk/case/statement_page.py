"""An incident's statements: read, edited, laid before approvers, corrected, withdrawn."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from crisis.model.delivery import DeliveryState
from crisis.model.errors import BadInput, NotFound, Stale
from crisis.model.statement import Lifecycle, Variant
from crisis.model.words import words
from crisis.office.case import Standing
from crisis.office.office import Office
from crisis.office.statement import editing, resending
from crisis.office.statement.audience import OUTLET_WORDS
from crisis.office.statement.editing import Amends, Edit
from crisis.records import person, wording
from crisis.records.act import Act
from crisis.records.schema.statement import StatementRow
from crisis.writing.view import clean
from desk.case.act import Order, perform
from desk.case.frame import shown, standing_of
from desk.case.statement_view import sheet_of
from desk.case.words import DELIVERY_WORDS, FINDING_WORDS
from desk.door.app_state import office_of, reading
from desk.door.failed_form import Failed
from desk.door.form import Form, whole
from desk.door.gate import Person
from desk.door.word_diff import changed

LONGEST = 20_000
NO_STATEMENT = words("Không có phát ngôn này.", "There is no such statement.")
EDITABLE = frozenset({Lifecycle.DRAFT, Lifecycle.PENDING, Lifecycle.APPROVED})

router = APIRouter(include_in_schema=False, prefix="/vu-viec/{code}")


@router.get("/phat-ngon")
async def page(request: Request, signed: Person, code: str) -> Response:
    """The statements of the incident."""
    return await statements(request, code, None)


@router.get("/phat-ngon/{statement_id}")
async def single(request: Request, signed: Person, code: str, statement_id: str) -> Response:
    """One statement of the incident."""
    return await statements(request, code, None, only=statement_id)


async def statements(
    request: Request, code: str, failed: Failed | None, *, only: str = ""
) -> Response:
    """The statements, newest first, with a form that was refused as it was typed."""
    office = office_of(request)
    async with reading(office) as act:
        standing = await standing_of(office, act, code)
        rows = [row for row in reversed(standing.statements) if only in {"", row.id}]
        if only and not rows:
            raise NotFound(NO_STATEMENT)
        sheets = [await sheet_of(act.session, row) for row in rows]
        values = {
            "now": act.now,
            "sheets": sheets,
            "names": await person.names(act.session),
            "changed": changed,
            "editable": {stage.value for stage in EDITABLE},
            "deliveries": DELIVERY_WORDS,
            "findings": FINDING_WORDS,
            "delivery_of": DeliveryState,
            "outlets": OUTLET_WORDS,
            "stale": failed is not None and isinstance(failed.error, Stale),
            "can_draft": _can_draft(standing),
        }
    return shown(request, "incident_statements.html", standing, values, failed)


def _can_draft(standing: Standing) -> bool:
    """Whether a new final statement may be drafted from what was found."""
    decision = standing.case.decision
    in_hand = {
        Lifecycle.PENDING.value,
        Lifecycle.APPROVED.value,
        Lifecycle.PUBLISHING.value,
    }
    busy = any(row.lifecycle in in_hand for row in standing.statements)
    return decision.kind is not None and not decision.holding and not busy


async def _edit(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = _statement(standing, form)
    seen = form.text("seen")
    variants = await _variants(act, row, form)
    submits = form.text("then") == "submit"
    if seen == str(row.current) and await wording.is_current(act.session, row, variants):
        if not submits:
            raise BadInput(_UNCHANGED, field="note")
        await editing.submit(act, standing, row)
        return
    change = Edit(
        seen=whole(seen, 0),
        variants=variants,
        note=form.text("note")[:500],
    )
    await editing.edit(act, standing, row, change)
    if submits:
        await editing.submit(act, standing, row)


_UNCHANGED = words(
    "Nội dung chưa thay đổi nên không lập bản mới.", "Nothing has changed: no version was written."
)


async def _submit(office: Office, act: Act, standing: Standing, form: Form) -> None:
    row = _statement(standing, form)
    if form.text("seen") != str(row.current):
        raise Stale(
            words(
                "Dự thảo vừa có bản mới. Xin đọc lại rồi trình.",
                "The draft has a newer version. Please read it, then submit.",
            )
        )
    await editing.submit(act, standing, row)


async def _anew(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await editing.draft_anew(office, act, standing)


async def _correct(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await _amend(act, standing, form, withdrawal=False)


async def _withdraw(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await _amend(act, standing, form, withdrawal=True)


async def _amend(act: Act, standing: Standing, form: Form, *, withdrawal: bool) -> None:
    row = _statement(standing, form)
    amends = Amends(
        reason=form.text("reason"),
        variants=await _variants(act, row, form),
        withdrawal=withdrawal,
    )
    await editing.amend_published(act, standing, row, amends)


async def _send_again(office: Office, act: Act, standing: Standing, form: Form) -> None:
    await resending.send_again(office, act, standing, form.key("row"))


def _statement(standing: Standing, form: Form) -> StatementRow:
    row = next((row for row in standing.statements if row.id == form.text("row")), None)
    if row is None:
        raise NotFound(NO_STATEMENT)
    return row


async def _variants(act: Act, row: StatementRow, form: Form) -> tuple[Variant, ...]:
    """The texts of the form, one for each place of the present version. Raises BadInput."""
    _, before = await wording.version_of(act.session, row.id, row.current)
    return tuple(_variant(form, one) for one in before)


def _variant(form: Form, before: Variant) -> Variant:
    key = f"{before.outlet}-{before.language.value}"
    title = " ".join(clean(form.get(f"title-{key}", "")).split())
    body = clean(form.get(f"body-{key}", "")).strip()
    if not title or not body or len(title) + len(body) > LONGEST:
        raise BadInput(
            words(
                "Mỗi kênh cần tiêu đề và nội dung, không quá 20.000 ký tự.",
                "Every channel needs a title and a text of at most 20,000 characters.",
            ),
            field=f"body-{key}",
        )
    return Variant(outlet=before.outlet, language=before.language, title=title, body=body)


TAB = "/phat-ngon"
ORDERS = {
    "sua": Order(name="edit", do=_edit, show=statements, tab=TAB),
    "trinh": Order(name="submit", do=_submit, show=statements, tab=TAB),
    "soan-moi": Order(name="anew", do=_anew, show=statements, tab=TAB),
    "dinh-chinh": Order(name="correct", do=_correct, show=statements, tab=TAB),
    "gui-lai": Order(name="resend", do=_send_again, show=statements, tab=TAB),
    "rut-lai": Order(name="withdraw", do=_withdraw, show=statements, tab=TAB),
}


@router.post("/phat-ngon/{what}")
async def take(request: Request, signed: Person, code: str, what: str) -> Response:
    """Do what a form of this page asks for. Raises NotFound for an unknown act."""
    order = ORDERS.get(what)
    if order is None:
        raise NotFound(words("Không có trang này.", "There is no such page."))
    return await perform(request, signed, code, order)
