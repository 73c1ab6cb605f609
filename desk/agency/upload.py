"""Evidence files: which types are taken, told by name and by content, and under which name."""

import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath

from crisis.model.errors import BadInput
from crisis.model.words import Words, words
from desk.agency.sent import Upload

NAME_LIMIT = 120

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.txt,.csv,.mp3,.mp4"
"""For the file chooser of a browser; what counts is `checked`."""

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_EXECUTABLE = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")
_MACROS = ("vbaproject.bin", "basic/", "scripts/")


def _zipped(member: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(BytesIO(content)) as packed:
                names = packed.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        lower = [name.lower() for name in names]
        return member in names and not any(m in name for name in lower for m in _MACROS)

    return fits


def _opens_with(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _text(content: bytes) -> bool:
    if content.startswith(_EXECUTABLE) or b"\x00" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _odt(content: bytes) -> bool:
    kind = b"mimetypeapplication/vnd.oasis.opendocument.text"
    return content[30 : 30 + len(kind)] == kind and _zipped("content.xml")(content)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", _opens_with(b"%PDF-")),
    ".png": ("image/png", _opens_with(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", _opens_with(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", _opens_with(b"\xff\xd8\xff")),
    ".docx": (f"{_OFFICE}.wordprocessingml.document", _zipped("word/document.xml")),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _zipped("xl/workbook.xml")),
    ".odt": ("application/vnd.oasis.opendocument.text", _odt),
    ".txt": ("text/plain", _text),
    ".csv": ("text/csv", _text),
    ".mp3": ("audio/mpeg", _opens_with(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ".mp4": ("video/mp4", lambda content: content[4:8] == b"ftyp"),
}


def safe_name(written: str) -> str:
    """The last part of a file name without control, reordering and path characters, shortened."""
    last = unicodedata.normalize("NFC", written).replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        letter
        for letter in last
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
        and letter not in _REORDERING
        and letter not in '<>:"|?*'
    )
    plain = " ".join(kept.split()).strip(". ")
    suffix = PurePosixPath(plain).suffix[:10]
    stem = plain.removesuffix(suffix)[: NAME_LIMIT - len(suffix)].rstrip(". ")
    return f"{stem or 'tep'}{suffix}"


def checked(upload: Upload, *, limit: int) -> tuple[str, str, bytes]:
    """Name, media type and bytes of an upload that is taken.

    Raises BadInput: too big, empty, a type that is not taken, or a content that is not its name's.
    """
    name = safe_name(upload.name)
    if upload.too_big:
        told = f"{limit / 2**20:g}"
        sentence = words(
            f"Tệp “{name}” quá lớn: mỗi lần gửi tối đa {told} MB. Xin nén, tách tệp "
            "hoặc gửi đường dẫn.",
            f"The file “{name}” is too big: at most {told} MB each time. Please compress or "
            "split it, or give a link.",
        )
        raise _bad(sentence, too_big=True)
    content = bytes(upload.content)
    if not content:
        raise _bad(words(f"Tệp “{name}” rỗng.", f"The file “{name}” is empty."))
    known = _TYPES.get(PurePosixPath(name).suffix.lower())
    if known is None or content.startswith(_EXECUTABLE):
        raise _bad(
            words(
                f"Không nhận loại tệp “{name}”. Nhận: {TYPES.vi}.",
                f"Files like “{name}” are not taken. Taken are: {TYPES.en}.",
            )
        )
    media_type, fits = known
    if not fits(content):
        raise _bad(_unfit(name, PurePosixPath(name).suffix.lower()))
    return name, media_type, content


TYPES: Words = words(
    "PDF, ảnh (PNG, JPEG), Word (docx), Excel (xlsx), ODT, văn bản (txt, csv), "
    "âm thanh MP3, video MP4",
    "PDF, pictures (PNG, JPEG), Word (docx), Excel (xlsx), ODT, text (txt, csv), "
    "MP3 sound, MP4 video",
)


def _unfit(name: str, suffix: str) -> Words:
    """Why the content of a file is refused: office files may hold macros, others are misnamed."""
    if suffix in {".docx", ".xlsx", ".odt"}:
        return words(
            f"Tệp “{name}” không phải tệp {suffix} hợp lệ, hoặc có chứa macro.",
            f"“{name}” is no valid {suffix} file, or it contains macros.",
        )
    return words(
        f"Tệp “{name}” có đuôi {suffix} nhưng nội dung không phải tệp {suffix}. "
        "Xin kiểm tra lại tệp đã chọn.",
        f"“{name}” is named {suffix}, but its content is no {suffix} file. "
        "Please check which file you chose.",
    )


def _bad(sentence: Words, *, too_big: bool = False) -> BadInput:
    return BadInput(sentence, field="file", too_big=too_big)
