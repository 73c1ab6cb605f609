"""What a person sees when something is refused or fails: one clear sentence, never a traceback."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as PlainHTTPException

from crisis.model.errors import (
    BadInput,
    NotAllowed,
    NotFound,
    OutsideFailure,
    PhatngonError,
    RuleBroken,
    Stale,
)
from crisis.model.words import Words, words
from desk.door.form import form_of
from desk.door.gate import SignInNeeded
from desk.door.page import render, speech_of

STATUS: tuple[tuple[type[PhatngonError], int], ...] = (
    (BadInput, 422),
    (NotFound, 404),
    (NotAllowed, 403),
    (RuleBroken, 409),
    (Stale, 409),
    (OutsideFailure, 503),
)
SECRET_FIELDS = frozenset({"csrf", "nonce", "password", "code"})

TITLES: dict[int, Words] = {
    401: words("Phiên làm việc đã hết", "Your session has ended"),
    403: words("Không được phép", "Not allowed"),
    404: words("Không tìm thấy", "Not found"),
    405: words("Không tìm thấy", "Not found"),
    409: words("Chưa thực hiện", "Not done"),
    413: words("Nội dung quá lớn", "Too large"),
    422: words("Cần bổ sung, sửa lại", "Please correct what you entered"),
    500: words("Hệ thống gặp lỗi", "Something went wrong"),
    503: words("Hệ thống bên ngoài không trả lời", "Another system does not answer"),
}
SENTENCES: dict[int, Words] = {
    403: words(
        "Biểu mẫu này được gửi từ một trang khác nên không được nhận.",
        "This form was sent from another site, so it is not taken.",
    ),
    404: words("Không có trang này.", "There is no such page."),
    413: words(
        "Nội dung gửi lên vượt quá dung lượng cho phép.", "What was sent is larger than is taken."
    ),
    500: words(
        "Việc vừa rồi chưa được thực hiện. Xin thử lại; nếu vẫn lỗi, báo người quản trị mã lỗi.",
        "It was not done. Please try again; if it fails again, tell the administrator this number.",
    ),
}


def status_of(error: PhatngonError) -> int:
    """The HTTP status of an error of the house."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


TOO_LARGE = 413


def add_error_pages(app: FastAPI) -> None:
    """Let the application answer every refusal in the reader's language."""
    app.add_exception_handler(PhatngonError, _house_error)  # type: ignore[arg-type]
    app.add_exception_handler(SignInNeeded, _sign_in)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _unreadable)  # type: ignore[arg-type]
    app.add_exception_handler(PlainHTTPException, _plain)  # type: ignore[arg-type]


async def refusal(request: Request, status: int, told: str) -> Response:
    """The page for a refusal that no route has seen; `told` is the id of an unknown error."""
    return _said(request, status, SENTENCES.get(status, SENTENCES[404]), told=told)


async def _house_error(request: Request, error: PhatngonError) -> Response:
    if _is_call(request):
        said = {"error": error.code, "message": error.said_in(speech_of(request).language)}
        field = {"field": error.field} if isinstance(error, BadInput) and error.field else {}
        return JSONResponse(said | field, status_code=status_of(error))
    return _said(request, status_of(error), error.sentence, typed=await _typed(request))


async def _sign_in(request: Request, error: SignInNeeded) -> Response:
    if request.method == "GET":
        return RedirectResponse(error.where, status_code=303)
    # What was typed is shown for copying: an idle session must not cost a coordinator their text.
    sentence = words(
        "Phiên làm việc đã hết nên nội dung chưa được lưu. Xin chép lại phần dưới đây, "
        "đăng nhập rồi gửi lại.",
        "Your session has ended, so this was not saved. Please copy what is below, sign in and "
        "send it again.",
    )
    return _said(request, 401, sentence, typed=await _typed(request))


async def _unreadable(request: Request, error: RequestValidationError) -> Response:
    if _is_call(request):
        return JSONResponse({"error": "bad_input", "detail": str(error)}, status_code=422)
    return _said(request, 404, SENTENCES[404])


async def _plain(request: Request, error: HTTPException) -> Response:
    status = error.status_code if error.status_code in TITLES else 404
    if _is_call(request):
        return JSONResponse({"error": "refused", "message": str(error.detail)}, error.status_code)
    return _said(request, status, SENTENCES.get(status, SENTENCES[404]))


def _said(
    request: Request,
    status: int,
    sentence: Words,
    *,
    told: str = "",
    typed: tuple[tuple[str, str], ...] = (),
) -> Response:
    if _is_call(request):
        code = "too_large" if status == TOO_LARGE else "refused"
        content = {"error": code, "message": sentence.model_dump(), "fields": [], "id": told}
        return JSONResponse(content, status)
    return render(
        request,
        "error.html",
        status=status,
        title=TITLES[status],
        sentence=sentence,
        told=told,
        typed=typed,
    )


async def _typed(request: Request) -> tuple[tuple[str, str], ...]:
    """The texts that a person sent with this form, without secrets and ids."""
    if request.method != "POST":
        return ()
    form = await form_of(request)
    return tuple((k, v) for k, v in form.items() if k not in SECRET_FIELDS and " " in v.strip())


def _is_call(request: Request) -> bool:
    return request.url.path.startswith("/api/")
