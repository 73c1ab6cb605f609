"""The command line's door: one clear line for every error, and the promised exit codes."""

import contextlib
import json
import os
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer

from crisis.model.errors import BadContent, PhatngonError
from desk.cli.lazy import LazyGroup
from desk.cli.tongue import FLAG, LANGUAGE, say, told, without_flag
from desk.cli.usage_word import usage_words

FOUND, USAGE, INTERRUPTED = 1, 2, 130

app = typer.Typer(cls=LazyGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("phatngon"))
        raise typer.Exit


@app.callback(
    help=told(
        "Văn phòng phát ngôn: tiếp nhận tin, giao xác minh, dự thảo, phê duyệt, công bố, lưu sổ.",
        "A press office's crisis playbook: take in, verify, draft, approve, publish, keep record.",
        "phatngon demo --dir ./demo",
        "phatngon up",
    )
)
def phatngon(
    _lang: Annotated[
        str, typer.Option(FLAG, metavar="vi|en", help=say("ngôn ngữ", "language of all output"))
    ] = LANGUAGE,
    _version_: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="version")
    ] = False,
) -> None:
    """What all commands share."""


def main() -> None:
    """Run the command that was asked for and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `arguments`: 0 done, 1 a problem was found, 2 wrong usage; never a traceback."""
    try:
        ended = app(without_flag(arguments), prog_name="phatngon", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; Python must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except typer.TyperException as error:
        return _tell(_usage(error), USAGE)
    except PhatngonError as error:
        return _tell(_sentence(error), FOUND)
    except Exception as error:
        return _tell(_unforeseen(error), FOUND)
    return ended if isinstance(ended, int) else 0


def _tell(line: str, code: int) -> int:
    with contextlib.suppress(BrokenPipeError):
        typer.echo(f"phatngon: {line}", err=True)
    return code


def _usage(error: typer.TyperException) -> str:
    told_by: Any = getattr(error, "format_message", None)
    return usage_words(" ".join(str(told_by() if told_by else error).split()))


def _sentence(error: PhatngonError) -> str:
    """The error in the reader's language; content errors name file and line, one line for each."""
    if isinstance(error, BadContent):
        several = getattr(error, "errors", (error,))
        return "\n".join(f"{one.place}: {one.said_in(LANGUAGE)}" for one in several)
    detail = " ".join(str(error.facts.get("detail", "")).split())[:200]
    return error.said_in(LANGUAGE) + (f" ({detail})" if detail else "")


def _unforeseen(error: Exception) -> str:
    if type(error).__module__.startswith(("sqlalchemy", "asyncpg", "sqlite3")):
        why = " ".join(str(getattr(error, "orig", None) or error).split())[:300]
        return say(
            f"cơ sở dữ liệu không dùng được ({why}); hãy kiểm tra PHATNGON_DATABASE_URL "
            "rồi chạy `phatngon migrate`.",
            f"the records cannot be used ({why}); check PHATNGON_DATABASE_URL, "
            "then run `phatngon migrate`.",
        )
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or error}{where}"
    if type(error).__name__ == "ValidationError" and "Settings" in str(error):
        return _settings(error)
    return say("lỗi ngoài dự kiến: ", "unforeseen error: ") + _where(error)


def _settings(error: Any) -> str:
    names = [str(one["loc"][0]).upper() for one in error.errors() if one["loc"]]
    listed = ", ".join(f"PHATNGON_{name}" for name in names)
    return say(f"cấu hình không hợp lệ: {listed}", f"the configuration is wrong: {listed}")


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" [{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}]" if trace else ""
    return json.dumps(f"{type(error).__name__}: {error}"[:400], ensure_ascii=False) + place
