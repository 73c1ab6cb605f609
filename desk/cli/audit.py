"""`phatngon audit`: check the whole ledger, export a pack, sign the heads."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crisis.audit.check import Checked, check_ledger
from crisis.audit.export import Exported, export_pack
from crisis.model.errors import OutsideFailure
from crisis.office.sealing import sign_and_tell
from crisis.settings import Settings, settings
from desk.cli import shown
from desk.cli.lazy import group
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import LANGUAGE, say, told
from desk.run_list import runs_for_pack
from desk.runs import Runs

app = group(say("kiểm tra sổ, xuất hồ sơ kiểm tra", "the ledger and its packs"))

Json = Annotated[bool, shown.AS_JSON]


@app.command(
    help=told(
        "Kiểm tra mọi sổ với các điểm kiểm tra đã ký; nói rõ chỗ sai; mã thoát 1 khi có sai.",
        "Check every chain against the signed checkpoints; says where it breaks, and exits 1 then.",
        "phatngon audit verify",
        "phatngon audit verify --fingerprint 3f2a… --root 9c1d…",
    )
)
def verify(
    *,
    fingerprint: Annotated[
        str, typer.Option(help=say("vân tay khóa đã công bố", "the key as it was announced"))
    ] = "",
    root: Annotated[
        list[str] | None,
        typer.Option(help=say("gốc đã nhận qua thư", "a root that was mailed to you")),
    ] = None,
    as_json: Json = False,
) -> None:
    checked = work(_check())
    missing = _missing(checked, fingerprint, root or [])
    if as_json:
        shown.data(_told(checked, missing))
    else:
        _tell(checked, missing)
    if missing or not checked.holds:
        raise typer.Exit(1)


async def _check() -> Checked:
    async with opened(begin=False) as office:
        return await check_ledger(office)


def _missing(checked: Checked, fingerprint: str, roots: list[str]) -> list[str]:
    """What the reader knows from elsewhere and does not find here."""
    found = []
    known = "".join(fingerprint.split()).replace(":", "").lower()
    if known and checked.fingerprints[-1:] != [known]:
        found.append(say("khóa ký không phải khóa đã công bố", "another key signs here"))
    found += [
        say(f"không có điểm kiểm tra mang gốc {one}", f"no checkpoint has the root {one}")
        for one in roots
        if one.lower() not in checked.roots
    ]
    return found


def _told(checked: Checked, missing: list[str]) -> dict[str, Any]:
    return {
        "holds": checked.holds and not missing,
        "chains": checked.chains,
        "entries": checked.entries,
        "checkpoints": checked.checkpoints,
        "after_last_checkpoint": checked.after,
        "fingerprints": checked.fingerprints,
        "breaks": [
            {"chain": one.chain, "seq": one.seq, "says": one.sentence.in_(LANGUAGE)}
            for one in checked.breaks
        ],
        "missing": missing,
    }


def _tell(checked: Checked, missing: list[str]) -> None:
    for one in checked.breaks:
        typer.echo(f"{one.chain} {one.seq}: {one.sentence.in_(LANGUAGE)}", err=True)
    for line in missing:
        typer.echo(line, err=True)
    typer.echo(
        say(
            f"{checked.chains} sổ, {checked.entries} bút toán, {checked.checkpoints} điểm kiểm "
            f"tra; {checked.after} bút toán sau điểm kiểm tra cuối.",
            f"{checked.chains} chains, {checked.entries} entries, {checked.checkpoints} "
            f"checkpoints; {checked.after} entries after the last one.",
        )
    )
    if checked.holds and not missing:
        typer.echo(say("Tất cả đều đúng.", "Everything holds."))


@app.command(
    help=told(
        "Xuất hồ sơ kiểm tra của một vụ việc; mọi đường dẫn trong thư kèm theo bị thu hồi.",
        "Write the audit pack of an incident; every link in its mails is revoked.",
        "phatngon audit export QT-2026-0012 --out QT-2026-0012.zip",
    )
)
def export(
    code: Annotated[str, typer.Argument(metavar="CODE")],
    out: Annotated[Path, typer.Option(metavar="FILE", help=say("tệp ZIP", "the ZIP file"))],
    *,
    as_json: Json = False,
) -> None:
    if not out.parent.is_dir():
        raise typer.BadParameter(
            say(f"Không có thư mục {out.parent}.", f"There is no folder {out.parent}.")
        )
    made, engine = work(_export(code, out))
    if as_json:
        shown.data(
            {
                "code": made.code,
                "file": made.file,
                "entries": made.entries,
                "mails": made.mails,
                "fingerprint": made.fingerprint,
                "root": made.root,
                "runs_known": engine,
            }
        )
        return
    typer.echo(f"{made.file}")
    typer.echo(say(f"vân tay khóa: {made.fingerprint}", f"fingerprint: {made.fingerprint}"))
    if not engine:
        typer.echo(
            say(
                "Prefect không trả lời: runs.json chỉ có mã lượt chạy ghi trong sổ.",
                "Prefect does not answer: runs.json has only the ids that the ledger names.",
            ),
            err=True,
        )


async def _export(code: str, out: Path) -> tuple[Exported, bool]:
    here = settings()
    try:
        runs = await runs_for_pack(_engine(here), code.strip().upper())
        engine = True
    except OutsideFailure:
        runs, engine = [], False
    async with opened(begin=False) as office:
        return await export_pack(office, OPERATOR, code, runs=runs, target=out), engine


def _engine(here: Settings) -> Runs:
    return Runs(api_url=here.prefect_api_url, auth=here.prefect_auth_string.get_secret_value())


@app.command(
    "checkpoint",
    help=told(
        "Ký các đầu sổ ngay bây giờ.", "Sign all chain heads now.", "phatngon audit checkpoint"
    ),
)
def checkpoint_(*, as_json: Json = False) -> None:
    signed = work(_sign())
    if as_json:
        shown.data(signed)
        return
    shown.facts(
        {
            say("Điểm kiểm tra", "Checkpoint"): signed["seq"],
            say("Gốc", "Root"): signed["root"],
            say("Vân tay khóa", "Fingerprint"): signed["key_id"],
        }
    )


async def _sign() -> dict[str, object]:
    async with opened(begin=False) as office, office.records.act(OPERATOR) as act:
        signed = await sign_and_tell(office, act)
    return signed.checkpoint.body
