"""Chinese everywhere: our modules are complete, the overlay is sound, and Odoo's own modules reach their marks.

Users work in Chinese alone: an English word in a menu is a defect, and a lost placeholder breaks a sentence or a page.
"""

import re

import polib
import pytest

from bootstrap import overlay, terms
from repository import modules, write_module

LANGUAGE = "zh_CN"
# What a shop sees of Odoo on its first day; each later stage of the suite adds its modules.
AT_LEAST_99 = (
    "web",
    "mail",
    "product",
    "product_expiry",
    "stock",
    "stock_account",
    "sale",
    "purchase",
    "account",
    "crm",
    "loyalty",
    "point_of_sale",
)
SAYS_SOMETHING = (
    re.compile(r"= fields\.|\b_\(\s*[\"']|_description = "),
    re.compile(r"<menuitem|model=\"ir\.ui\.view\"|<template\b|<field name=\"(?:name|arch)\">"),
    re.compile(r"\b_t\(\s*[\"'`]|<t t-name="),
)
# No blank among the flags: "80 % done" fills nothing in.
PRINTF = re.compile(r"%(?:\(\w+\))?[-+0#]*\d*(?:\.\d+)?[sdifrgxX]")
BRACES = re.compile(r"\{[\w.\[\]]*\}")
TAG = re.compile(r"</?[a-zA-Z][\w-]*")


def is_translatable(module):
    """True when a user can read something that the module brings."""
    kinds = (("**/*.py", SAYS_SOMETHING[0]), ("**/*.xml", SAYS_SOMETHING[1]), ("static/src/**/*.*", SAYS_SOMETHING[2]))
    for glob, pattern in kinds:
        for path in module.files(glob):
            parts = path.relative_to(module.folder).parts
            if "tests" not in parts and path.suffix in (".py", ".xml", ".js") and pattern.search(path.read_text(encoding="utf-8")):
                return True
    return False


def file_problems(module):
    """What can be translated has its terms listed, and a Chinese file."""
    if is_translatable(module):
        for name in (f"{module.name}.pot", f"{LANGUAGE}.po"):
            if not (module.folder / "i18n" / name).is_file():
                yield f"{module.name}: no i18n/{name}; `./erp i18n export {module.name}` writes it"


def term_problems(module):
    """Every term of the .pot has its Chinese; nothing else stands in the file."""
    template, chinese = (module.folder / "i18n" / name for name in (f"{module.name}.pot", f"{LANGUAGE}.po"))
    if not (template.is_file() and chinese.is_file()):
        return
    wanted = {entry.msgid for entry in polib.pofile(str(template))}
    entries = polib.pofile(str(chinese))
    yield from (f"{module.name}: missing: {term!r}" for term in sorted(wanted - {entry.msgid for entry in entries}))
    for entry in entries:
        yield from (f"{module.name}: {problem}" for problem in entry_problems(entry))
        if entry.msgid not in wanted and not entry.obsolete:
            yield f"{module.name}: not in the .pot: {entry.msgid!r}"


def entry_problems(entry):
    """One translated term: there, sure of itself, and with everything code fills in."""
    if entry.obsolete:
        yield f"obsolete: {entry.msgid!r}"
        return
    if not entry.msgstr:
        yield f"empty: {entry.msgid!r}"
        return
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    if fills(entry.msgid) != fills(entry.msgstr):
        yield f"placeholders differ: {entry.msgid!r} → {entry.msgstr!r}"
    for what, pattern in (("braces", BRACES), ("tags", TAG)):
        if sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr)):
            yield f"{what} differ: {entry.msgid!r} → {entry.msgstr!r}"


def fills(text):
    """Return what code fills in: unnamed places in their order; named ones may change places, or be said twice."""
    found = PRINTF.findall(text)
    return [place for place in found if "(" not in place], {place for place in found if "(" in place}


RULES = (file_problems, term_problems)


@pytest.mark.parametrize("name", sorted(modules()))
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_modules_speak_chinese(rule, name):
    """Our own modules have no problem."""
    assert list(rule(modules()[name])) == []


@pytest.mark.parametrize("name", sorted(overlay.files()))
def test_the_overlay_is_sound(name):
    """An overlay file belongs to a module that is there, and each of its terms says something in that module."""
    assert overlay.module_folder(name), f"config/translations/{name}: there is no such module"
    assert list(terms.broken(name)) == []
    problems = [
        problem for entry in polib.pofile(str(overlay.files()[name])) for problem in entry_problems(entry) if "differ" not in problem
    ]
    assert problems == []


@pytest.mark.parametrize("name", AT_LEAST_99)
def test_a_module_of_odoo_is_chinese(name):
    """At least 99 of 100 terms; the exact figures are in the README."""
    [(_module, total, translated, percent)] = terms.coverage([name])
    assert percent >= 99, f"{name}: {translated} of {total} terms ({percent:.1f} %)"


def test_coverage_counts_what_is_missing():
    """The measure itself: a module that nobody has translated at all would be seen."""
    [(_module, total, translated, percent)] = terms.coverage(["web"])
    assert total > 1000, "the reader lost the terms of web"
    assert 0 < translated <= total
    assert percent == pytest.approx(100 * translated / total)


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
POT = HEAD + 'msgid "Brand"\nmsgstr ""\n\nmsgid "%(count)s brands"\nmsgstr ""\n'
PO = HEAD + 'msgid "Brand"\nmsgstr "品牌"\n\nmsgid "%(count)s brands"\nmsgstr "%(count)s 个品牌"\n'
SOURCE = {"models/brand.py": 'class Brand:\n    name = fields.Char("Brand")\n'}
POT_PATH, PO_PATH = "i18n/cosmetics_sample.pot", "i18n/zh_CN.po"


def problems_of(root, files):
    """Write a module with ``files`` and return what the rules say of it."""
    write_module(root, "cosmetics_sample", files)
    module = modules(root)["cosmetics_sample"]
    return [problem for rule in RULES for problem in rule(module)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (SOURCE, "no i18n/cosmetics_sample.pot"),
        ({**SOURCE, POT_PATH: POT}, "no i18n/zh_CN.po"),
        ({"views/a.xml": '<odoo><menuitem id="a" name="Brands"/></odoo>'}, "no i18n/cosmetics_sample.pot"),
        ({"static/src/a.js": 'const title = _t("Brand");'}, "no i18n/cosmetics_sample.pot"),
        ({POT_PATH: POT, PO_PATH: HEAD + 'msgid "Brand"\nmsgstr "品牌"\n'}, "missing: '%(count)s brands'"),
        ({POT_PATH: POT, PO_PATH: PO.replace('"品牌"', '""')}, "empty: 'Brand'"),
        ({POT_PATH: POT, PO_PATH: PO.replace('msgid "Brand"', '#, fuzzy\nmsgid "Brand"')}, "fuzzy: 'Brand'"),
        ({POT_PATH: POT, PO_PATH: PO + '\n#~ msgid "Old"\n#~ msgstr "旧"\n'}, "obsolete: 'Old'"),
        ({POT_PATH: POT, PO_PATH: PO + '\nmsgid "Other"\nmsgstr "其他"\n'}, "not in the .pot: 'Other'"),
        ({POT_PATH: POT, PO_PATH: PO.replace("%(count)s 个", "%(number)s 个")}, "placeholders differ"),
        ({POT_PATH: POT.replace("Brand", "<b>Brand</b>"), PO_PATH: PO.replace('"Brand"', '"<b>Brand</b>"')}, "tags differ"),
        ({POT_PATH: POT.replace("Brand", "{name}"), PO_PATH: PO.replace('"Brand"', '"{name}"')}, "braces differ"),
    ],
)
def test_a_broken_translation_is_reported(files, expected, tmp_path):
    """Each rule, fed the mistake it is made for, names it."""
    problems = problems_of(tmp_path, files)
    assert any(expected in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("source", "chinese", "is_right"),
    [
        ("%s of %s", "%s / %s", True),
        ("%s of %d", "%d / %s", False),
        ("%s brands", "品牌", False),
        ("%(a)s of %(b)s", "%(b)s 的 %(a)s", True),
        ("%(a)s", "%(a)s（%(a)s）", True),
        ("%(a)s of %(b)s", "%(a)s", False),
        ("%(a)s", "%(a)d", False),
        ("80 % done", "完成 80%", True),
    ],
)
def test_what_code_fills_in_survives(source, chinese, is_right):
    """Unnamed places are filled in their order; named ones by their name."""
    problems = list(entry_problems(polib.POEntry(msgid=source, msgstr=chinese)))
    assert problems == ([] if is_right else [f"placeholders differ: {source!r} → {chinese!r}"])


def test_a_good_translation_is_not_blamed(tmp_path):
    """Neither is a module that says nothing."""
    assert problems_of(tmp_path, {**SOURCE, POT_PATH: POT, PO_PATH: PO}) == []
    assert problems_of(tmp_path / "silent", {}) == []
