"""What deploy/ says can be done: its settings, commands and value names are there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from prefect.settings.legacy import _get_settings_fields
from prefect.settings.models.root import Settings as PrefectSettings
from typer.main import get_command

from crisis.settings import Settings
from desk.cli.entry import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(one for one in DEPLOY.rglob("*") if one.is_file())
TOLD = [*FILES, ROOT / "docs" / "production.md"]
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
BIN = "/opt/phatngon/.venv/bin/"

OF_OTHERS = ("PREFECT_REDIS_MESSAGING_",)
"""Settings of the package prefect-redis, which stands beside Prefect in its image."""

CHART = {
    "prefect-server": {
        "global.prefect.image.repository",
        "global.prefect.image.prefectTag",
        "global.prefect.env",
        "server.replicaCount",
        "server.basicAuth.enabled",
        "server.basicAuth.existingSecret",
        "server.env",
        "server.resources.requests",
        "server.resources.limits",
        "server.livenessProbe.enabled",
        "server.readinessProbe.enabled",
        "backgroundServices.runAsSeparateDeployment",
        "backgroundServices.messaging.broker",
        "backgroundServices.messaging.cache",
        "backgroundServices.messaging.redis.host",
        "backgroundServices.messaging.redis.port",
        "backgroundServices.messaging.redis.db",
        "backgroundServices.extraEnvVarsSecret",
        "migrations.enabled",
        "secret.create",
        "secret.name",
        "postgresql.enabled",
        "sqlite.enabled",
        "redis.enabled",
        "ingress.enabled",
    },
    "prefect-worker": {
        "worker.image.repository",
        "worker.image.prefectTag",
        "worker.config.workPool",
        "worker.config.type",
        "worker.config.queryInterval",
        "worker.config.prefetchSeconds",
        "worker.config.limit",
        "worker.config.installPolicy",
        "worker.config.http2",
        "worker.apiConfig",
        "worker.selfHostedServerApiConfig.apiUrl",
        "worker.basicAuth.enabled",
        "worker.basicAuth.existingSecret",
        "worker.clusterUid",
        "worker.replicaCount",
        "worker.resources.requests",
        "worker.resources.limits",
        "worker.extraEnvVarsCM",
        "worker.extraEnvVarsSecret",
        "role.create",
        "rolebinding.create",
    },
}
"""The value names of Prefect's charts that are used here, as their values.yaml has them."""


def _paths(value: Any, before: str = "") -> Iterator[str]:
    """The paths of values, down to what a chart passes on as it is."""
    last = before.rpartition(".")[2]
    if not isinstance(value, dict) or last in {"requests", "limits"}:
        yield before
        return
    for name, inner in value.items():
        yield from _paths(inner, f"{before}.{name}" if before else name)


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _words(pattern: str) -> dict[str, set[str]]:
    return {_name(one): set(re.findall(pattern, one.read_text(encoding="utf8"))) for one in TOLD}


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".yaml"], ids=_name)
def test_every_yaml_file_can_be_read(file: Path) -> None:
    assert all(isinstance(one, dict) for one in yaml.safe_load_all(file.read_text("utf8")))


def test_every_setting_of_prefect_is_one_of_the_installed_version() -> None:
    known = set(_get_settings_fields(PrefectSettings))
    for file, named in _words(r"\bPREFECT_[A-Z_0-9]*[A-Z0-9]\b").items():
        own = {one for one in named if not one.startswith(OF_OTHERS)}
        assert own - known == set(), file


def test_every_setting_of_ours_exists() -> None:
    known = {f"PHATNGON_{field.upper()}" for field in Settings.model_fields}
    for file, named in _words(r"\bPHATNGON_[A-Z_]*[A-Z]\b").items():
        assert {one.removesuffix("_FILE") for one in named} - known == set(), file


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Every call of `phatngon` in deploy/, with the file that has it."""
    for file in FILES:
        text = file.read_text(encoding="utf8")
        text = re.sub(
            r"[\[\],\"']", " ", "\n".join(re.sub(r"#.*", "", t) for t in text.split("\n"))
        )
        for found in re.findall(r"(?:^|[/\s])phatngon ((?: *[a-z-][\w.$-]*)+)", text, re.MULTILINE):
            yield _name(file), found.split()


def test_every_command_of_ours_is_there_with_its_options() -> None:
    root: Any = get_command(app)
    seen = set()
    for file, words in _commands():
        command = root.get_command(typer.Context(root), words[0])
        if command is None and words[0] not in {"serve", "worker", "migrate", "backup"}:
            continue  # prose, a volume, a database's name
        assert command is not None, (file, words)
        options = {opt for one in command.params for opt in one.opts}
        assert {one for one in words if one.startswith("--")} <= options, (file, words)
        seen.add(words[0])
    assert {"serve", "worker", "migrate", "backup"} <= seen


@pytest.mark.parametrize("chart", CHART)
def test_helm_values_are_names_that_the_chart_has(chart: str) -> None:
    values = yaml.safe_load((DEPLOY / "helm" / f"{chart}.yaml").read_text(encoding="utf8"))
    assert set(_paths(values)) <= CHART[chart]


def test_images_name_no_registry_and_a_fixed_version() -> None:
    for file in FILES:
        for image in re.findall(
            r"^\s*(?:image:|FROM) +(\S+)", file.read_text("utf8"), re.MULTILINE
        ):
            assert "." not in image.partition("/")[0] or "/" not in image, (file, image)
            assert re.search(r":\d", image), (file, image)


def test_no_secret_is_written_down() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf8")
        for told in re.findall(r"AUTH_STRING=admin:(\S+)|//\w+:([^@\s]+)@", text):
            assert "".join(told) == "CHANGE-ME", file


@pytest.mark.parametrize("unit", UNITS, ids=_name)
def test_every_service_is_hardened(unit: Path) -> None:
    text = unit.read_text(encoding="utf8")
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=\n",
        "User=",
    ):
        assert line in text


def _instance(unit: str) -> str:
    return unit.replace("@.", "@8400.")


def test_systemd_itself_takes_every_unit(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not here")
    here = f"{Path(sys.executable).parent}/"
    units = sorted((DEPLOY / "systemd").glob("*.*e*"))
    for unit in [one for one in units if one.suffix in {".service", ".timer"}]:
        text = unit.read_text(encoding="utf8").replace(BIN, here)
        (tmp_path / _instance(unit.name)).write_text(text, encoding="utf8")
    done = subprocess.run(
        [tool, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "phatngon" in line or "prefect" in line]
    assert (ours, done.returncode) == ([], 0)
