"""Commands whose modules are imported when they are called: `--help` stays quick."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from desk.cli.table import COMMANDS, INNER


class LazyGroup(TyperGroup):
    """The commands of the table, those whose module exists."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of the table."""
        return [name for name, one in COMMANDS.items() if find_spec(f"desk.cli.{one.module}")]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, imported now; None where there is none."""
        listed = {name: COMMANDS[name].module for name in self.list_commands(ctx)} | INNER
        if cmd_name not in listed:
            return None
        made: Any = get_command(import_module(f"desk.cli.{listed[cmd_name]}").app)
        return made.commands.get(cmd_name, made)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(n, COMMANDS[n].line) for n in self.list_commands(ctx)])


def group(text: str) -> typer.Typer:
    """A set of commands in one module."""
    app = typer.Typer(help=text, rich_markup_mode=None, add_completion=False, no_args_is_help=True)
    app.callback()(_nothing)
    return app


def _nothing() -> None:
    return None
