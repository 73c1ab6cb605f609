"""The settings: a secret that is one, and links that people outside can trust."""

from urllib.parse import urlsplit

from crisis.model.words import words
from crisis.outlets.smtp_server import smtp_server
from crisis.records.seal import SHORTEST
from crisis.settings import Settings
from desk.doctor.finding import Finding, ok, problem

FEWEST = 8
"""Different characters below which a secret is a placeholder."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


async def configuration(settings: Settings) -> Finding:
    """Judge the settings by themselves. Raises Misconfigured for a wrong SMTP address."""
    smtp_server(settings.smtp_url.get_secret_value())
    if _weak(settings):
        return problem(
            words(
                "PHATNGON_SECRET_KEY còn thiếu, quá ngắn hoặc chỉ là giá trị mẫu.",
                "PHATNGON_SECRET_KEY is missing, too short or a placeholder.",
            ),
            words(
                f"Đặt ít nhất {SHORTEST} ký tự ngẫu nhiên, giống nhau trên mọi máy; "
                "nếu đã có dữ liệu, dùng lại khóa trong bản sao lưu.",
                f"Set at least {SHORTEST} random characters, the same on every machine; "
                "where there are records already, restore their key from the backup.",
            ),
        )
    if not _trusted(settings):
        return problem(
            words(
                "PHATNGON_PUBLIC_URL không phải địa chỉ https.",
                "PHATNGON_PUBLIC_URL is not an https address.",
            ),
            words(
                "Đặt địa chỉ https mà cơ quan và báo chí truy cập được.",
                "Set the https address that agencies and newspapers reach.",
            ),
        )
    return ok(words("Đọc được cấu hình.", "The settings can be read and are sound."))


def _weak(settings: Settings) -> bool:
    secret = settings.secret_key.get_secret_value()
    if not secret and not settings.database_url:
        return False  # embedded: the secret is a file of its own
    return len(secret) < SHORTEST or len(set(secret)) < FEWEST


def _trusted(settings: Settings) -> bool:
    address = urlsplit(settings.public_url)
    inside = settings.exercise or address.hostname in LOOPBACK
    return address.scheme == "https" or (inside and address.scheme == "http")
