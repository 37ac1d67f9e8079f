"""The linters bite: each is fed the mistake it is there for. A linter that is silent for the wrong reason looks like good code."""

import shutil

import pytest

from bootstrap import layout, linting
from lint import budgets
from repository import ROOT, write_module

XML = '<?xml version="1.0" encoding="UTF-8" ?>\n'
BLIND = "def f():\n    try:\n        return g()\n    except Exception:\n        return None\n"
COMMIT = "def f(self):\n    self.env.cr.commit()\n"
TWICE = XML + '<odoo><record id="a" model="b"/><record id="a" model="b"/></odoo>\n'
LOST_COUNT = """
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. module: cosmetics_sample
#: code:addons/cosmetics_sample/a.py:0
#, python-format
msgid "%s brands"
msgstr "品牌"
"""


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return the root of a small repository that the linters take for ours."""
    for name in ("pyproject.toml", ".pylintrc"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("tool", "files", "manifest", "expected"),
    [
        (linting.ruff_check, {"models/a.py": BLIND}, {}, "BLE001"),
        (linting.ruff_check, {"models/a.py": "import datetime\n\nNOW = datetime.datetime.now()\n"}, {}, "DTZ005"),
        (linting.ruff_check, {"models/a.py": "print('x')\n"}, {}, "T201"),
        (linting.ruff_format, {"models/a.py": "x = {'a':1}\n"}, {}, "models/a.py"),
        (linting.pylint_odoo, {}, {"license": "LGPL-3"}, "license-allowed"),
        (linting.pylint_odoo, {"a.py": COMMIT, "__init__.py": "from . import a\n"}, {}, "invalid-commit"),
        (linting.oca_module, {"data/a.xml": TWICE}, {"data": ["data/a.xml"]}, "xml-duplicate-record-id"),
        (linting.oca_po, {"i18n/zh_CN.po": LOST_COUNT}, {}, "po-python-parse-printf"),
        (linting.licences, {}, {"depends": ["nowhere_to_be_found"]}, "nowhere_to_be_found: no such module"),
        (linting.licences, {}, {"license": "OPL-1", "depends": ["cosmetics_other"]}, "cosmetics_sample"),
        (linting.prettier, {"views/a.xml": XML + '<odoo>\n<record  id="a"   model="b"/></odoo>\n'}, {}, "views/a.xml"),
        (linting.prettier, {"static/src/a.js": "const a = {b:1}\n"}, {}, "static/src/a.js"),
        (linting.house, {"models/a.py": "def f():\n" + "    g()\n" * 40}, {}, "f has 41 lines"),
    ],
)
def test_a_linter_reports_its_mistake(tool, files, manifest, expected, tree):
    """The mistake alone makes the tool speak."""
    write_module(tree, "cosmetics_other")
    write_module(tree, "cosmetics_sample", files, **manifest)
    assert expected in tool()


@pytest.mark.parametrize("title", linting.TOOLS)
def test_a_clean_module_passes(title, tree):
    """Otherwise the tool would speak for another reason than the mistake."""
    write_module(tree, "cosmetics_sample", {"__init__.py": "", "__manifest__.py": None})
    manifest = '{\n    "name": "Sample",\n    "summary": "A sample",\n    "version": "19.0.1.0.0",\n    "category": "Cosmetics",\n'
    manifest += '    "author": "Cosmetics ERP contributors",\n    "license": "AGPL-3",\n    "depends": ["base"],\n}\n'
    (tree / "addons/cosmetics_sample/__manifest__.py").write_text(manifest)
    assert linting.TOOLS[title]() == ""


def test_each_tool_has_one_line_and_details_follow(monkeypatch, capsys):
    """Who reads a log sees first what failed, then why; one failure fails the command."""
    monkeypatch.setattr(linting, "TOOLS", {"good": lambda fix: "", "bad": lambda fix: "a.py:1: wrong\nb.py:2: wrong"})
    assert linting.run() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" (")[0] for line in lines[:2]] == ["✓ good", "✗ bad"]
    assert lines[1].endswith(": 2 lines below")
    assert lines[3:6] == ["── bad", "a.py:1: wrong", "b.py:2: wrong"]
    assert lines[-1].startswith("lint: 1 passed, 1 failed")
    monkeypatch.setattr(linting, "TOOLS", {"good": lambda fix: ""})
    assert linting.run() == 0


LONG = "x = 1\n" * 401


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", "class A:\n    def f(self):\n" + "        g()\n" * 40, "f has 41 lines"),
        ("a.py", LONG, "401 lines"),
        ("static/a.js", LONG, "401 lines"),
        ("views/a.xml", "<odoo>\n" + "<x/>\n" * 400, "401 lines"),
        ("README.md", "see /wo" + "rk/here/file", "holds on one machine only"),
        ("a.py", 'PATH = "/ho' + 'me/li/erp"\n', "holds on one machine only"),
        ("a.txt", "--index-url https://py" + "pi.org/simple", "holds on one machine only"),
    ],
)
def test_a_budget_that_is_overdrawn_is_reported(path, text, expected, tmp_path):
    """The plain checks of the house, on one file each."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)
    problems = [f"{name}: {message}" for name, _line, message in budgets.check(tmp_path)]
    assert len(problems) == 1, problems
    assert expected in problems[0]


def test_a_module_with_thin_tests_is_reported(tmp_path):
    """Blank lines count on neither side."""
    write_module(tmp_path, "cosmetics_sample", {"models/a.py": "x = 1\ny = 2\n", "tests/test_a.py": "assert True\n\n\n"})
    assert [message for _path, _line, message in budgets.thin_tests(tmp_path)] == [
        "1 lines of tests for 2 lines of code: test more of what it does"
    ]


def test_an_example_is_a_test_and_an_explanation_is_no_code(tmp_path):
    """A docstring without examples proves nothing, in a test neither; one with examples counts what runs."""
    explained = 'def f():\n    """Say one.\n\n    More words.\n    """\n    return 1\n'
    write_module(tmp_path, "cosmetics_sample", {"tools/a.py": explained, "tests/test_a.py": '"""Words."""\nassert True\n'})
    assert ["1 lines of tests for 2 lines" in message for _path, _line, message in budgets.thin_tests(tmp_path)] == [True]
    write_module(tmp_path, "cosmetics_sample", {"tools/a.py": explained.replace("More words.", ">>> f()\n    1")})
    assert list(budgets.thin_tests(tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", 'def f():\n    """Say\n' + "    more.\n" * 30 + '    """\n' + "    g()\n" * 39),
        ("a.py", "x = 1\n" * 400),
        ("data/districts.xml", "<odoo>\n" + "<x/>\n" * 900),
        ("a.py", 'PATHS = ["/tmp/x", "/var/lib/odoo", "addons/work/x", "/web/home/x"]\n'),
    ],
)
def test_a_budget_that_is_kept_is_not_blamed(path, text, tmp_path):
    """Docstrings and tables are free, and so is what every Unix machine has."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)
    assert list(budgets.check(tmp_path)) == []
