"""What verification found, in plain words of both languages."""

from __future__ import annotations

from typing import Any, NamedTuple

OK, NOTE, WRONG = "ok", "note", "wrong"

LEVELS = {OK: ("ok   ", "đúng "), NOTE: ("note ", "lưu ý"), WRONG: ("WRONG", "SAI  ")}

SENTENCES = {
    "files": (
        "{count} files, each listed with its hash",
        "{count} tệp, đều có trong danh mục và đúng mã băm",
    ),
    "unreadable": ("cannot be read: {reason}", "không đọc được: {reason}"),
    "malformed": ("has not the form of an audit pack", "không đúng mẫu của hồ sơ kiểm tra"),
    "unsafe": ("a name that no pack has, or a link", "tên tệp không hợp lệ, hoặc là liên kết"),
    "twice": ("stands there twice", "xuất hiện hai lần"),
    "missing": ("is missing", "bị thiếu"),
    "unlisted": ("is not in the manifest", "không có trong danh mục"),
    "changed": ("is not the file that the manifest lists", "không phải tệp ghi trong danh mục"),
    "ledger": (
        "{count} entries of {chain}, one unbroken chain from {first} to {last}",
        "{count} bút toán của {chain}, một chuỗi liền mạch từ {first} đến {last}",
    ),
    "form": ("entry {seq} has not the form of an entry", "bút toán {seq} không đúng mẫu"),
    "broken": ("the chain breaks at entry {seq}", "chuỗi bị đứt tại bút toán {seq}"),
    "entry_changed": ("entry {seq} was changed", "bút toán {seq} đã bị sửa"),
    "checkpoints": (
        "{count} signed; no. {seq} of {at} covers entries 1 to {covered}; root {root}",
        "{count} điểm có chữ ký; số {seq} lúc {at} bảo đảm đến bút toán {covered}; gốc {root}",
    ),
    "unsigned": (
        "no checkpoint vouches for this ledger",
        "không có điểm kiểm tra nào bảo đảm cho sổ này",
    ),
    "checkpoint_form": (
        "checkpoint in line {line} has not its form",
        "điểm kiểm tra ở dòng {line} không đúng mẫu",
    ),
    "checkpoint_link": (
        "checkpoint {seq} does not follow the one before",
        "điểm kiểm tra {seq} không nối tiếp",
    ),
    "checkpoint_key": ("checkpoint {seq} names another key", "điểm kiểm tra {seq} ghi khóa khác"),
    "signature": (
        "the signature of checkpoint {seq} does not hold",
        "chữ ký của điểm kiểm tra {seq} không hợp lệ",
    ),
    "not_covered": (
        "checkpoint {seq} is over another ledger: entries up to {covered} were changed or cut",
        "điểm kiểm tra {seq} được ký trên sổ khác: có bút toán đến số {covered} bị sửa hoặc cắt",
    ),
    "root_unknown": (
        "no checkpoint here has the root {root}",
        "không có điểm kiểm tra nào mang gốc {root}",
    ),
    "after": (
        "{count} entries (from {first}) lie after it: the next checkpoint has to vouch for them",
        "{count} bút toán (từ số {first}) nằm sau đó: phải chờ điểm kiểm tra kế tiếp bảo đảm",
    ),
    "export_not_covered": (
        "the export came after the last checkpoint, so nobody vouches for it",
        "việc xuất hồ sơ nằm sau điểm kiểm tra cuối, nên không có gì bảo đảm",
    ),
    "none_after": (
        "nothing lies after the last checkpoint",
        "không có bút toán nào sau điểm kiểm tra cuối",
    ),
    "other_key": (
        "the key is not the confirmed one: {fingerprint}",
        "khóa không phải khóa đã xác nhận: {fingerprint}",
    ),
    "key": ("the confirmed key, {fingerprint}", "đúng khóa đã xác nhận, {fingerprint}"),
    "key_not_confirmed": (
        "key not confirmed: {fingerprint}; give the announced one by --fingerprint",
        "khóa chưa xác nhận: {fingerprint}; hãy chạy lại với --fingerprint đã công bố",
    ),
    "not_checked": (
        "the rest was not checked, because the ledger does not hold",
        "phần còn lại chưa kiểm vì sổ không đúng",
    ),
    "contents": (
        "all lists and files are those of the export (entry {seq})",
        "mọi danh sách và tệp đúng như khi xuất (bút toán {seq})",
    ),
    "not_exported": (
        "no entry tells of this export",
        "không có bút toán nào ghi việc xuất hồ sơ này",
    ),
    "contents_changed": (
        "the lists and files are not those of the export (entry {seq})",
        "danh sách và tệp không như khi xuất (bút toán {seq})",
    ),
    "after_export": (
        "{count} entries were written after the export",
        "{count} bút toán được ghi sau khi xuất",
    ),
    "bytes": (
        "{count} mails, statements and publications, each with its hash in the ledger",
        "{count} thư, phát ngôn và bản công bố, đều có mã băm trong sổ",
    ),
    "unspoken": ("its hash stands in no entry", "mã băm không có trong sổ"),
    "absent": (
        "entry {seq} tells of bytes that are not here: {sha256}",
        "bút toán {seq} ghi một tệp không có ở đây: {sha256}",
    ),
    "erased": (
        "{count} files were erased under a recorded decision",
        "{count} tệp đã được xóa theo quyết định ghi trong sổ",
    ),
    "approvals": (
        "{count} approvals, each of the bytes that are here",
        "{count} phê duyệt, đều đúng với văn bản kèm theo",
    ),
    "digest": (
        "the approval of entry {seq} is of other bytes",
        "phê duyệt ở bút toán {seq} là của văn bản khác",
    ),
    "no_approval": ("entry {seq} is not that approval", "bút toán {seq} không phải phê duyệt này"),
    "untold": ("entry {seq} is not in this list", "bút toán {seq} không có trong danh sách này"),
    "publications": (
        "{count} publications, each as it was approved",
        "{count} bản công bố, đều đúng như đã duyệt",
    ),
    "not_frozen": (
        "entry {seq} is not that publication",
        "bút toán {seq} không phải bản công bố này",
    ),
    "not_approved": (
        "what entry {seq} published was not approved then",
        "bản công bố ở bút toán {seq} chưa được duyệt khi đó",
    ),
    "deadlines": (
        "{count} clocks, as the ledger tells them",
        "{count} thời hạn, đúng như trong sổ",
    ),
    "clock": (
        "the clock {deadline} is told otherwise in the ledger",
        "thời hạn {deadline} khác với sổ",
    ),
    "runs": (
        "{count} runs; {silent} of them left no entry",
        "{count} lượt chạy; {silent} lượt không ghi bút toán",
    ),
    "run": (
        "entry {seq} names a run that is not in this list",
        "bút toán {seq} nêu lượt chạy không có trong danh sách",
    ),
    "holds": ("Everything holds.", "Tất cả đều đúng."),
    "holds_unconfirmed": (
        "Everything holds under the key of the pack, but the key is not confirmed.",
        "Tất cả đều đúng theo khóa trong hồ sơ, nhưng khóa chưa được xác nhận.",
    ),
    "does_not_hold": (
        "This pack does not hold: {count} things are wrong.",
        "Hồ sơ này không đúng: {count} điểm sai.",
    ),
}


def sentence(code: str, facts: dict[str, Any], language: str) -> str:
    """What `code` says about `facts` in `language` (`vi` or `en`)."""
    english, vietnamese = SENTENCES[code]
    return (vietnamese if language == "vi" else english).format(**facts)


class Finding(NamedTuple):
    """One thing found: how grave, where, what, with its facts."""

    level: str
    place: str
    code: str
    facts: dict[str, Any]

    def told(self, language: str) -> str:
        """The finding as one line; what a hostile name could do to a terminal is taken out."""
        english, vietnamese = LEVELS[self.level]
        level = vietnamese if language == "vi" else english
        line = f"{level}  {self.place}: {sentence(self.code, self.facts, language)}"
        return "".join(letter if letter.isprintable() else "?" for letter in line)


def fine(place: str, code: str, **facts: Any) -> Finding:
    """What was checked and holds."""
    return Finding(OK, place, code, facts)


def note(place: str, code: str, **facts: Any) -> Finding:
    """What a reader has to know, though nothing is wrong."""
    return Finding(NOTE, place, code, facts)


def wrong(place: str, code: str, **facts: Any) -> Finding:
    """What does not hold."""
    return Finding(WRONG, place, code, facts)
