"""The approved text inside a page, and the inverse that takes exactly its bytes out again.

The page frame (greeting, number, time, notices, banner) lies outside the one element that carries
`data-approved`. Inside it, `h1` and `p` are the blocks between blank lines, `br` the line ends, and
a character that HTML cannot carry stands as its number in `data-u`.
"""

import re
from hashlib import sha256
from html.parser import HTMLParser

from markupsafe import Markup, escape

from crisis.model.statement import Variant

MARK = "data-approved"
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s<>\"'“”]+[^\s<>\"'“”.,;:!?)\]]")
_ITEM = re.compile(r"\s*(?:[-–•+*]|\d{1,2}[.)]|[a-zđ]\))\s")
_BLOCKS = frozenset({"h1", "p"})
_ALLOWED = {
    "h1": frozenset({"class"}),
    "p": frozenset({"class"}),
    "br": frozenset[str](),
    "span": frozenset({"class", "data-u"}),
    "a": frozenset({"href", "rel"}),
}


def approved_fragment(variant: Variant) -> Markup:
    """The element that carries `variant.content`; everything in it is escaped."""
    first, *rest = variant.content.decode().removesuffix("\n").split("\n\n")
    blocks = [Markup("<h1>{}</h1>").format(_lines(first))]
    blocks += [Markup("<p>{}</p>").format(_lines(block)) for block in rest]
    opening = Markup('<div class="approved" data-approved="{}" lang="{}">').format(
        variant.sha256, variant.language.value
    )
    return opening + Markup("").join(blocks) + Markup("</div>")


def _lines(block: str) -> Markup:
    return Markup("<br>").join(_line(line) for line in block.split("\n"))


def _line(line: str) -> Markup:
    if _ITEM.match(line):
        return Markup('<span class="item">{}</span>').format(_linked(line))
    return _linked(line)


def _linked(line: str) -> Markup:
    out, end = Markup(""), 0
    for match in _LINK.finditer(line):
        address = match.group()
        out += _plain(line[end : match.start()])
        out += Markup('<a href="{}" rel="nofollow noopener">').format(address)
        out += _plain(address) + Markup("</a>")
        end = match.end()
    return out + _plain(line[end:])


def _plain(text: str) -> Markup:
    shown = str(escape(text))
    return Markup(_UNSAYABLE.sub(_numbered, shown))  # noqa: S704  (escaped on the line above)


def _numbered(match: re.Match[str]) -> str:
    return f'<span data-u="{ord(match.group())}"></span>'


def approved_bytes(page: bytes) -> bytes | None:
    """The bytes of the one approved text in `page`; None where there is none, two, or a broken one.

    Anything but the elements that `approved_fragment` writes makes it broken: a script, a struck
    passage or a hidden one is not what was approved.
    """
    reader = _Reader()
    try:
        reader.feed(page.decode())
        reader.close()
    except (UnicodeDecodeError, AssertionError, ValueError, OverflowError):
        # The parser of Python 3.11 raises AssertionError on a malformed "<![…" section.
        return None
    if reader.broken or reader.found != 1 or reader.open or reader.inside:
        return None
    return ("\n\n".join(reader.blocks) + "\n").encode()


def approved_sha256(page: bytes) -> str | None:
    """Lowercase hex SHA-256 of the approved bytes in `page`, None without any."""
    found = approved_bytes(page)
    return None if found is None else sha256(found).hexdigest()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.open: list[str] = []
        self.found = 0
        self.inside = False
        self.broken = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name == MARK for name, _ in attrs):
            self.broken = self.broken or self.inside or tag != "div"
            self.found, self.inside = self.found + 1, True
        elif self.inside:
            self._inner(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.broken = self.broken or self.inside

    def _inner(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag not in _ALLOWED or not attrs.keys() <= _ALLOWED[tag]:
            self.broken = True
            return
        if bool(self.open) == (tag in _BLOCKS):
            self.broken = True
        if tag in _BLOCKS:
            self.blocks.append("")
        if tag != "br":
            self.open.append(tag)
        self._say("\n" if tag == "br" else _character(attrs.get("data-u")))

    def handle_endtag(self, tag: str) -> None:
        if not self.inside:
            return
        if tag == "div" and not self.open:
            self.inside = False
        elif self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.broken = True

    def handle_data(self, data: str) -> None:
        if self.inside and data:
            self._say(data)

    def handle_comment(self, data: str) -> None:
        self.broken = self.broken or self.inside

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def _say(self, text: str) -> None:
        if text and not self.open:
            self.broken = True
        elif text:
            self.blocks[-1] += text


def _character(number: str | None) -> str:
    return chr(int(number)) if number else ""
