"""The set-up code: what it decides without Odoo running, and what it says when a machine lacks something."""

import configparser
import os
import re
import socket
import stat
import subprocess
import sys

import pytest

from bootstrap import cli, layout, logs, manifests, odoo, odoo_source, postgres, server, system, venv
from bootstrap.progress import SetupError
from repository import ROOT, write_module

COMMANDS = {"up", "stop", "test", "lint", "shell", "psql", "db", "odoo", "bench", "i18n", "lock"}
SETTINGS = ROOT / "config" / "odoo.conf"


def erp(*arguments, **environment):
    """Run ./erp as a person does; return the finished process."""
    return subprocess.run(
        [sys.executable, str(ROOT / "erp"), *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# The command line


def test_help_names_every_command():
    """Whoever types ./erp --help learns all there is."""
    done = erp("--help")
    assert done.returncode == 0
    assert set(re.findall(r"^    (\w+)  ", done.stdout, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS - {"odoo", "psql"}))
def test_every_command_explains_itself(command):
    """`./erp odoo --help` is Odoo's own, `./erp psql --help` PostgreSQL's; all others are ours."""
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0


def test_a_taken_port_is_one_clear_line():
    """The line says which port, and the very command that helps; nothing is started."""
    with socket.socket() as taken:
        taken.bind((layout.HTTP_HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {port} on .* is taken: .*ERP_HTTP_PORT={port + 100} ./erp up") as problem:
            server.check_port(port=port)
        done = erp("up", ERP_HTTP_PORT=str(port))
    assert "\n" not in str(problem.value)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"✗ {problem.value}"]
    assert done.stderr == ""


def test_a_free_port_is_no_problem():
    """The check itself must not hold the port."""
    with socket.socket() as free:
        free.bind((layout.HTTP_HOST, 0))
        port = free.getsockname()[1]
    server.check_port(port=port)
    server.check_port(port=port)


# What decides that something is built anew


def test_the_environment_follows_its_locks(tmp_path, monkeypatch):
    """The same locks give the same key; a changed one, of either kind, another."""
    for name in venv.LOCKS:
        (tmp_path / name).write_bytes((layout.CONFIG / name).read_bytes())
    before = venv.key()
    monkeypatch.setattr(layout, "CONFIG", tmp_path)
    assert venv.key() == before
    seen = {before}
    for name in venv.LOCKS:
        with (tmp_path / name).open("a") as file:
            file.write("# changed\n")
        seen.add(venv.key())
    assert len(seen) == 1 + len(venv.LOCKS)


def test_the_locks_pin_everything_and_name_no_index():
    """A lock with hashes installs the same everywhere; an index address would tie it to one country."""
    for name in venv.LOCKS:
        lines = (layout.CONFIG / name).read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert pins
        assert [line for line in pins if "==" not in line or not line.endswith("\\")] == []
        assert [line for line in lines if "://" in line or line.startswith("-")] == []


@pytest.mark.parametrize("path", ["models/brand.py", "views/brand.xml", "security/ir.model.access.csv", "i18n/zh_CN.po", "__manifest__.py"])
def test_a_database_follows_what_it_is_made_of(path, tmp_path):
    """Code, views, access lists and terms: a changed one makes another hash."""
    folder = write_module(tmp_path, "cosmetics_sample", {path: "1"} if path != "__manifest__.py" else {})
    before = manifests.module_hash(folder)
    with (folder / path).open("a") as file:
        file.write(" ")
    assert manifests.module_hash(folder) != before


@pytest.mark.parametrize("path", ["tests/test_brand.py", "static/src/brand.js", "README.rst", "models/__pycache__/brand.py"])
def test_a_database_ignores_what_it_is_not_made_of(path, tmp_path):
    """A new test must not cost everybody an update of the database."""
    folder = write_module(tmp_path, "cosmetics_sample")
    before = manifests.module_hash(folder)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("changed")
    assert manifests.module_hash(folder) == before


def test_a_moved_file_is_a_change(tmp_path):
    """The hash covers names, not only contents."""
    folder = write_module(tmp_path, "cosmetics_sample", {"views/a.xml": "<odoo/>"})
    before = manifests.module_hash(folder)
    (folder / "views/a.xml").rename(folder / "views/b.xml")
    assert manifests.module_hash(folder) != before


def test_every_module_of_odoo_is_known_once():
    """What ours depend on and nothing of ours: the template of bare Odoo is made of it."""
    core = manifests.core_modules()
    assert core == sorted(set(core))
    assert "stock" in core
    assert not set(core) & set(layout.own_modules())


# Odoo's log


LOG = """\
2026-03-01 08:00:00,000 7 INFO shop odoo.modules.loading: Loading module web (1/9)
2026-03-01 08:00:01,000 7 WARNING shop odoo.fields: Two fields have the same label: Brand
continuation of the warning
2026-03-01 08:00:02,000 7 WARNING ? odoo: Running as user 'root' is a security risk.
2026-03-01 08:00:03,000 7 ERROR shop odoo.http: static/lib/selfie_segmentation is missing
2026-03-01 08:00:04,000 7 CRITICAL shop odoo.sql_db: the end
2026-03-01 08:00:05,000 7 INFO shop odoo.http: WARNING stands here as a word only
"""


def test_a_warning_in_the_log_offends_unless_it_is_allowed(tmp_path):
    """Two lines are known to be harmless; every other WARNING, ERROR or CRITICAL is a defect."""
    path = tmp_path / "odoo.log"
    path.write_text(LOG)
    assert [line.split(" ")[3:5] for line in logs.offending_lines(path)] == [["WARNING", "shop"], ["CRITICAL", "shop"]]
    assert len(logs.offending_lines(path, allowed=())) == 4
    assert logs.offending_lines(path, allowed=(re.compile("."),)) == []


def test_the_list_of_allowed_lines_stays_short():
    """Each entry is a defect we chose to live with; a third one needs a talk, and this test to be changed."""
    assert len(logs.ALLOWED) == 2


def test_the_last_error_says_why_odoo_stopped(tmp_path):
    """The exception, not the last line that happens to follow it."""
    path = tmp_path / "odoo.log"
    path.write_text("Traceback (most recent call last):\n  File …\npsycopg2.OperationalError: no space left\nbye\n")
    assert logs.last_error(path) == "psycopg2.OperationalError: no space left"
    path.write_text("")
    assert logs.last_error(path) == "nothing was logged"


# Odoo's configuration


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write the configuration of a machine into a folder of its own and return its path."""
    monkeypatch.setattr(layout, "CONF", tmp_path / "odoo.conf")
    monkeypatch.setattr(layout, "DATA", tmp_path / "data")
    odoo.write_conf()
    return layout.CONF


def options(path):
    """Return the options of an Odoo configuration file."""
    conf = configparser.ConfigParser(interpolation=None)
    conf.read(path, encoding="utf-8")
    return dict(conf["options"])


def test_a_machine_keeps_the_shared_settings_and_adds_its_paths(written):
    """config/odoo.conf is the truth; only what a machine must say itself is added."""
    shared, own = options(SETTINGS), options(written)
    assert {name: own[name] for name in shared} == {**shared, "http_interface": layout.HTTP_HOST}
    assert own["addons_path"].split(",")[-2:] == [str(ROOT / "addons"), str(ROOT)]
    assert set(own) - set(shared) <= {
        "addons_path", "data_dir", "db_host", "db_port", "db_user", "db_password", "http_port", "gevent_port",
    }  # fmt: skip


def test_nobody_else_reads_the_configuration(written):
    """It may hold the password of the database."""
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_shared_settings_hold_no_secret_and_keep_databases_hidden():
    """The file is public; a visitor must not see the list of databases."""
    shared = options(SETTINGS)
    assert shared["list_db"] == "False"
    assert not [name for name in shared if "pass" in name]
    assert {"base", "web", "rpc"} <= set(shared["server_wide_modules"].split(","))


def test_odoo_understands_its_configuration(written):
    """A misspelt option is a warning in Odoo's log, and the setting is lost."""
    code = (
        "import sys; from odoo.tools import config; config.parse_config(['-c', sys.argv[1]], setup_logging=True); print(config['list_db'])"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "ODOO_"))}
    done = subprocess.run([sys.executable, "-c", code, str(written)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["False"]
    lines = [line for line in done.stderr.splitlines() if re.search(r" (WARNING|ERROR) ", line)]
    assert [line for line in lines if not any(pattern.search(line) for pattern in logs.ALLOWED)] == []


# PostgreSQL


def test_an_acknowledged_sale_is_never_lost():
    """Nothing that trades safety for speed is among the settings."""
    risky = {"fsync", "synchronous_commit", "full_page_writes"}
    assert not risky & set(postgres.settings())


def test_a_database_can_be_copied_while_autovacuum_works_in_it():
    """Odoo ends all other connections of the database first; without this right that is an ERROR in its log."""
    postgres.start()
    assert postgres.query("SELECT pg_has_role(%s, 'pg_signal_autovacuum_worker', 'MEMBER')", params=(postgres.ROLE,)) == [(True,)]


def test_a_copied_database_counts_on_after_a_crash():
    """A server process that is killed right after the copy must not bring numbers back that rows already have."""
    postgres.start()
    for name in ("crash_copy", "crash_source"):
        postgres.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    postgres.query("CREATE DATABASE crash_source")
    try:
        postgres.query("CREATE SEQUENCE counter", "crash_source")
        assert postgres.query("SELECT nextval('counter')", "crash_source") == [(1,)]
        postgres.query("CREATE DATABASE crash_copy TEMPLATE crash_source")
        postgres.checkpoint()
        assert postgres.query("SELECT nextval('counter')", "crash_copy") == [(2,)]
        logged = postgres.query("SELECT log_cnt FROM counter", "crash_copy")
        assert logged == [(32,)], "the first number after a checkpoint is logged with those that follow"
    finally:
        for name in ("crash_copy", "crash_source"):
            postgres.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_the_embedded_server_has_no_door_to_the_network():
    """It trusts whoever reaches it, so only this machine may."""
    assert postgres.settings()["listen_addresses"] == "''"


# What the machine must bring


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """Pretend a machine with nothing installed; return the folder that is its PATH."""
    path = tmp_path / "bin"
    path.mkdir()
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setattr(system, "CHROMIUM_PLACES", ())
    monkeypatch.setattr(system, "FONT_PLACES", ())
    return path


def script(path, text):
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_machine_without_apt_is_told_what_to_install(bare):
    """One line, with the names of the packages."""
    with pytest.raises(SetupError) as problem:
        system.ensure()
    assert "\n" not in str(problem.value)
    assert "sudo apt-get install chromium fonts-noto-cjk" in str(problem.value)


def test_without_a_browser_test_no_browser_is_asked_for(bare):
    """A machine that only prints nothing needs the font alone."""
    script(bare / "fc-list", "echo 'Noto Sans CJK SC'")
    system.ensure(need_browser=False)
    assert system.missing() == ["chromium"]


def test_what_is_missing_is_installed_where_that_is_allowed(bare, tmp_path):
    """The package list is read first; what the machine has already is left alone."""
    script(bare / "fc-list", "echo 'Noto Sans CJK SC'")
    script(bare / "sudo", 'while [ "$1" = -n ] || [ "$1" = DEBIAN_FRONTEND=noninteractive ]; do shift; done; exec "$@"')
    script(bare / "true", "exit 0")
    script(bare / "apt-get", f'echo "$@" >> {tmp_path}/calls\n/bin/cp {bare}/true {bare}/chromium')
    system.ensure()
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call.split(" ")[-1] for call in calls] == ["update", "chromium"]
    assert system.chromium() == str(bare / "chromium")


def test_a_failed_installation_says_why(bare):
    """apt-get's own last words, behind the line that says what to do."""
    script(bare / "sudo", 'while [ "$1" = -n ] || [ "$1" = DEBIAN_FRONTEND=noninteractive ]; do shift; done; exec "$@"')
    script(bare / "true", "exit 0")
    script(bare / "apt-get", "echo 'E: no network' >&2; exit 100")
    with pytest.raises(SetupError, match="install chromium and fonts-noto-cjk .*E: no network"):
        system.ensure()


def test_a_given_browser_comes_first(bare, monkeypatch):
    """CHROMIUM_PATH wins, unless nothing can be run there."""
    script(bare / "chromium", "exit 0")
    script(bare / "mine", "exit 0")
    monkeypatch.setenv("CHROMIUM_PATH", str(bare / "mine"))
    assert system.chromium() == str(bare / "mine")
    monkeypatch.setenv("CHROMIUM_PATH", str(bare / "gone"))
    assert system.chromium() is None


@pytest.mark.parametrize(
    ("release", "expected"), [(None, "holds no Odoo"), ("version_info = (18, 0, 0, FINAL, 0, '')", "is Odoo 18.0; this suite needs 19.0")]
)
def test_a_wrong_odoo_is_refused_in_one_line(release, expected, tmp_path, monkeypatch):
    """ODOO_HOME without Odoo, or with another series."""
    if release:
        (tmp_path / "odoo").mkdir()
        (tmp_path / "odoo" / "release.py").write_text(release)
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    with pytest.raises(SetupError, match=expected) as problem:
        odoo_source.ensure()
    assert "\n" not in str(problem.value)
