"""Which tests `./erp test` runs, and what it runs side by side."""

import subprocess
import sys

import pytest

from bootstrap import testing
from bootstrap.progress import SetupError, say

# What `./erp test PATH` runs


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tests/load"], "load"),
        (["tests/load/test_bank.py", "-k", "name or other"], "load"),
        (["-x", "./tests/load/test_bank.py::test_name", "-m", "not nightly"], "load"),
        (["tests/load/test_bank.py", "addons/cosmetics_base/tests"], "odoo"),
        (["addons/cosmetics_base/tests", "-k", "load"], "odoo"),
        (["-x"], "odoo"),
    ],
)
def test_a_path_and_no_option_says_which_tests_run(words, expected, monkeypatch):
    ran = []
    for kind in ("load", "odoo"):
        monkeypatch.setattr(testing, f"{kind}_tests", lambda rest, kind=kind: ran.append((kind, rest)))
    testing.run(words)
    assert ran == [(expected, words)]


# What `./erp test` runs beside the templates


def write_lines(*lines, code=0):
    """Return a kind of tests that writes these lines and ends with the code, as a child process does."""

    def run(output):
        for line in lines:
            subprocess.run([sys.executable, "-c", f"print({line!r})"], stdout=output, check=True)
        return code

    return run


def test_what_runs_beside_is_shown_whole_and_in_order_when_the_long_step_is_over(capfd):
    with testing.Beside({"one": write_lines("a", "b"), "two": write_lines("c", code=3)}) as beside:
        say("long step")
    shown = capfd.readouterr().out.split()
    assert shown == ["long", "step", "━━", "one", "a", "b", "━━", "two", "c"]
    assert [(title, code) for title, (code, _seconds) in beside.results.items()] == [("one", 0), ("two", 3)]


def test_what_runs_beside_is_shown_when_the_long_step_fails_too(capfd):
    with pytest.raises(SetupError), testing.Beside({"one": write_lines("a")}):
        raise SetupError("no template")
    assert "a" in capfd.readouterr().out.split()


def test_a_kind_that_cannot_run_beside_has_failed_and_says_why(capfd):
    def broken(output):
        raise FileNotFoundError("no such tool")

    with testing.Beside({"one": broken, "two": write_lines("c")}) as beside:
        pass
    assert [code for code, _seconds in beside.results.values()] == [1, 0]
    assert "one could not run: no such tool" in capfd.readouterr().out
