"""`phatngon demo`: one story on real parts, step by step."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from crisis.clock import Clock
from crisis.model.statement import KIND_WORDS, StatementKind
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import work
from desk.cli.tongue import LANGUAGE, say, told
from desk.drill.demo import PACK, Shown, play_demo
from desk.drill.demo_check import Proof
from desk.drill.demo_plan import FIRST_SCRIPT
from desk.drill.player import Played
from desk.parts.installation import Installation

app = group(say("diễn một vụ việc", "play an incident"))

WHO = {
    "system": ("hệ thống", "system"),
    "monitor": ("hệ thống theo dõi báo chí", "press monitoring"),
    "auditor": ("kiểm toán viên", "auditor"),
}
DOES = {
    "start": ("khởi động các thành phần", "start the parts"),
    "report": ("nộp tin qua API", "file the report through the API"),
    "triage": ("sàng lọc và xác nhận", "judge and confirm"),
    "assign": ("chỉ định cơ quan", "name an agency"),
    "acknowledge": ("xác nhận đã nhận việc", "acknowledge"),
    "answer": ("trả lời từng nội dung", "answer claim by claim"),
    "ask_back": ("hỏi lại", "ask back"),
    "ask_time": ("đề nghị thêm thời gian", "ask for time"),
    "pass_on": ("chuyển đồng nghiệp", "pass it on"),
    "decline": ("trả lại, nêu cơ quan khác", "decline and name another"),
    "draft": ("trình dự thảo", "submit the draft"),
    "approve": ("phê duyệt", "approve"),
    "return": ("trả lại để sửa", "return for revision"),
    "reject": ("không duyệt", "reject"),
    "close": ("kết thúc vụ việc", "close"),
    "verify": ("xuất hồ sơ và kiểm tra", "export the pack and verify it"),
}


@app.command(
    help=told(
        "Diễn trọn một vụ việc: cơ sở dữ liệu, Prefect, máy chủ thư, trang làm việc đều thật; "
        "người và câu trả lời là giả định.",
        "Play one incident: database, Prefect, mail server and desk are real; people and answers "
        "are invented. Exit 0 only if the statement is published, read back, and the pack holds.",
        "phatngon demo --dir ./demo",
        "phatngon demo --script examples/answers/04.yaml --dir ./demo-04",
    )
)
def demo(
    *,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="D", help=say("giữ lại mọi thứ ở đây", "keep it all here")),
    ] = None,
    script: Annotated[
        Path, typer.Option(metavar="FILE", help=say("kịch bản diễn tập", "the exercise script"))
    ] = FIRST_SCRIPT,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise typer.BadParameter(
            say(f"Thư mục {folder} không trống.", f"The folder {folder} is not empty.")
        )
    where = folder or Path(tempfile.mkdtemp(prefix="phatngon-demo-"))
    where.mkdir(parents=True, exist_ok=True)
    steps: list[Played] = []
    began = Clock.real().monotonic()
    try:
        proof = work(play_demo(where, script, _shown(steps, quiet=as_json)))
    finally:
        if folder is None:
            shutil.rmtree(where, ignore_errors=True)
    seconds = Clock.real().monotonic() - began
    if as_json:
        shown.data(_told(proof, steps, seconds, folder))
    else:
        _tell(proof, seconds, folder)


def _shown(steps: list[Played], *, quiet: bool) -> Shown:
    def step(one: Played) -> None:
        steps.append(one)
        if not quiet:
            who, does = say(*WHO.get(one.who, (one.who, one.who))), say(*DOES[one.does])
            typer.echo(f"{one.seconds:6.1f} s  {who}: {does}")

    def opened(there: Installation) -> None:
        if not quiet:
            shown.facts(
                {
                    say("Trang làm việc", "Desk"): there.desk_url,
                    say("Hộp thư", "Mailbox"): there.mailbox_url,
                    "Prefect": there.prefect_url,
                    say("Trang công bố", "Public site"): f"{there.desk_url}/tin",
                }
            )

    return Shown(step=step, say=lambda line: typer.echo(line, err=True), opened=opened)


def _tell(proof: Proof, seconds: float, folder: Path | None) -> None:
    kinds = ", ".join(KIND_WORDS[StatementKind(kind)].in_(LANGUAGE) for kind in proof.kinds)
    typer.echo("")
    typer.echo(proof.verdict)
    found = {
        say("Vụ việc", "Incident"): proof.code,
        say("Đã công bố", "Published"): f"{kinds} ({', '.join(proof.pages)})",
        say("Thư đã gửi", "Mails accepted"): proof.mails,
        say("Lượt chạy Prefect", "Prefect runs"): proof.runs,
        say("Bút toán", "Ledger entries"): proof.pack.entries,
        say("Vân tay khóa", "Fingerprint"): proof.pack.fingerprint,
    }
    if folder is not None:
        found |= {
            say("Thư", "Mail"): folder / "mail",
            say("Trang công bố", "Site"): folder / "site",
            say("Hồ sơ kiểm tra", "Audit pack"): folder / PACK,
        }
    shown.facts(found)
    typer.echo(say(f"Xong trong {seconds:.0f} giây.", f"Done in {seconds:.0f} seconds."))


def _told(
    proof: Proof, steps: list[Played], seconds: float, folder: Path | None
) -> dict[str, object]:
    return {
        "code": proof.code,
        "published": proof.kinds,
        "pages": proof.pages,
        "mails": proof.mails,
        "runs": proof.runs,
        "entries": proof.pack.entries,
        "fingerprint": proof.pack.fingerprint,
        "root": proof.pack.root,
        "dir": folder,
        "seconds": round(seconds, 1),
        "steps": [
            {"who": one.who, "does": one.does, "seconds": round(one.seconds, 2)} for one in steps
        ],
    }
