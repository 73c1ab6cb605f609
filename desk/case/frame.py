"""What every page of an incident shows: its head, where it stands, the pages beside this one."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from crisis.model.incident import ENDED, TITLES, Stage
from crisis.model.role import Role
from crisis.model.wait import WAIT_WORDS
from crisis.model.words import Words, words
from crisis.office.case import Standing, read_case
from crisis.office.office import Office
from crisis.records import incident
from crisis.records.act import Act
from desk.door.failed_form import Failed, typed_of
from desk.door.page import render

TABS: tuple[tuple[str, Words], ...] = (
    ("", words("Tổng quan", "Overview")),
    ("/phat-ngon", words("Phát ngôn", "Statements")),
    ("/dien-bien", words("Diễn biến", "Timeline")),
    ("/thu", words("Thư", "Mail")),
    ("/luot-chay", words("Lượt chạy", "Runs")),
)

DONE: dict[str, Words] = {
    "opened": words("Đã mở vụ việc.", "The incident was opened."),
    "added": words("Đã thêm tin vào vụ việc.", "The report was added to the incident."),
    "known": words("Tin này đã được ghi nhận trước đó.", "This report had been taken already."),
    "confirm": words("Đã xác nhận vụ việc.", "The incident was confirmed."),
    "judge": words("Đã ghi mức độ và đặc điểm.", "Severity and facts were recorded."),
    "determine": words("Đã ghi câu trả lời xác định.", "The determination was recorded."),
    "fact": words("Đã ghi mốc; thời hạn đang tính.", "Recorded; time runs."),
    "clock-done": words("Đã ghi hoàn thành.", "Recorded as done."),
    "clock-extend": words("Đã gia hạn theo luật.", "Extended as the law allows."),
    "clock-pause": words("Đã tạm dừng tính.", "The target stands still."),
    "clock-resume": words("Đã tính tiếp.", "The target runs again."),
    "claim": words("Đã thêm nội dung phản ánh.", "The claim was added."),
    "classify": words("Đã phân loại nội dung.", "The claim was classified."),
    "no-response": words("Đã ghi quyết định chưa phát ngôn.", "The decision was recorded."),
    "end": words("Đã kết thúc xử lý vụ việc.", "The incident was ended."),
    "merge": words(
        "Đã nhập vào vụ việc khác; tin, bài và nội dung phản ánh nay ở đó.",
        "It was merged; its reports and claims now stand in the other incident.",
    ),
    "reopen": words("Đã mở lại vụ việc.", "The incident was reopened."),
    "times": words("Đã sửa mốc thời gian; thời hạn đã tính lại.", "The time was amended."),
    "matter": words("Đã sửa dữ kiện.", "The facts were amended."),
    "playbook": words("Đã đổi kịch bản; thời hạn đã tính lại.", "The playbook was changed."),
    "origin": words("Đã xác nhận nơi ban hành.", "The origin was confirmed."),
    "resend": words("Đã lệnh gửi lại.", "It will be sent again."),
    "agree": words("Đã ghi nội dung thống nhất.", "The agreed text was recorded."),
    "protect": words("Đã ghi tên cần bảo vệ.", "The names to protect were recorded."),
    "restrict": words("Đã ghi phạm vi người xem.", "Who may see it was recorded."),
    "reply": words("Đã trả lời cơ quan.", "The agency was answered."),
    "recall": words("Đã thu hồi việc bằng thư.", "The task was recalled by letter."),
    "revoke": words("Đã hủy đường dẫn.", "The link was revoked."),
    "amend-report": words("Đã sửa tin, bài.", "The report was amended."),
    "amend-claim": words(
        "Đã sửa nội dung; cơ quan đã trả lời được hỏi lại.",
        "The claim was amended; agencies that answered it are asked again.",
    ),
    "hand-over": words("Đã ghi việc giao trực tiếp.", "The hand-over was recorded."),
    "send-again": words("Đã gửi lại thư giao việc.", "The assignment was sent again."),
    "name": words("Đã giao việc cho cơ quan.", "The agency was given the task."),
    "edit": words("Đã lưu bản mới.", "The new version was saved."),
    "submit": words("Đã trình duyệt.", "The statement was submitted."),
    "anew": words("Đã soạn dự thảo mới.", "A new draft was written."),
    "correct": words("Đã lập bản đính chính, chờ duyệt.", "The correction awaits approval."),
    "withdraw": words("Đã lập văn bản thu hồi, chờ duyệt.", "The withdrawal awaits approval."),
}
"""What was done, by the code that the address carries after a form."""


async def standing_of(office: Office, act: Act, code: str) -> Standing:
    """The incident with this code as it stands. Raises NotFound."""
    return await read_case(office, act, await incident.by_code(act.session, code))


def shown(
    request: Request,
    name: str,
    standing: Standing,
    values: Mapping[str, Any],
    failed: Failed | None = None,
) -> Response:
    """A page of the incident from template `name`."""
    case = standing.incident
    stage = Stage(case.stage)
    given = {
        "case": case,
        "standing": standing,
        "stage": stage,
        "stage_title": TITLES[stage],
        "ended": stage in ENDED,
        "wait": WAIT_WORDS[standing.outlook.wait],
        "working": bool(standing.outlook.ripe),
        "tabs": TABS,
        "base": f"/vu-viec/{case.code}",
        "failed": failed,
        "typed": typed_of(failed),
        "done": DONE.get(request.query_params.get("da", "")),
        "acting": (Role.COORDINATOR.value, Role.ADMIN.value),
    }
    status = failed.status if failed else 200
    return render(request, name, status=status, **(given | dict(values)))
