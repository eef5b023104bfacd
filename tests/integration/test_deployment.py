"""What deploy/ promises: who may do what, which settings there are, and that each tool takes its files as they are."""

import ast
import fnmatch
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dagster as dg
import pytest
import yaml  # type: ignore[import-untyped]
from dagster._core.instance.config import dagster_instance_config

from pipelines.jobs import MAX_RUNTIME_SECONDS
from pipelines.nightly import run_nightly
from pipelines.schedules import nightly_schedule
from pipelines.settings import Paths, code_root

DEPLOY = code_root() / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(set(SERVICES) - {"postgres"})
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))

SETTING = r"(?:NEIGHBOURHOODS|DAGSTER)_[A-Z][A-Z0-9_]*"
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|WEBHOOK|KEY")
WORST_EXPOSURE = 2.0
"""Of `systemd-analyze security`, whose scale runs from 0 to 10."""


def documented() -> dict[str, str]:
    """Variables of the table in docs/running.md with what is said of them."""
    text = (code_root() / "docs" / "running.md").read_text(encoding="utf-8")
    return dict(re.findall(rf"^\| `({SETTING})` \| (.+?) \|", text, flags=re.MULTILINE))


def read_by_code() -> set[str]:
    """Names of variables in the code: each that is looked up, and each text that has the form of one of ours."""
    names: set[str] = set()
    for path in [*(code_root() / "pipelines").rglob("*.py"), *(code_root() / "assets").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if re.fullmatch(SETTING, text):
                    names.add(text)
                case ast.Subscript(value=where, slice=ast.Constant(value=str(text))) if is_environment(where):
                    names.add(text)
                case ast.Call(func=called, args=[ast.Constant(value=str(text)), *_]) if is_environment(called):
                    names.add(text)
    return names


def is_environment(node: ast.expr) -> bool:
    return bool(re.search(r"environ(\.\w+)?$|getenv$|EnvVar$", ast.unparse(node)))


def read_by_deployment() -> set[str]:
    texts = [(DEPLOY / name).read_text(encoding="utf-8") for name in ("dagster.yaml", "workspace.yaml", "compose.yaml")]
    own = "\n".join(path.read_text(encoding="utf-8") for path in (DEPLOY / "systemd").rglob("*.conf"))
    places = (rf"env: ({SETTING})", rf"\$\{{({SETTING})", rf"^\s+({SETTING}):", rf"({SETTING})=")
    return {name for place in places for name in re.findall(place, "\n".join([*texts, own]), flags=re.MULTILINE)}


def test_the_table_of_settings_has_every_variable_that_is_read_and_no_other() -> None:
    assert set(documented()) == read_by_code() | read_by_deployment()


def test_secrets_are_named_as_such_in_the_table() -> None:
    said = {name for name, what in documented().items() if what.startswith("secret:")}
    assert said == {name for name in documented() if SECRET.search(name)}
    assert said


def test_no_secret_is_in_what_the_nightly_is_configured_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in filter(SECRET.search, documented()):
        monkeypatch.setenv(name, f"value-of-{name}")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    configured: list[Any] = []

    def run(run_config: object, **_: object) -> Any:
        configured.append(run_config)
        return SimpleNamespace(success=True)

    job = SimpleNamespace(execute_in_process=run)
    monkeypatch.setattr("pipelines.definitions.definitions", lambda: SimpleNamespace(resolve_job_def=lambda _: job))
    assert run_nightly(Paths(tmp_path), rebuild=True)
    with dg.DagsterInstance.ephemeral() as instance:
        due = nightly_schedule.evaluate_tick(dg.build_schedule_context(instance)).run_requests
    configured += [[request.run_config, dict(request.tags)] for request in due or []]
    assert len(configured) == 2 and str(tmp_path) in json.dumps(configured)
    assert "value-of-" not in json.dumps(configured)
    stored = yaml.safe_load((DEPLOY / "dagster.yaml").read_text(encoding="utf-8"))
    assert stored["storage"]["postgres"]["postgres_db"]["password"] == {"env": "DAGSTER_POSTGRES_PASSWORD"}


def test_dagster_takes_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in documented():
        monkeypatch.setenv(name, "given")
    settings, _ = dagster_instance_config(str(DEPLOY))
    assert settings["telemetry"] == {"enabled": False}
    assert settings["run_monitoring"]["enabled"]
    assert settings["run_monitoring"]["max_runtime_seconds"] >= MAX_RUNTIME_SECONDS
    assert settings["concurrency"]["runs"]["max_concurrent_runs"] > 0


def test_runs_log_on_a_server_as_they_do_elsewhere() -> None:
    both = [yaml.safe_load((folder / "dagster.yaml").read_text()) for folder in (DEPLOY, code_root() / ".dagster")]
    assert both[0].get("python_logs") == both[1].get("python_logs")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_container_may_do_little_and_is_watched(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert {"mem_limit", "cpus", "pids_limit"} <= service.keys()
    assert service["environment"]["TZ"] == "Europe/London"
    assert not [key for key in service["environment"] if SECRET.search(key) and not key.endswith("_FILE")]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert re.search(r":(\$\{NEIGHBOURHOODS_VERSION|[\d.]+-)", service["image"])


def test_only_the_code_server_has_the_data_and_only_engineers_may_launch() -> None:
    mounts = {name: [volume.rpartition(":/srv/")[0] for volume in SERVICES[name].get("volumes", [])] for name in OURS}
    assert [name for name, found in mounts.items() if any(found)] == ["code"]
    servers = {name: service["command"] for name, service in SERVICES.items() if "ports" in service}
    assert {name: "--read-only" in command for name, command in servers.items()} == {
        "viewers": True,
        "engineers": False,
    }
    assert COMPOSE["networks"]["inside"]["internal"]
    assert SERVICES["postgres"]["networks"] == SERVICES["daemon"]["networks"] == ["inside"]


def test_compose_takes_the_file(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no `docker compose` here: of the compose file only its structure is checked")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "DAGSTER_POSTGRES_PASSWORD").touch()
    (tmp_path / "neighbourhoods.env").touch()
    given = {"PATH": str(Path(docker).parent), "NEIGHBOURHOODS_DATA": "/srv/x", "NEIGHBOURHOODS_ETC": str(tmp_path)}
    command = [docker, "compose", "--file", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_image_gets_what_it_needs_and_neither_workbooks_nor_secrets() -> None:
    lines = (code_root() / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert "*" in lines
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [
        word for line in re.findall(r"^COPY ([^-].*) \S+$", dockerfile, flags=re.MULTILINE) for word in line.split()
    ]
    for path in copied:
        assert any(fnmatch.fnmatch(path, each) or each.startswith(f"{path}/") for each in let_in), path
        assert (code_root() / path).exists()
    assert not {"raw", "warehouse", "deploy", "tests", "."} & set(let_in)
    bases = re.findall(r"^FROM (\S+)", dockerfile, flags=re.MULTILINE)
    assert len(set(bases)) == 1 and re.fullmatch(r"python:3\.11\.\d+-slim-\w+", bases[0])
    assert re.search(r"^USER [1-9]", dockerfile, flags=re.MULTILINE)
    assert "--require-hashes" in dockerfile


def versions(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_a_server_gets_the_versions_that_are_tested_and_nothing_of_development() -> None:
    tested, installed = versions(code_root() / "requirements.lock"), versions(DEPLOY / "requirements.lock")
    assert {name: version for name, version in installed.items() if tested.get(name, version) != version} == {}
    assert "dagster-postgres" in installed
    project = tomllib.loads((code_root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.split(r"[\[<>=]", line)[0] for line in project["optional-dependencies"]["dev"]]
    assert set(named) & set(installed) <= {"setuptools"}
    assert {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]} <= set(installed)


@pytest.fixture
def unit_root(tmp_path: Path) -> Path:
    """The units as installed in a root of their own, and stand-ins for what they start."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here: the units are not checked")
    shutil.copytree(DEPLOY / "systemd", tmp_path / "etc" / "systemd" / "system")
    binaries = tmp_path / "opt" / "neighbourhoods" / ".venv" / "bin"
    binaries.mkdir(parents=True)
    for name in ("dagster", "dagster-daemon", "dagster-webserver", "neighbourhoods"):
        shutil.copy("/bin/true", binaries / name)
    return tmp_path


def test_systemd_takes_the_units(unit_root: Path) -> None:
    folder = unit_root / "etc" / "systemd" / "system"
    for path in folder.glob("*.service"):
        path.write_text(path.read_text().replace("/opt/neighbourhoods", f"{unit_root}/opt/neighbourhoods"))
    units = [str(path) for path in folder.iterdir() if path.is_file()]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "neighbourhoods" not in done.stderr, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_service_may_do_little(unit: Path, unit_root: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--root={unit_root}", "--no-pager", unit.name]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", told)
    assert found and float(found.group(1)) < WORST_EXPOSURE, told
    assert ("ReadWritePaths=" in unit.read_text()) == (unit.stem.rpartition("-")[2] in ("code", "nightly"))


def test_both_ways_start_the_same_processes() -> None:
    for name in OURS:
        text = (DEPLOY / "systemd" / f"neighbourhoods-{name}.service").read_text(encoding="utf-8").replace("\\\n", "")
        started = re.findall(r"^ExecStart=\S+/bin/(.+)$", text, flags=re.MULTILINE)[0].split()
        anywhere = [{"0.0.0.0": "127.0.0.1"}.get(word, word) for word in SERVICES[name]["command"]]
        if name == "viewers":
            anywhere[anywhere.index("--port") + 1] = "3001"
        assert started == anywhere


def kubernetes_objects() -> list[dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))]
    return [each for text in texts for each in yaml.safe_load_all(text)]


def test_what_runs_on_kubernetes_has_settings_and_volumes_that_there_are() -> None:
    values = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
    [code] = values["dagster-user-deployments"]["deployments"]
    launcher = values["runLauncher"]["config"]["k8sRunLauncher"]
    run = launcher["runK8sConfig"]
    assert code["env"] == run["containerConfig"]["env"]
    settings = {each["name"]: each["value"] for each in code["env"]}
    assert {name for name in settings if re.fullmatch(SETTING, name)} <= set(documented())
    claims = {
        each["metadata"]["name"]: each for each in kubernetes_objects() if each.get("kind") == "PersistentVolumeClaim"
    }
    mounted = {each["name"]: each["persistentVolumeClaim"]["claimName"] for each in launcher["volumes"]}
    assert set(mounted.values()) == set(claims)
    paths = {each["mountPath"]: mounted[each["name"]] for each in launcher["volumeMounts"]}
    # publishing needs a disk of one node, rows on their way one of all
    assert claims[paths[settings["NEIGHBOURHOODS_ROOT"]]]["spec"]["accessModes"] == ["ReadWriteOnce"]
    assert claims[paths[settings["NEIGHBOURHOODS_SPARK_FOLDER"]]]["spec"]["accessModes"] == ["ReadWriteMany"]


def test_spark_connect_lets_in_runs_alone_and_is_of_one_version_with_its_client() -> None:
    found = {(each.get("kind"), each["metadata"]["name"]): each for each in kubernetes_objects() if "metadata" in each}
    values = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
    labels = values["runLauncher"]["config"]["k8sRunLauncher"]["runK8sConfig"]["podTemplateSpecMetadata"]["labels"]
    rules = found["NetworkPolicy", "spark-connect"]["spec"]["ingress"]
    [to_connect] = [rule for rule in rules if {"port": 15002} in rule["ports"]]
    assert to_connect["from"] == [{"podSelector": {"matchLabels": labels}}]
    [driver] = found["Deployment", "spark-connect"]["spec"]["template"]["spec"]["containers"]
    image = driver["image"]
    assert f"--conf=spark.kubernetes.container.image={image}" in driver["args"]
    dockerfile = (DEPLOY / "kubernetes" / "Dockerfile").read_text(encoding="utf-8")
    assert f"pyspark-client=={image.rpartition(':')[2]}" in dockerfile
    [rows] = [each for each in driver["volumeMounts"] if each["name"] == "rows"]
    assert (
        f"--conf=spark.kubernetes.executor.volumes.persistentVolumeClaim.rows.mount.path={rows['mountPath']}"
        in driver["args"]
    )
