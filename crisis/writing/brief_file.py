"""The brief as a file for an office program: Word and PDF.

The libraries that write them are loaded when the first file is asked for: they bring 20 MiB of
code, which a desk at rest need not carry.
"""

from collections.abc import Callable
from importlib import import_module

from crisis.model.brief import Brief
from crisis.model.words import Language, Words

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""By the ending of the file's name."""


def brief_file(ending: str, brief: Brief, office: Words, language: Language) -> bytes:
    """The brief in the format of that `ending`, one of `MEDIA_TYPES`."""
    written = f"brief_{ending}"
    write: Callable[[Brief, Words, Language], bytes] = getattr(
        import_module(f"crisis.writing.{written}"), written
    )
    return write(brief, office, language)
