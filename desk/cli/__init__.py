"""The command line `phatngon`."""

from desk.cli.entry import main

__all__ = ["main"]
