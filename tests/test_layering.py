"""Layers of the house: dependencies point down, never sideways, and a folder's place says what it is.

4 whole shop · 3 glue of two apps, joins of an app with something outside · 2 apps · 1 shared · 0 Odoo and OCA.
"""

import pytest

from repository import modules, write_module

SHARED = {"cosmetics_base", "l10n_cn_xian", "report_chromium"}
WHOLE_SHOP = {"cosmetics_suite", "cosmetics_demo", "cosmetics_dashboard", "cosmetics_migration"}
PREFIX = "cosmetics_"
LAYER_NAMES = {1: "shared", 2: "app", 3: "glue or join", 4: "whole shop"}


def apps(tree):
    """Return the names of the applications."""
    return {name for name, module in tree.items() if module.manifest.get("application")}


def layer(name, tree):
    """Return the layer of one of our modules."""
    if name in SHARED:
        return 1
    if name in WHOLE_SHOP:
        return 4
    return 2 if name in apps(tree) else 3


def joined_apps(name, tree):
    """Return the apps whose short names begin the name of a glue or join module, in the order of the name."""
    rest, found = name.removeprefix(PREFIX), []
    while rest:
        match = next((app for app in sorted(apps(tree)) if f"{rest}_".startswith(f"{app.removeprefix(PREFIX)}_")), None)
        if match is None:
            break
        found.append(match)
        rest = rest[len(match.removeprefix(PREFIX)) :].removeprefix("_")
    return found, rest


def place_problems(tree):
    """The top level holds the applications and nothing else, so that a shop sees its four apps at once."""
    for module in tree.values():
        if module.is_top and not module.manifest.get("application"):
            yield f"{module.name}: stands at the top level and is no application; it belongs to addons/"
        if not module.is_top and module.manifest.get("application"):
            yield f"{module.name}: is an application; it belongs to the top level"


def direction_problems(tree):
    """A dependency that points sideways or up ties two areas together for good."""
    for module in tree.values():
        own = layer(module.name, tree)
        for depend in (name for name in module.depends if name in tree):
            theirs = layer(depend, tree)
            if theirs > own or (theirs == own and own == 2):
                yield f"{module.name} ({LAYER_NAMES[own]}) must not depend on {depend} ({LAYER_NAMES[theirs]})"
        yield from (f"{module.name}: must not depend on itself" for name in module.depends if name == module.name)
    yield from (f"{name}: depends on itself in a circle" for name in sorted(_circular(tree)))


def name_problems(tree):
    """The name of a module where two areas meet says which: apps first and in alphabetical order."""
    for module in tree.values():
        if layer(module.name, tree) != 3:
            continue
        found, rest = joined_apps(module.name, tree)
        if not module.name.startswith(PREFIX) or not found:
            yield f"{module.name}: is neither app, shared nor whole shop, so its name must begin with {PREFIX}<app>_"
        elif not rest and len(found) == 1:
            yield f"{module.name}: joins an app with nothing"
        elif found != sorted(found):
            yield f"{module.name}: the apps in its name stand in alphabetical order"
        yield from (f"{module.name}: names {app} and does not depend on it" for app in found if app not in _closure(module.name, tree))
        if len(found) > 1 and not rest and not module.manifest.get("auto_install"):
            yield f"{module.name}: glue of two apps installs itself (auto_install) when both are there"


def suite_problems(tree):
    """Whoever installs the suite gets every module but those that see the whole shop."""
    reached = _closure("cosmetics_suite", tree)
    for name in sorted(set(tree) - WHOLE_SHOP - reached):
        if not tree[name].manifest.get("auto_install"):
            yield f"{name}: cosmetics_suite does not reach it"


def _closure(name, tree):
    reached, fresh = set(), {name}
    while fresh:
        reached |= fresh
        fresh = {depend for found in fresh for depend in tree[found].depends if depend in tree} - reached
    return reached


def _circular(tree):
    left = {name: {depend for depend in module.depends if depend in tree and depend != name} for name, module in tree.items()}
    while free := [name for name, depends in left.items() if not depends & left.keys()]:
        for name in free:
            del left[name]
    return left


RULES = (place_problems, direction_problems, name_problems, suite_problems)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_modules_keep_the_layers(rule):
    """Our own tree has no problem."""
    tree = modules()
    assert len(tree) >= 11, "the reader lost modules"
    assert list(rule(tree)) == []


def good_tree(root):
    """Write the smallest tree that keeps every rule."""
    write_module(root, "cosmetics_base", depends=["product"])
    write_module(root, "cosmetics_crm", application=True, depends=["cosmetics_base", "crm"])
    write_module(root, "cosmetics_sales", application=True, depends=["cosmetics_base", "sale"])
    write_module(root, "cosmetics_crm_sales", depends=["cosmetics_crm", "cosmetics_sales"], auto_install=True)
    write_module(root, "cosmetics_sales_pos", depends=["cosmetics_sales", "pos_sale"])
    write_module(root, "cosmetics_suite", depends=["cosmetics_crm", "cosmetics_sales_pos"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_tree_is_not_blamed(rule, tmp_path):
    """A rule that always speaks is as useless as one that never does."""
    good_tree(tmp_path)
    assert list(rule(modules(tmp_path))) == []


@pytest.mark.parametrize(
    ("rule", "name", "manifest", "expected"),
    [
        (
            direction_problems,
            "cosmetics_sales",
            {"application": True, "depends": ["cosmetics_crm"]},
            "cosmetics_sales (app) must not depend on",
        ),
        (direction_problems, "cosmetics_base", {"depends": ["cosmetics_crm"]}, "cosmetics_base (shared) must not depend on cosmetics_crm"),
        (direction_problems, "cosmetics_crm", {"application": True, "depends": ["cosmetics_suite"]}, "must not depend on cosmetics_suite"),
        (direction_problems, "cosmetics_base", {"depends": ["l10n_cn_xian"]}, "cosmetics_base: depends on itself in a circle"),
        (place_problems, "cosmetics_hr", {"application": False}, "cosmetics_hr: stands at the top level"),
        (name_problems, "cosmetics_sales_crm", {"depends": ["cosmetics_crm", "cosmetics_sales"], "auto_install": True}, "alphabetical"),
        (name_problems, "cosmetics_crm_sales", {"depends": ["cosmetics_crm", "cosmetics_sales"]}, "installs itself"),
        (name_problems, "cosmetics_sales_tmall", {"depends": ["sale"]}, "names cosmetics_sales and does not depend on it"),
        (name_problems, "tmall", {"depends": ["sale"]}, "tmall: is neither app, shared nor whole shop"),
        (suite_problems, "cosmetics_sales_tmall", {"depends": ["cosmetics_sales"]}, "cosmetics_suite does not reach it"),
    ],
)
def test_a_broken_tree_is_reported(rule, name, manifest, expected, tmp_path):
    """Each rule, fed the mistake it is made for, names it."""
    good_tree(tmp_path)
    write_module(tmp_path, "l10n_cn_xian", depends=["cosmetics_base"])
    if manifest.get("application") is False:
        (tmp_path / name).mkdir()
        write_module(tmp_path / name, name)
        (tmp_path / name / "addons" / name / "__manifest__.py").rename(tmp_path / name / "__manifest__.py")
    else:
        write_module(tmp_path, name, **manifest)
    problems = list(rule(modules(tmp_path)))
    assert any(expected in problem for problem in problems), problems
