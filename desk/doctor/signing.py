"""The key that signs the ledger: it opens, and nobody else reads what opens it."""

from crisis.model.words import words
from crisis.records.act import Records
from crisis.records.seal import SECRET_FILE, installation_seal
from crisis.records.signing_key import key_at, office_fingerprint
from crisis.settings import Settings
from desk.doctor.finding import Finding, ok, problem, skipped

OTHERS = 0o077


async def signing(records: Records, settings: Settings) -> Finding:
    """Whether the signing key opens. Raises Misconfigured where the secret is another one."""
    secret = settings.secret_key.get_secret_value()
    unsafe = None if secret or settings.database_url else _file(settings)
    if unsafe is not None:
        return unsafe
    async with records.look() as session:
        name = await office_fingerprint(session)
        if name is None:
            return skipped(
                words(
                    "Chưa có khóa ký; khóa được tạo khi ký lần đầu.",
                    "There is no signing key yet; the first checkpoint makes it.",
                )
            )
        embedded = not settings.database_url
        seal = installation_seal(secret_key=secret, var=settings.var, embedded=embedded)
        await key_at(session, seal, name)
    return ok(words(f"Khóa ký {name[:16]}… mở được.", f"The signing key {name[:16]}… opens."))


def _file(settings: Settings) -> Finding | None:
    """What is wrong with the secret's file; looking for it must not make it."""
    file = settings.var / SECRET_FILE
    if not file.is_file():
        return problem(
            words(f"Không có tệp {SECRET_FILE}.", f"The file {SECRET_FILE} is missing."),
            words(
                "Khôi phục từ bản sao lưu trước khi chạy; thiếu tệp này, khóa ký không mở được.",
                "Restore it from the backup before anything runs: without it no key opens.",
            ),
        )
    if file.stat().st_mode & OTHERS:
        return problem(
            words(
                f"Người khác đọc được tệp {SECRET_FILE}.",
                f"Others may read the file {SECRET_FILE}.",
            ),
            words(f"Chạy `chmod 600 {file}`.", f"Run `chmod 600 {file}`."),
        )
    return None
