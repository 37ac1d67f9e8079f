"""`./erp test`: lint, repository tests, Odoo tests on two copies of the database, many users at once, browser tests.

Building the templates keeps one core busy, so lint and repository tests run beside it. It stops at nothing and fails at the end.
"""

import contextlib
import os
import subprocess
import tempfile
import threading
import time

from . import databases, layout, logs, odoo, server, system, templates
from .progress import say

WORKERS = 2
# Browser and server of a story take turns, so that two stories at once fill two cores.
E2E_WORKERS = 2
E2E_PORT = int(os.environ.get("ERP_TEST_PORT", "8169"))
TEST_DATABASE = "test_suite"
LOAD_DATABASE = "test_load"
E2E_DATABASE = "test_browser"


def run(rest, nightly=False):
    """Run all kinds of tests, or pytest with ``rest``; return the exit code."""
    if nightly:
        # What walks at random walks further.
        os.environ["ERP_NIGHTLY"] = "1"
    if rest:
        # Without pytest-odoo: each of these processes loads Odoo itself.
        return load_tests(rest) if _are_load_tests(rest) else odoo_tests(rest)
    began = time.monotonic()
    system.ensure(need_browser=True)
    beside = Beside({"lint": lint, "repository tests": repository_tests})
    with beside:
        say("━━ templates; lint and repository tests run beside them and are shown after them")
        templates.ensure("demo")
    results = beside.results
    for title, function in (
        ("Odoo tests", odoo_tests),
        ("many users at once", load_tests),
        ("browser tests", lambda: browser_tests(nightly)),
        *((("Odoo's own suites", core_suites),) if nightly else ()),
    ):
        say(f"\n━━ {title}")
        start = time.monotonic()
        code = function() or 0
        results[title] = (code, time.monotonic() - start)
    say("")
    for title, (code, seconds) in results.items():
        say(f"{'✗' if code else '✓'} {title} ({seconds:.0f} s)")
    failed = sum(1 for code, _seconds in results.values() if code)
    say(f"all in {time.monotonic() - began:.0f} s")
    say(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


class Beside:
    """Kinds of tests that run one after the other beside something long; what each says is kept, and printed whole at the end.

    ``with Beside({"lint": lint}) as beside: …``, then ``beside.results`` is {title: (exit code, seconds)}. Each function takes a file
    that it writes to.
    """

    def __init__(self, kinds):
        self.kinds = kinds
        # What never came to run has failed.
        self.results = dict.fromkeys(kinds, (1, 0.0))
        self._outputs = {}
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, error, trace):
        if kind and not issubclass(kind, Exception):
            return  # Ctrl-C ends the children, too: nobody waits for them
        self._thread.join()
        for title, output in self._outputs.items():
            say(f"\n━━ {title}")
            say(output.rstrip())

    def _work(self):
        for title, function in self.kinds.items():
            start = time.monotonic()
            with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
                try:
                    code = function(file)
                except OSError as problem:
                    code = 1
                    file.write(f"{title} could not run: {problem}")
                file.seek(0)
                self._outputs[title] = file.read()
            self.results[title] = (code, time.monotonic() - start)


def lint(output=None):
    """All linters, in a process of their own."""
    return subprocess.call([str(layout.PYTHON), str(layout.ROOT / "erp"), "lint"], cwd=layout.ROOT, stdout=output, stderr=subprocess.STDOUT)


def repository_tests(output=None):
    """Tests that need no Odoo: layering, manifests, translations, compose file, the set-up itself."""
    return _pytest(["tests", "--ignore=tests/e2e", "--ignore=tests/load", "-p", "no:odoo"], {}, output)


def odoo_tests(rest=()):
    """Tests of our modules, each worker on its own copy of a copy of the suite template."""
    _fresh(TEST_DATABASE, "suite")
    arguments = list(rest) or [f"{folder}/tests" for folder in layout.own_modules().values() if _tested_on_suite(folder)]
    workers = [] if rest else ["-n", str(WORKERS), "--dist", "loadscope"]
    options = [f"--odoo-database={TEST_DATABASE}", f"--odoo-config={layout.CONF}", "--odoo-http", "--odoo-log-level=warn", *workers]
    code = _pytest([*arguments, *options], odoo.environment())
    if code == 0 and not rest:
        code = demo_tests()
    return code


def demo_tests():
    """The demo company's own tests, on a database that holds it."""
    _fresh(E2E_DATABASE, "demo")
    folder = layout.own_modules()["cosmetics_demo"] / "tests"
    options = [f"--odoo-database={E2E_DATABASE}", f"--odoo-config={layout.CONF}", "--odoo-http", "--odoo-log-level=warn"]
    return _pytest([str(folder), *options], odoo.environment())


def load_tests(rest=()):
    """Many real processes at once on one database, everything committed; the database is dropped afterwards."""
    _fresh(LOAD_DATABASE, "suite")
    try:
        return _pytest([*(rest or ["tests/load"]), "-p", "no:odoo"], {**odoo.environment(), "ERP_LOAD_DATABASE": LOAD_DATABASE})
    finally:
        databases.drop(LOAD_DATABASE)


def browser_tests(nightly=False):
    """A person's day in Chromium, each worker against a server of its own on a copy of the demo company."""
    marker = [] if nightly else ["-m", "not nightly"]
    with contextlib.ExitStack() as stack:
        running = []
        for number in range(E2E_WORKERS):
            database = f"{E2E_DATABASE}_{number}"
            _fresh(database, "demo")
            stack.callback(databases.drop, database)
            running.append(stack.enter_context(server.Server(database, E2E_PORT + 10 * number, f"browser-tests-{number}")))
        env = {
            "ERP_URLS": " ".join(each.url for each in running),
            "ERP_PASSWORD": server.logins()[0][1],
            "CHROMIUM_PATH": str(system.chromium()),
            "ERP_PICTURES": str(layout.STATE / "pictures"),
        }
        # The stories of a file stay together, in their order: a later one may go on where an earlier one ended.
        code = _pytest(["tests/e2e", "-p", "no:odoo", "-n", str(E2E_WORKERS), "--dist", "loadfile", *marker], env)
    # What nobody saw in the browser may still have gone wrong on the server.
    offending = [line for each in running for line in logs.offending_lines(each.log, logs.ALLOWED_WITH_PEOPLE)]
    for line in offending[:10]:
        say(f"✗ {line}")
    return 1 if code or offending else 0


def core_suites(chosen=()):
    """Odoo's own tests for what we extend, all or the chosen modules: what passes without us must pass with us."""
    from . import core_suites as suites

    return suites.compare(chosen or suites.MODULES)


def _tested_on_suite(folder):
    return (folder / "tests").is_dir() and folder.name != "cosmetics_demo"


def _are_load_tests(words):
    """Whether the paths among pytest's words all lie in tests/load; the value of an option (`-k name`) is no path."""
    load = layout.ROOT / "tests" / "load"
    paths = [layout.ROOT / word.partition("::")[0] for word in words if not word.startswith("-")]
    places = [path.resolve() for path in paths if path.exists()]
    return bool(places) and all(place.is_relative_to(load) for place in places)


def _fresh(name, kind):
    if templates.exists(name):
        databases.drop(name)
    databases.create(name, kind)


def _pytest(arguments, environment, output=None):
    env = {**os.environ, **environment, "PYTHONPATH": str(layout.CONFIG), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.call(
        [str(layout.PYTHON), "-m", "pytest", "-q", "-rfEs", "-p", "bootstrap.pytest_strict", *arguments],
        cwd=layout.ROOT,
        env=env,
        stdout=output,
        stderr=output and subprocess.STDOUT,
    )
