"""Bytes into text, whatever was declared about them."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""")
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
# Western pages in a Vietnamese feed are Vietnamese pages with the wrong label: both share most
# letters.
_WESTERN = frozenset({"iso8859-1", "cp1252", "ascii", "cp1258", "latin_1"})


def decode(data: bytes, content_type: str = "") -> str:
    """The text of `data`: byte-order mark, then NULs of UTF-16, then UTF-8 if it fits, then what is
    declared, then windows-1258.

    Characters that cannot be read become U+FFFD; NULs are dropped; never raises.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace"))
    wide = _wide(data)
    if wide:
        return _clean(data.decode(wide, "replace"))
    try:
        # The incremental decoder forgives a letter that the end cuts through.
        return _clean(codecs.getincrementaldecoder("utf-8")().decode(data))
    except UnicodeDecodeError:
        return _clean(_declared(data, content_type))


def _declared(data: bytes, content_type: str) -> str:
    header = _HEADER.search(content_type)
    inside = _DECLARED.search(data[:2048])
    names = [header[1] if header else "", inside[1].decode("ascii") if inside else ""]
    for name in names:
        codec = _codec(name)
        if codec == "utf-8" and _mostly_utf8(data):
            return data.decode("utf-8", "replace")
        if codec and codec not in {"utf-8", *_WESTERN}:
            return data.decode(codec, "replace")
    if _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode("cp1258", "replace")


def _codec(name: str) -> str:
    """The Python name of a text codec; '' for unknown ones and for those that are no charset
    (`zip`, `rot13`).
    """
    try:
        found = codecs.lookup(name)
        b" ".decode(name)
    except (LookupError, ValueError, TypeError):
        return ""
    return found.name


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken bytes are few beside good UTF-8 sequences, as after a cut in the middle of a
    letter.
    """
    text = data.decode("utf-8", "replace")
    letters = sum(1 for char in text if ord(char) > 127 and char != "\ufffd")
    return letters > 4 * text.count("\ufffd")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: NULs stand at every other byte of its ASCII letters."""
    head = data[:400]
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _clean(text: str) -> str:
    return text.replace("\0", "")
