"""The reader's language on the command line: `--lang`, else the shell's, else English."""

import os
import sys
from collections.abc import Mapping, Sequence

FLAG = "--lang"
SHELL = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], shell: Mapping[str, str]) -> str:
    """`vi` or `en`: what `--lang` says, else the shell's language, else English."""
    for place, one in enumerate(arguments):
        name, given, value = one.partition("=")
        if name == FLAG:
            following = arguments[place + 1 : place + 2]
            wanted = value if given else "".join(following)
            return "vi" if wanted == "vi" else "en"
    told = next((shell[name] for name in SHELL if shell.get(name)), "")
    return "vi" if told.lower().startswith("vi") else "en"


def without_flag(arguments: Sequence[str]) -> list[str]:
    """`arguments` without `--lang`, which may stand anywhere."""
    left: list[str] = []
    skip = False
    for one in arguments:
        if skip:
            skip = False
        elif one == FLAG:
            skip = True
        elif not one.startswith(f"{FLAG}="):
            left.append(one)
    return left


LANGUAGE = language_of(sys.argv[1:], os.environ)


def say(vi: str, en: str) -> str:
    """Of two texts the one that the reader understands."""
    return vi if LANGUAGE == "vi" else en


def told(vi: str, en: str, *examples: str) -> str:
    """The help of a command with its examples."""
    head = say("Ví dụ:", "Example:")
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{say(vi, en)}\n\n\b\n{head}\n{lines}"
