"""Measure and complete the Chinese of Odoo, OCA and our modules, and export our own terms.

A term is Chinese when the module's own zh_CN.po or our overlay in config/translations translates it; a fuzzy one is not.
The overlay never holds empty terms, and keeps the places and comments of the module's .pot: Odoo sorts terms by them.
"""

import re
from collections import Counter
from functools import cache

import polib
from lxml import etree

from . import layout, logs, manifests, odoo, odoo_source, overlay
from .progress import SetupError, say

# %s, %(name)s, %.2f, {{ … }}, ${…} and {name}: code fills them in, so they must survive the translation.
PLACEHOLDER = re.compile(r"%(?:\([\w ]+\))?[-+#0]*\d*(?:\.\d+)?[sdifrgxX%]|\{\{.*?\}\}|\$?\{[\w.]*\}", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
# What a reader sees of a tag may be translated; everything else of it may not.
READ_ATTRIBUTE = re.compile(r"\b((?:[\w-]+-)?label|string|help|title|alt|placeholder|data-tooltip)=(?:\"[^\"]*\"|'[^']*')")
WITHOUT_TERMS = re.compile(r"No translatable terms were found")
METADATA = {"Language": layout.LANGUAGE, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}


@cache
def _template(module):
    """Return the folder of a module and the {(context, source): entry} of its .pot, {} when it has none."""
    folder = layout.own_modules().get(module) or overlay.module_folder(module)
    if folder is None:
        raise SetupError(f"There is no module `{module}`: pass technical names, for example stock.")
    path = folder / "i18n" / f"{module}.pot"
    return folder, {_key(entry): entry for entry in (polib.pofile(str(path)) if path.exists() else ())}


def _key(entry):
    return entry.msgctxt, entry.msgid


def our_file(module):
    """Return the file we are answerable for: zh_CN.po of a module of ours, the overlay of any other."""
    folder = layout.own_modules().get(module)
    return folder / "i18n" / "zh_CN.po" if folder else overlay.TRANSLATIONS / module / "zh_CN.po"


def _translated(path):
    """Return {key: text} of the translated entries of a po file, {} when there is no file."""
    return {_key(entry): entry.msgstr for entry in (polib.pofile(str(path)) if path.exists() else ()) if entry.translated()}


def missing(module):
    """Return the entries of the module's .pot that nobody has translated."""
    folder, template = _template(module)
    done = set().union(*map(_translated, (folder / "i18n" / "zh.po", folder / "i18n" / "zh_CN.po", our_file(module))))
    return [entry for key, entry in template.items() if key not in done]


def coverage(modules):
    """Return rows (module, terms, translated, percent); modules without terms are left out."""
    counts = ((module, len(_template(module)[1]), len(missing(module))) for module in modules)
    return [(module, terms, terms - gaps, 100.0 * (terms - gaps) / terms) for module, terms, gaps in counts if terms]


def _save(path, texts):
    """Write a po file of (template entry, text) pairs."""
    file = polib.POFile()
    file.metadata = METADATA
    for entry, text in texts:
        kept = {name: getattr(entry, name) for name in ("msgctxt", "msgid", "comment", "occurrences", "flags")}
        file.append(polib.POEntry(msgstr=text, **kept))
    file.save(str(path))


def write_todo(module, path):
    """Write the missing entries of ``module`` to ``path``, ready to be filled; return how many."""
    _save(path, [(entry, "") for entry in missing(module)])
    return len(missing(module))


def fill(module, texts):
    """Put {source: Chinese} into our file of ``module``; what is in it stays, terms the .pot no longer has go.

    :raises SetupError: for a source the module does not have, most often a slip of the keyboard.
    """
    template = _template(module)[1]
    if unknown := set(texts) - {source for _context, source in template}:
        raise SetupError(f"`{module}` has no term {min(unknown)!r} ({len(unknown)} unknown in all): copy it from its .pot.")
    path = our_file(module)
    # A file of our own module lists every term, so that a translator sees what waits; empty terms of an overlay would be noise.
    present = dict.fromkeys(template, "") if module in layout.own_modules() else {}
    present.update(_translated(path))
    present.update({key: texts[key[1]] for key in template if texts.get(key[1])})
    path.parent.mkdir(parents=True, exist_ok=True)
    _save(path, [(entry, present[key]) for key, entry in template.items() if key in present])


def _placeholders(text):
    """Return the unnamed placeholders in their order, and which named ones there are: Chinese may say one twice."""
    found = PLACEHOLDER.findall(text)
    return [item for item in found if item.startswith("%") and item[1] != "("], set(found)


def _tags(text):
    return Counter(" ".join(READ_ATTRIBUTE.sub(r"\1", tag).split()).replace(" />", "/>") for tag in TAG.findall(text))


def _parses(text):
    parser = etree.XMLParser(recover=True)
    etree.fromstring(f"<div>{text.replace('&nbsp;', ' ')}</div>", parser)
    return not parser.error_log


def _fault(entry):
    """Return what is wrong with a translated entry, or None."""
    source, text = entry.msgid, entry.msgstr
    checks = {
        "placeholders differ": _placeholders(source) != _placeholders(text),
        "tags differ": _tags(source) != _tags(text),
        "line breaks differ": source.count("\n") != text.count("\n") or (source[-1] == "\n") != (text[-1] == "\n"),
        "is no XML": bool(TAG.search(source)) and _parses(source) and not _parses(text),
        "needs a `module:` comment and a place": not (entry.comment.startswith("module") and entry.occurrences),
    }
    return next((fault for fault, found in checks.items() if found), None)


def broken(module):
    """Return sentences about what our file of ``module`` does wrong; Odoo's own files are not ours to judge."""
    path, template, overlaid, faults = our_file(module), _template(module)[1], module not in layout.own_modules(), []
    try:
        entries = polib.pofile(str(path), check_for_duplicates=True) if path.exists() else ()
    except (OSError, ValueError) as problem:
        return [f"{module}: {problem}"]
    for entry in entries:
        if _key(entry) not in template or entry.obsolete:
            faults.append((entry, "is not in the .pot, drop it"))
        elif entry.translated():
            faults.append((entry, _fault(entry)))
        elif overlaid or entry.fuzzy:
            faults.append((entry, "is empty or fuzzy"))
    return [f"{module}: {fault}: {entry.msgid[:80]!r}" for entry, fault in faults if fault]


def installed_modules():
    """Return what the core template holds: the modules ours depend on, theirs, and what installs itself beside them."""
    roots = {overlay.module_folder(name).parent for name in ("base", "web", *manifests.core_modules())}
    known = {path.parent.name: manifests.read(path.parent) for root in roots for path in root.glob("*/__manifest__.py")}
    installed, fresh = set(), {"base", *manifests.core_modules()}
    while fresh:
        installed |= fresh
        fresh = {depend for name in fresh for depend in known[name].get("depends", ())} - installed
        fresh = fresh or {name for name in known if name not in installed and _installs_itself(known[name], installed)}
    return sorted(installed)


def _installs_itself(manifest, installed):
    wanted = manifest.get("auto_install", False)
    if wanted is False or not manifest.get("installable", True) or "cn" not in manifest.get("countries", ["cn"]):
        return False
    return installed.issuperset(manifest.get("depends", ()) if wanted is True else wanted)


def export(modules, database):
    """Write the .pot of our modules from ``database`` and bring their zh_CN.po up to it: new terms empty, dead ones gone."""
    pots = {module: layout.own_modules()[module] / "i18n" / f"{module}.pot" for module in modules}
    before = {module: path.read_text(encoding="utf-8") for module, path in pots.items() if path.exists()}
    # Odoo takes the first root above a source file for its home: the inner root must come first, or the code's terms are lost.
    roots = sorted([*odoo_source.addons_paths(), *layout.module_roots()], key=lambda path: -len(path.parts))
    command = [f"--addons-path={','.join(map(str, roots))}", "i18n", "export", "-d", database, *modules]
    odoo.run(command, f"i18n-export-{database}", allowed=(*logs.ALLOWED, WITHOUT_TERMS))
    _template.cache_clear()
    for module, path in pots.items():
        if not (text := path.read_text(encoding="utf-8")):
            path.unlink()
            continue
        pot = polib.pofile(text)
        for entry in pot:
            # Odoo walks the outer root too and meets the file of the inner one again.
            entry.occurrences = [place for place in entry.occurrences if not place[0].startswith("code:addons/addons/")]
        # A new date alone is no change worth a line in the history.
        same = module in before and [str(entry) for entry in pot] == [str(entry) for entry in polib.pofile(before[module])]
        path.write_text(before[module] if same else f"{pot}", encoding="utf-8")
        fill(module, {})


def main(action, modules):
    """Run ``./erp i18n export|coverage [modules…]``; coverage fails when a file of ours breaks a placeholder or a tag."""
    if action == "export":
        modules = modules or manifests.suite_modules()
        if foreign := set(modules) - set(layout.own_modules()):
            raise SetupError(f"`{min(foreign)}` is not ours: only our modules are exported, for example cosmetics_base.")
        export(modules, layout.DATABASE)
        say("\n".join(f"{module}: {len(missing(module))} terms wait for their Chinese" for module in modules))
        return
    modules = modules or [*installed_modules(), *layout.own_modules()]
    rows = coverage(modules)
    terms, translated = sum(row[1] for row in rows), sum(row[2] for row in rows)
    for row in (*rows, ("all", terms, translated, 100.0 * translated / (terms or 1))):
        say(f"{row[0]:40}{row[1]:7}{row[2]:7}{int(row[3] * 10) / 10:7.1f} %")
    if faults := [fault for module in modules for fault in broken(module)]:
        raise SetupError("\n".join((f"{len(faults)} translations are broken, correct them:", *faults)))
