"""What a browser sent with files: fields whole, files up to a limit, the rest read and dropped.

A body that is refused unread ends as a broken connection in most browsers, and what was typed is
gone; so an oversize file is read to its end without being kept, and its fields still arrive.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from crisis.model.errors import BadInput
from crisis.model.words import words

FIELDS_LIMIT = 2 * 2**20
"""Bytes of all fields together."""
PARTS_LIMIT = 2000
DRAINED = 8
"""How many times the limit is read and dropped before the connection is simply ended."""


@dataclass(kw_only=True)
class Upload:
    """One file as it was sent; `too_big` where it passed the limit and was not kept."""

    part: str
    name: str
    content: bytearray = field(default_factory=bytearray)
    too_big: bool = False


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Fields by name, in order, as NFC with LF line ends; and the files that are not empty."""

    fields: dict[str, list[str]]
    files: tuple[Upload, ...] = ()

    def text(self, name: str) -> str:
        """The first value of a field without blanks around it."""
        values = self.fields.get(name, [""])
        return values[0].strip()


class TooMuch(BadInput):
    """The body is larger than anything that can be taken."""


class _Parts:
    """Callbacks of the parser: what has come in so far."""

    def __init__(self, limit: int) -> None:
        self.limit, self.kept = limit, 0
        self.fields: dict[str, list[str]] = defaultdict(list)
        self.files: list[Upload] = []
        self._parts = self._field_bytes = 0

    def begin(self) -> None:
        self._header, self._disposition, self._value = b"", b"", b""
        self._data = bytearray()
        self._file: Upload | None = None
        self._parts += 1
        if self._parts > PARTS_LIMIT:
            raise _malformed()

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header, self._value = b"", b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode(errors="replace")
        if b"filename" in options:
            name = options[b"filename"].decode(errors="replace")
            self._file = Upload(part=self._name, name=name)

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._field_bytes += end - start
            if self._field_bytes > FIELDS_LIMIT:
                raise _too_much(FIELDS_LIMIT)
            self._data += data[start:end]
            return
        if self._file.too_big:
            return
        self.kept += end - start
        self._file.content += data[start:end]
        if self.kept > self.limit:
            self._file.too_big = True
            self.kept -= len(self._file.content)
            self._file.content = bytearray()

    def end(self) -> None:
        if self._file is None:
            self.fields[self._name].append(_plain(self._data.decode(errors="replace")))
        elif self._file.name or self._file.content:
            self.files.append(self._file)


async def read_sent(request: Request, *, limit: int) -> Sent:
    """The form of this request; files are kept up to `limit` bytes together.

    Raises BadInput where it is not well formed, TooMuch beyond what is read and dropped.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data":
        return await _plain_form(request)
    parts = _Parts(limit)
    callbacks: dict[str, Callable[..., None]] = {
        "on_part_begin": parts.begin,
        "on_part_data": parts.data,
        "on_part_end": parts.end,
        "on_header_field": parts.header_field,
        "on_header_value": parts.header_value,
        "on_header_end": parts.header_end,
        "on_headers_finished": parts.headers_finished,
    }
    try:
        parser = MultipartParser(options.get(b"boundary", b""), callbacks)  # type: ignore[arg-type]
        seen = 0
        async for piece in request.stream():
            seen += len(piece)
            if seen > FIELDS_LIMIT + DRAINED * limit:
                raise _too_much(limit)
            parser.write(piece)
        parser.finalize()
    except FormParserError as error:
        raise _malformed() from error
    return Sent(fields=dict(parts.fields), files=tuple(parts.files))


async def _plain_form(request: Request) -> Sent:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > FIELDS_LIMIT:
            raise _too_much(FIELDS_LIMIT)
    fields: dict[str, list[str]] = defaultdict(list)
    try:
        told = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=PARTS_LIMIT)
    except ValueError as error:
        raise _malformed() from error
    for name, value in told:
        fields[name].append(_plain(value))
    return Sent(fields=dict(fields))


def _plain(value: str) -> str:
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))


def _malformed() -> BadInput:
    return BadInput(
        words(
            "Biểu mẫu gửi lên không đọc được. Xin tải lại trang rồi gửi lại.",
            "The form could not be read. Please load the page again and send it once more.",
        )
    )


def _too_much(limit: int) -> TooMuch:
    told = f"{limit / 2**20:g}"
    return TooMuch(
        words(
            f"Nội dung gửi lên quá lớn: mỗi lần gửi tối đa {told} MB.",
            f"Too much was sent: at most {told} MB each time.",
        ),
        field="file",
    )
