"""What `./erp …` understands; each command is one function that says in its first line what it does."""

import argparse
import os
import subprocess
import sys

from . import layout, odoo_source, venv
from .progress import SetupError, say


def main(arguments=None):
    """Prepare what every command needs, run one, and turn a known problem into one clear line."""
    options = _parser().parse_args(arguments)
    if not hasattr(options, "run"):
        _parser().print_help()
        return 0
    try:
        layout.RUNTIME.mkdir(parents=True, exist_ok=True, mode=0o700)
        # PostgreSQL's wrapper and Chromium want a private runtime folder; not every machine gives one.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(layout.RUNTIME))
        odoo_source.ensure()
        venv.ensure()
        if not _inside():
            os.execv(layout.PYTHON, [str(layout.PYTHON), str(layout.ROOT / "erp"), *(arguments or sys.argv[1:])])
        return options.run(options) or 0
    except SetupError as problem:
        say(f"✗ {problem}")
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130


def _inside():
    return sys.prefix == str(layout.VENV) or os.path.realpath(sys.prefix) == os.path.realpath(layout.VENV)


def _parser():
    parser = argparse.ArgumentParser(prog="./erp", description="Cosmetics ERP for Xi'an: run it, test it, look inside.")
    commands = parser.add_subparsers(metavar="command")

    def add(name, function, text, **kwargs):
        command = commands.add_parser(name, help=text, description=text, **kwargs)
        command.set_defaults(run=function)
        return command

    def hand_over(name, function, text):
        # Everything behind the command belongs to the other program, options included.
        add(name, function, text, add_help=False, prefix_chars="\0").add_argument("rest", nargs=argparse.REMAINDER)

    add("up", up, "bring up everything and serve the demo company")
    add("stop", stop, "stop the embedded PostgreSQL")
    test = add("test", run_tests, "run all tests")
    test.add_argument("--nightly", action="store_true", help="also the long-form tests")
    test.add_argument("--core", metavar="MODULES", help="only Odoo's own tests, bare against ours: stock,sale_stock or stock:TestStockMove")
    test.add_argument("rest", nargs=argparse.REMAINDER, help="arguments for pytest: only these are run, on a copy of the suite template")
    lint = add("lint", run_lint, "check style, budgets, manifests, translations and XML")
    lint.add_argument("--fix", action="store_true", help="let the formatters rewrite what they can")
    shell = add("shell", run_shell, "Python with `env`; reads a script from stdin")
    shell.add_argument("-d", "--database", default=layout.DATABASE)
    hand_over("psql", run_psql, "PostgreSQL's shell")
    database = add("db", run_db, "list, make or drop databases")
    database.add_argument("action", choices=("list", "new", "drop", "follow"))
    database.add_argument("name", nargs="?")
    kind = database.add_mutually_exclusive_group()
    kind.add_argument("--demo", dest="kind", action="store_const", const="demo", default="suite", help="with the demo company")
    kind.add_argument("--bare", dest="kind", action="store_const", const="core", help="Odoo and OCA only, nothing of ours")
    hand_over("odoo", run_odoo, "Odoo's own command line with our configuration")
    bench = add("bench", run_bench, "measure against bare Odoo or a smaller size: orders, shelf life, stock, members, finance, forecast")
    bench.add_argument("what", choices=("orders", "shelf-life", "stock", "members", "finance", "forecast"))
    bench.add_argument("rest", nargs=argparse.REMAINDER)
    i18n = add("i18n", run_i18n, "export our terms, or measure how much is Chinese")
    i18n.add_argument("action", choices=("export", "coverage"))
    i18n.add_argument("modules", nargs="*")
    add("lock", lambda options: venv.lock(), "write the requirement locks anew")
    return parser


def _ready():
    from . import odoo, overlay, postgres

    postgres.start()
    odoo.write_conf()
    overlay.link()


def up(options):
    """Bring up everything and serve it until Ctrl-C."""
    from . import server

    return server.up()


def stop(options):
    """Stop the embedded PostgreSQL."""
    from . import postgres

    postgres.stop()


def run_tests(options):
    """Run every kind of test, or what pytest is told."""
    from . import testing

    _ready()
    if options.core:
        return testing.core_suites(options.core.split(","))
    return testing.run(options.rest, options.nightly)


def run_lint(options):
    """Run the linters of house.md."""
    from . import linting

    return linting.run(options.fix)


def run_odoo(options):
    """Hand over to Odoo's own command line."""
    from . import odoo

    _ready()
    return subprocess.call(odoo.command(*options.rest), env=odoo.environment(), cwd=layout.ROOT)


def run_shell(options):
    """Open Odoo's shell; a script on stdin is run with `env`."""
    from . import odoo

    _ready()
    return subprocess.call(
        odoo.command("shell", "-d", options.database, "--no-http", "--log-level=warn"), env=odoo.environment(), cwd=layout.ROOT
    )


def run_psql(options):
    """Open PostgreSQL's shell, on the demo company unless -d names another database."""
    from . import odoo, postgres

    _ready()
    environment = {"PGDATABASE": layout.DATABASE, **odoo.environment()}
    return subprocess.call([postgres.tool("psql"), *options.rest], env=environment)


def run_db(options):
    """List, make, drop databases, or bring one up to the sources."""
    from . import databases

    _ready()
    if options.action == "list":
        say("\n".join(databases.names()))
        return
    if not options.name:
        raise SetupError(f"Say which database: ./erp db {options.action} NAME")
    if options.action == "new":
        databases.create(options.name, options.kind)
    elif options.action == "follow":
        databases.follow_sources(options.name)
    else:
        databases.drop(options.name)


def run_bench(options):
    """Measure."""
    from .bench import finance, forecast, members, orders, shelf_life, stock

    _ready()
    benches = {"orders": orders, "shelf-life": shelf_life, "stock": stock, "members": members, "finance": finance, "forecast": forecast}
    return benches[options.what].main(options.rest)


def run_i18n(options):
    """Export our terms or measure coverage."""
    from . import terms

    _ready()
    return terms.main(options.action, options.modules)
