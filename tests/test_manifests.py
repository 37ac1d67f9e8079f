"""Manifests: what Odoo, the licence and the next reader need to know of each module."""

import re

import pytest
from lxml import etree

from repository import modules, write_module

VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
# Folders whose files Odoo loads only when the manifest lists them.
LOADED = {"data", "security", "views", "wizards", "reports", "report", "templates"}
MODEL = re.compile(r"^class \w+\(.*\bmodels\.(?:Model|TransientModel)\b", re.MULTILINE)
NAME = re.compile(r'^    _name = "([\w.]+)"', re.MULTILINE)


def header_problems(module):
    """Licence, version, author and one sentence that says what the module is."""
    manifest = module.manifest
    if manifest.get("license") != "AGPL-3":
        yield f"{module.name}: licence {manifest.get('license')}, and the repository is AGPL-3"
    if not VERSION.fullmatch(manifest.get("version", "")):
        yield f"{module.name}: version {manifest.get('version')} is not 19.0.x.y.z"
    if manifest.get("author") != "Cosmetics ERP contributors":
        yield f"{module.name}: author {manifest.get('author')}"
    summary = manifest.get("summary", "")
    if not summary:
        yield f"{module.name}: no summary"
    if " and " in summary:
        yield f"{module.name}: a summary that needs `and` describes two modules: {summary}"


def paper_problems(module):
    """README.rst is what a reader opens first; an application shows its icon on the home screen."""
    if not (module.folder / "README.rst").is_file():
        yield f"{module.name}: no README.rst"
    if not module.files("tests/test_*.py"):
        yield f"{module.name}: no tests"
    icon = module.folder / "static/description/icon.png"
    if module.manifest.get("application") and not icon.is_file():
        yield f"{module.name}: an application without static/description/icon.png"


def _is_new(text, name):
    """Tell a model from the extension of one by a mixin, which repeats the name: ``_name = "a"``, ``_inherit = ["a", "mixin"]``."""
    return not re.search(rf"^    _inherit = \[.*{re.escape(name)}", text, re.MULTILINE)


def security_problems(module):
    """A model without an access list is open to the administrator alone."""
    sources = [path.read_text(encoding="utf-8") for folder in ("models", "wizards") for path in module.files(f"{folder}/*.py")]
    has_models = any(MODEL.search(text) and any(_is_new(text, name) for name in NAME.findall(text)) for text in sources)
    if has_models and "security/ir.model.access.csv" not in module.manifest.get("data", []):
        yield f"{module.name}: has models and lists no security/ir.model.access.csv"


def listing_problems(module):
    """Each file that only a manifest can load is listed once, and what is listed is there."""
    listed = [*module.manifest.get("data", []), *module.manifest.get("demo", [])]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f"{module.name}: {name} is listed twice"
    yield from (f"{module.name}: {name} is listed and not there" for name in listed if not (module.folder / name).is_file())
    opened = "\n".join(path.read_text(encoding="utf-8") for path in module.files("**/*.py"))
    for path in module.files("**/*"):
        relative = path.relative_to(module.folder)
        # A table that code opens by its name (a chart, a list of districts) is not loaded by the manifest.
        # The tables of a chart of accounts are read by Odoo's chart loader.
        if relative.parts[:2] == ("data", "template"):
            continue
        if relative.parts[0] not in LOADED or path.suffix not in (".xml", ".csv") or relative.name in opened:
            continue
        if relative.as_posix() not in listed:
            yield f"{module.name}: nothing loads {relative.as_posix()}: list it in the manifest or remove it"


def order_problems(module):
    """Groups come before the access lists that name them, and both before views and menus."""
    data = module.manifest.get("data", [])
    last_security = max((number for number, name in enumerate(data) if name.startswith("security/")), default=-1)
    early = [name for name in data[: max(last_security, 0)] if not name.startswith("security/")]
    yield from (f"{module.name}: {name} is loaded before security/ is complete" for name in early)


def menu_problems(module):
    """Only an application puts a tile on the home screen: a menu without a parent, with a picture."""
    for name in module.manifest.get("data", []):
        path = module.folder / name
        if path.suffix != ".xml" or not path.is_file():
            continue
        for menu in etree.parse(str(path)).iter("menuitem"):
            if menu.get("parent") or _is_nested(menu) or "." in menu.get("id", ""):
                continue
            if not module.manifest.get("application"):
                yield f"{module.name}: menu {menu.get('id')} makes a tile, and only an application has one"
            elif not menu.get("web_icon"):
                yield f"{module.name}: the tile {menu.get('id')} has no picture (web_icon)"


def _is_nested(menu):
    return menu.getparent() is not None and menu.getparent().tag == "menuitem"


RULES = (header_problems, paper_problems, security_problems, listing_problems, order_problems, menu_problems)


@pytest.mark.parametrize("name", sorted(modules()))
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_manifests_keep_the_rules(rule, name):
    """Our own modules have no problem."""
    assert list(rule(modules()[name])) == []


MODEL_SOURCE = 'class Brand(models.Model):\n    _name = "cosmetics.brand"\n'


@pytest.mark.parametrize(
    ("rule", "manifest", "files", "expected"),
    [
        (header_problems, {"license": "LGPL-3"}, {}, "licence LGPL-3"),
        (header_problems, {"version": "1.0"}, {}, "version 1.0 is not"),
        (header_problems, {"author": "Somebody"}, {}, "author Somebody"),
        (header_problems, {"summary": ""}, {}, "no summary"),
        (header_problems, {"summary": "Brands and stores"}, {}, "describes two modules"),
        (paper_problems, {}, {"README.rst": None}, "no README.rst"),
        (paper_problems, {}, {}, "no tests"),
        (paper_problems, {"application": True}, {"static/description/icon.png": None}, "without static/description/icon.png"),
        (security_problems, {}, {"models/cosmetics_brand.py": MODEL_SOURCE}, "lists no security/ir.model.access.csv"),
        (security_problems, {}, {"models/cosmetics_brand.py": MODEL_SOURCE + '    _inherit = ["a.mixin"]\n'}, "lists no security"),
        (listing_problems, {"data": ["data/lost.xml"]}, {}, "data/lost.xml is listed and not there"),
        (listing_problems, {"data": ["data/a.xml", "data/a.xml"]}, {"data/a.xml": "<odoo/>"}, "data/a.xml is listed twice"),
        (listing_problems, {}, {"data/forgotten.xml": "<odoo/>"}, "nothing loads data/forgotten.xml"),
        (order_problems, {"data": ["views/a.xml", "security/b.xml"]}, {}, "views/a.xml is loaded before security/"),
        (menu_problems, {"data": ["views/m.xml"]}, {"views/m.xml": '<odoo><menuitem id="m"/></odoo>'}, "menu m makes a tile"),
        (
            menu_problems,
            {"application": True, "data": ["views/m.xml"]},
            {"views/m.xml": '<odoo><menuitem id="m"/></odoo>'},
            "the tile m has no picture",
        ),
    ],
)
def test_a_broken_manifest_is_reported(rule, manifest, files, expected, tmp_path):
    """Each rule, fed the mistake it is made for, names it."""
    write_module(tmp_path, "cosmetics_sample", files, **manifest)
    problems = list(rule(modules(tmp_path)["cosmetics_sample"]))
    assert any(expected in problem for problem in problems), problems


def test_a_good_module_is_not_blamed(tmp_path):
    """A rule that always speaks is as useless as one that never does."""
    files = {
        "models/cosmetics_brand.py": MODEL_SOURCE,
        "tests/test_cosmetics_brand.py": "",
        "security/ir.model.access.csv": "id,name\n",
        "views/menus.xml": '<odoo><menuitem id="root" web_icon="x,y"><menuitem id="child"/></menuitem></odoo>',
        "data/districts.csv": "code,name\n",
        "tools/districts.py": 'NAME = "districts.csv"\n',
    }
    data = ["security/ir.model.access.csv", "views/menus.xml"]
    write_module(tmp_path, "cosmetics_sample", files, application=True, data=data)
    module = modules(tmp_path)["cosmetics_sample"]
    assert [problem for rule in RULES for problem in rule(module)] == []
