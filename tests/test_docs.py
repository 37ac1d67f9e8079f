"""What the documents say is true: commands, modules, links, figures and versions. A wrong README costs each reader an hour."""

import json
import re
import subprocess

import pytest
import yaml

from bootstrap import cli, terms
from repository import ROOT, modules, write_module

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
COVERAGE = re.compile(r"<!-- coverage: .*?-->\n(.*?)<!-- coverage: end -->", re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+) \| ([\d.]+) % \|$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# What would tie the documents to one person's machine, or to how the work was shared out.
PRIVATE = re.compile(r"(?<![\w.])/(?:work|root|home|Users|opt)/|\b(?:registry|mirror)\.")


def commands_of(text):
    """Return the commands and options of ./erp that a document names, as lists of words."""
    return [line.split() for line in re.findall(r"\./erp ((?:[\w./-]+ ?)+)", text)]


def link_problems(root, name):
    """A link into the repository leads somewhere."""
    text = (root / name).read_text(encoding="utf-8")
    for target in LINK.findall(text):
        if not re.match(r"https?:|mailto:|#", target) and not (root / target.split("#")[0]).exists():
            yield f"{name}: {target} is not there"


def map_problems(root):
    """The module map names every module once, at its place, and no other."""
    text = (root / "README.md").read_text(encoding="utf-8")
    section = text.split("## Modules", 1)[-1].split("###", 1)[0]
    named = re.findall(r"^\| \[([\w/]+)\]\(([\w/]+)\) \| .", section, re.MULTILINE)
    there = {module.folder.relative_to(root).as_posix() for module in modules(root).values()}
    yield from (f"the map names {name} and links to {target}" for name, target in named if name != target)
    yield from (f"{name} is not in the map" for name in sorted(there - {name for name, _target in named}))
    yield from (f"the map names {name}, which is not there" for name in sorted({name for name, _target in named} - there))
    if len(named) != len(set(named)):
        yield "the map names a module twice"


def version_problems(root):
    """The newest entry is the newest version, and each version of a module has its entry."""
    entries = re.findall(r"^## (\S+)$", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    versions = {module.manifest["version"] for module in modules(root).values()}
    yield from (f"CHANGELOG.md has no entry {version}" for version in sorted(versions - set(entries), key=_numbers))
    if entries != sorted(entries, key=_numbers, reverse=True):
        yield "the entries of CHANGELOG.md do not stand newest first"
    if entries and _numbers(entries[0]) > max(map(_numbers, versions)):
        yield f"CHANGELOG.md speaks of {entries[0]}, and no module has that version"


def _numbers(version):
    return tuple(int(part) for part in version.split("."))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    """Pictures included."""
    assert list(link_problems(ROOT, name)) == []


def test_the_module_map_is_the_territory():
    """README.md names what is on disk."""
    assert list(map_problems(ROOT)) == []


def test_the_changelog_has_every_version():
    """What a shop has installed, it can read about."""
    assert list(version_problems(ROOT)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_commands_exist(name, capsys):
    """Each ./erp command in a document is one the command line knows, with the options it is shown with."""
    text = (ROOT / name).read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    known = set(re.findall(r"^    (\w+)  ", capsys.readouterr().out, re.MULTILINE))
    named = commands_of(text)
    assert {words[0] for words in named} <= known
    for words in named:
        for option in (word for word in words[1:] if word.startswith("--")):
            with pytest.raises(SystemExit):
                cli.main([words[0], "--help"])
            assert option in capsys.readouterr().out, f"{name}: ./erp {' '.join(words)}"
    if name == "README.md":
        assert {words[0] for words in named} == known, "README.md leaves a command out"


def test_the_figures_of_the_translation_are_true():
    """README.md lists the modules of the promise, claims no more than the files hold, and keeps it."""
    from test_translations import AT_LEAST_99

    table = COVERAGE.search((ROOT / "README.md").read_text(encoding="utf-8"))[1]
    rows = {module: (int(total.replace(",", "")), float(percent)) for module, total, percent in ROW.findall(table)}
    assert list(rows)[: len(AT_LEAST_99)] == list(AT_LEAST_99)
    for module, total, _translated, percent in terms.coverage(list(rows)):
        assert rows[module][0] == total, module
        assert rows[module][1] <= percent, module


@pytest.mark.parametrize("name", [*DOCUMENTS, ".pre-commit-config.yaml", "docker-compose.yml"])
def test_a_document_holds_for_everyone(name):
    """No path of one machine and no address of a package index; the folders inside the containers are everybody's."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("/opt/cosmetics", "")
    assert PRIVATE.findall(text) == []


def test_the_settings_of_the_containers_are_explained():
    """Each setting that Compose insists on is in README.md."""
    wanted = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert wanted == {"SECRETS", "ERP_DOMAIN", "ERP_TLS"}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in wanted if f"{name}=" not in text} == set()
    for name in yaml.safe_load((ROOT / "docker-compose.yml").read_text())["secrets"]:
        assert name in text


def test_the_licence_is_whole():
    """Nothing but the full text counts."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) > 600


def test_hooks_use_the_locked_versions():
    """A commit is judged by the same tools as ./erp lint."""
    lock = (ROOT / "config/requirements-dev.txt").read_text()
    packages = json.loads((ROOT / "config/lint/package.json").read_text())["devDependencies"]
    hooks = [hook for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"] for hook in repo["hooks"]]
    pinned = [pin for hook in hooks for pin in hook.get("additional_dependencies", [])]
    assert pinned
    for pin in pinned:
        name, version = re.fullmatch(r"(@?[\w/-]+)(?:==|@)([\d.]+)", pin).groups()
        assert packages.get(name) == version or re.search(rf"^{re.escape(name)}=={re.escape(version)} ", lock, re.MULTILINE), pin


def test_the_node_lock_names_no_registry():
    """It installs from the registry of whoever runs it."""
    lock = json.loads((ROOT / "config/lint/package-lock.json").read_text())
    assert lock["packages"][""]["devDependencies"] == json.loads((ROOT / "config/lint/package.json").read_text())["devDependencies"]
    assert [name for name, part in lock["packages"].items() if "resolved" in part] == []
    assert [name for name, part in lock["packages"].items() if name and "integrity" not in part] == []


def test_ci_runs_everything_from_anywhere():
    """It is a program, and hands over to ./erp test."""
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o111
    text = script.read_text()
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert text.rstrip().endswith("exec ./erp test")


@pytest.fixture
def broken(tmp_path):
    """Write a repository whose documents are wrong in every way the rules know."""
    write_module(tmp_path, "cosmetics_crm", application=True, version="19.0.2.0.0")
    write_module(tmp_path, "cosmetics_base")
    rows = (
        "| [cosmetics_crm](cosmetics_crm) | x |\n| [cosmetics_gone](cosmetics_gone) | x |\n| [cosmetics_crm](addons/cosmetics_crm) | x |\n"
    )
    (tmp_path / "README.md").write_text(f"[a](nowhere.md) [b](LICENSE#x)\n\n## Modules\n\n{rows}")
    (tmp_path / "LICENSE").write_text("")
    (tmp_path / "CHANGELOG.md").write_text("## 19.0.1.0.0\n\n## 19.0.3.0.0\n")
    return tmp_path


def test_broken_documents_are_reported(broken):
    """Each rule, fed the mistake it is made for, names it."""
    assert list(link_problems(broken, "README.md")) == [
        f"README.md: {name} is not there" for name in ("nowhere.md", "cosmetics_gone", "addons/cosmetics_crm")
    ]
    assert list(map_problems(broken)) == [
        "the map names cosmetics_crm and links to addons/cosmetics_crm",
        "addons/cosmetics_base is not in the map",
        "the map names cosmetics_gone, which is not there",
    ]
    assert list(version_problems(broken)) == [
        "CHANGELOG.md has no entry 19.0.2.0.0",
        "the entries of CHANGELOG.md do not stand newest first",
    ]


def test_a_version_nobody_has_is_reported(broken):
    """The changelog runs behind the modules, not ahead of them."""
    (broken / "CHANGELOG.md").write_text("## 19.0.3.0.0\n\n## 19.0.2.0.0\n\n## 19.0.1.0.0\n")
    assert list(version_problems(broken)) == ["CHANGELOG.md speaks of 19.0.3.0.0, and no module has that version"]
