"""The only reader of the environment: `PHATNGON_*` variables, `.env`, and secrets from `…_FILE`."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HOUSE = Path(__file__).resolve().parents[1]
"""Where the content that came with the program lies, whatever folder it is called from."""


def _or_prefects(field: str, prefects: str) -> AliasChoices:
    """Our own variable, else the one that Prefect's own programs read."""
    return AliasChoices(field, f"PHATNGON_{field.upper()}", prefects)


class Settings(BaseSettings):
    """How one installation is set up. Defaults run everything embedded under `./var`."""

    model_config = SettingsConfigDict(env_prefix="PHATNGON_", env_file=".env", extra="ignore")

    installation: Literal["office", "exercise"] = "office"
    var: Path = Path("var")
    database_url: str = ""
    prefect_api_url: str = Field(
        default="", validation_alias=_or_prefects("prefect_api_url", "PREFECT_API_URL")
    )
    prefect_auth_string: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=_or_prefects("prefect_auth_string", "PREFECT_API_AUTH_STRING"),
    )
    public_url: str = "http://127.0.0.1:8400"
    smtp_url: SecretStr = SecretStr("smtp://127.0.0.1:8425")
    own_mailbox: bool = False
    mail_rate_per_minute: int = Field(default=120, ge=1)
    office_name_vi: str = "Văn phòng UBND tỉnh Quảng Trị"
    office_name_en: str = "Office of the Quang Tri Provincial People's Committee"
    office_mailbox: str = "phatngon@quangtri.example"
    office_phone: str = ""
    code_prefix: str = Field(default="QT", pattern=r"^[A-Z]{2,4}$")
    secret_key: SecretStr = SecretStr("")
    playbooks: Path = HOUSE / "playbooks"
    templates: Path = HOUSE / "templates"
    upload_limit_bytes: int = Field(default=20 * 2**20, ge=1)
    outward_networks: Literal["public", "loopback"] = "public"
    log: Literal["plain", "json"] = "plain"
    metrics_token: SecretStr = SecretStr("")

    @field_validator("public_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def records_url(self) -> str:
        """The SQLAlchemy URL of the records; SQLite in `var` unless one is given."""
        return self.database_url or f"sqlite+aiosqlite:///{self.records_file}"

    @property
    def records_file(self) -> Path:
        """The file of the embedded records."""
        return self.var / "records.db"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show, passwords in addresses among it."""
        own = (self.secret_key, self.smtp_url, self.prefect_auth_string, self.metrics_token)
        told = [one.get_secret_value() for one in own]
        passwords = [urlsplit(one).password or "" for one in (told[1], self.database_url)]
        return tuple({*told, *passwords, *map(unquote, passwords)} - {""})

    @property
    def site_dir(self) -> Path:
        """Where the public site's files are written."""
        return self.var / "site"

    @property
    def exercise(self) -> bool:
        """Whether this is an exercise installation: only these may move the office clock."""
        return self.installation == "exercise"


def _secrets_from_files() -> dict[str, str]:
    """Values of `PHATNGON_<NAME>_FILE` variables, read from the files they name."""
    found = {}
    for name, path in os.environ.items():
        if name.startswith("PHATNGON_") and name.endswith("_FILE"):
            field = name.removeprefix("PHATNGON_").removesuffix("_FILE").lower()
            found[field] = Path(path).read_text(encoding="utf8").strip()
    return found


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings(**_secrets_from_files())  # type: ignore[arg-type]
