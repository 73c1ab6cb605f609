"""Secrets at rest open with the installation's secret, and only for what they were closed for."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crisis.model.errors import Misconfigured
from crisis.records.seal import SECRET_FILE, Seal, installation_seal

SECRET = "đủ dài để làm bí mật của hệ thống này"


def test_what_was_closed_opens_again_and_never_looks_the_same(seal: Seal) -> None:
    one, two = seal.close(b"JBSWY3DPEHPK3PXP", "totp"), seal.close(b"JBSWY3DPEHPK3PXP", "totp")
    assert seal.open(one, "totp") == seal.open(two, "totp") == b"JBSWY3DPEHPK3PXP"
    assert one != two
    assert seal.open_text(seal.close_text("mật", "totp"), "totp") == "mật"


def test_the_secret_is_not_printed(seal: Seal) -> None:
    assert "secret of the tests" not in repr(seal)


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_byte_is_noticed(seal: Seal, place: int) -> None:
    sealed = bytearray(seal.close(b"mat khau", "totp"))
    sealed[place] ^= 1
    with pytest.raises(Misconfigured):
        seal.open(bytes(sealed), "totp")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12])
def test_what_was_never_sealed_does_not_open(seal: Seal, sealed: bytes) -> None:
    with pytest.raises(Misconfigured):
        seal.open(sealed, "totp")


def test_another_purpose_or_installation_does_not_open_it(seal: Seal) -> None:
    sealed = seal.close(b"mat khau", "totp")
    with pytest.raises(Misconfigured):
        seal.open(sealed, "webhook")
    with pytest.raises(Misconfigured) as refused:
        Seal(secret=b"another").open(sealed, "totp")
    assert refused.value.setting == "PHATNGON_SECRET_KEY"


def test_purposes_have_keys_of_their_own_that_stay(seal: Seal) -> None:
    keys = {purpose: seal.key_for(purpose) for purpose in ("cookie", "link", "seal:totp")}
    assert len(set(keys.values())) == 3
    assert keys["link"] == Seal(secret=seal.secret).key_for("link")


def test_embedded_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    var = tmp_path / "new" / "var"
    with ThreadPoolExecutor(8) as pool:
        seals = list(
            pool.map(lambda _: installation_seal(secret_key="", var=var, embedded=True), range(16))
        )
    file = var / SECRET_FILE
    assert len({seal.secret for seal in seals}) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == [SECRET_FILE]


def test_a_given_secret_counts_and_leaves_no_file(tmp_path: Path) -> None:
    seal = installation_seal(secret_key=SECRET, var=tmp_path, embedded=True)
    assert seal.secret == SECRET.encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("secret", "embedded"), [("", False), ("short", False), ("short", True)])
def test_a_missing_or_short_secret_is_a_mistake_of_configuration(
    tmp_path: Path, secret: str, embedded: bool
) -> None:
    with pytest.raises(Misconfigured):
        installation_seal(secret_key=secret, var=tmp_path, embedded=embedded)
