"""What no other linter checks: the budgets of the house, and text that holds on one machine only.

Each check takes the root of a repository and yields (path, line, message), so that a test can feed it a broken tree.
"""

import ast
import doctest
import re
import subprocess
from pathlib import Path

METHOD_LINES = 40
FILE_LINES = 400
CODE = (".py", ".js", ".scss")
VIEWS = ".xml"
# Tables that happen to be written in XML: as long as the facts they list.
TABLES = {"data", "demo"}
TEXT = {".py", ".xml", ".csv", ".js", ".scss", ".md", ".rst", ".yml", ".yaml", ".toml", ".cfg", ".conf", ".in", ".txt", ".po", ".json"}
TEXT_NAMES = {"erp", "run", "Dockerfile", "Caddyfile", ".pylintrc", ".editorconfig", ".gitignore"}
# Homes of people and of build machines. What a container or every Unix machine has, such as /tmp or /var/lib, is fine.
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:work|root|home|Users)/\w|\b[A-Z]:\\Users\\")
# A user in China takes another mirror than we do: package indexes stay in each machine's own settings.
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|ftp\.\w+\.debian\.org|archive\.ubuntu\.com|mirrors?\.\w+\.\w+/"
)


def check(root):
    """Yield every problem below ``root``, in the order of paths."""
    files = sorted(repository_files(root))
    for rule in (long_methods, long_files, machine_text):
        yield from rule(root, files)
    yield from thin_tests(root)


def repository_files(root):
    """Return the files git knows or would add, relative to ``root``; without git, every file outside hidden folders."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=False
    )
    if listing.returncode == 0:
        names = [Path(name) for name in listing.stdout.split("\0") if name]
    else:
        names = [path.relative_to(root) for path in Path(root).rglob("*")]
        names = [name for name in names if not any(part.startswith(".") and part != ".ci" for part in name.parts[:-1])]
    return [name for name in names if (Path(root) / name).is_file()]


def long_methods(root, files):
    """A method that does not fit on a screen does more than one thing; its docstring does not count."""
    for name in files:
        if name.suffix != ".py":
            continue
        for node in ast.walk(ast.parse((Path(root) / name).read_text(encoding="utf-8"), str(name))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and method_lines(node) > METHOD_LINES:
                yield name, node.lineno, f"{node.name} has {method_lines(node)} lines; at most {METHOD_LINES}: split it"


def method_lines(node):
    """Return the lines of a function from ``def`` to its end, without its docstring.

    >>> tree = ast.parse('def f():\\n    "One."\\n    return 1\\n')
    >>> method_lines(tree.body[0])
    2
    """
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


def long_files(root, files):
    """A file of more than 400 lines is two subjects; tables of facts may be longer."""
    for name in files:
        if name.suffix not in CODE and (name.suffix != VIEWS or TABLES.intersection(name.parts)):
            continue
        count = len((Path(root) / name).read_text(encoding="utf-8").splitlines())
        if count > FILE_LINES:
            yield name, 1, f"{count} lines; at most {FILE_LINES}: split it by subject"


def machine_text(root, files):
    """Paths of one machine and addresses of package indexes work for one person only."""
    for name in files:
        if name.suffix not in TEXT and name.name not in TEXT_NAMES:
            continue
        for number, line in enumerate((Path(root) / name).read_text(encoding="utf-8").splitlines(), 1):
            found = MACHINE_PATH.search(line) or REGISTRY.search(line)
            if found:
                yield name, number, f"`{found[0]}` holds on one machine only: leave it out or make it a setting"


OWED = {}
"""Lines of tests that a module still owes since it grew faster than its tests; a number here may only shrink."""


def thin_tests(root):
    """A module is tested with at least as many lines as it has code.

    Docstrings are free here too: explaining code must not ask for more tests. The examples in them are tests, and run as such.
    """
    for manifest in sorted([*Path(root).glob("*/__manifest__.py"), *Path(root).glob("addons/*/__manifest__.py")]):
        folder = manifest.parent
        code = tests = 0
        for path in folder.rglob("*.py"):
            lines, examples = count_lines(path.read_text(encoding="utf-8"))
            tests += examples
            if "tests" in path.relative_to(folder).parts:
                tests += lines
            elif path.name not in ("__manifest__.py", "__init__.py"):
                code += lines
        if tests + OWED.get(folder.name, 0) < code:
            yield folder.relative_to(root), 1, f"{tests} lines of tests for {code} lines of code: test more of what it does"


def count_lines(source):
    """Return the lines of a Python file that are neither blank nor docstring, and the lines of the examples in its docstrings.

    >>> count_lines("def f():\\n    '''Say one.\\n\\n    >>> f()\\n    1\\n    '''\\n\\n    return 1\\n")
    (2, 2)
    """
    documented, examples = set(), 0
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) or not ast.get_docstring(node):
            continue
        documented.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
        for example in doctest.DocTestParser().get_examples(ast.get_docstring(node)):
            examples += len(example.source.splitlines()) + len(example.want.splitlines())
    lines = sum(1 for number, line in enumerate(source.splitlines(), 1) if line.strip() and number not in documented)
    return lines, examples
