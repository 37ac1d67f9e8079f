"""Get Odoo 19.0: from ODOO_HOME, or from Debian's package unpacked (never installed) below .erp/odoo."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import layout
from .progress import SetupError, Step

SUITE = "sid"
# Odoo's package links fonts and JavaScript of other packages; unpacked beside it the relative links resolve.
PACKAGES = (
    "odoo-19",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def odoo_home():
    """Return the folder that holds the ``odoo`` package and whose path Python needs, or None."""
    given = os.environ.get("ODOO_HOME")
    if given:
        for folder in (Path(given), Path(given) / "odoo", Path(given).parent):
            if (folder / "odoo" / "release.py").is_file():
                return folder.resolve()
        raise SetupError(f"ODOO_HOME={given} holds no Odoo: point it to a checkout of Odoo 19.0 (the folder with odoo/release.py).")
    folder = layout.ODOO_ROOT / "usr/lib/python3/dist-packages"
    return folder if (folder / "odoo" / "release.py").is_file() else None


def addons_paths():
    """Return Odoo's own add-on folders: a checkout has two, a package one."""
    home = odoo_home()
    return [path for path in (home / "odoo" / "addons", home / "addons") if (path / "base").is_dir() or (path / "sale").is_dir()]


def version(home):
    """Return Odoo's series, such as ``19.0``, read from its release file without importing it."""
    text = (home / "odoo" / "release.py").read_text()
    found = re.search(r"version_info = \((\d+), (\d+)", text)
    return f"{found[1]}.{found[2]}" if found else "unknown"


def has_newer_client(home):
    """True when this Odoo's web client is of a later 19.0 than 19.0.0: its navigation bar asks `this.ui`, not `env`.

    OCA's web_responsive exists for either; the wrong one leaves the page empty.
    """
    navbar = Path("web/static/src/webclient/navbar/navbar.xml")
    for root in (home / "odoo" / "addons", home / "addons"):
        if (root / navbar).is_file():
            return "this.ui.isSmall" in (root / navbar).read_text(encoding="utf-8")
    return False


def ensure():
    """Make Odoo available and return its home; a download that was cut off is taken up again."""
    home = odoo_home()
    if home is None:
        if not (shutil.which("apt-get") and shutil.which("dpkg")):
            raise SetupError(
                "No Odoo here and no apt-get to fetch it: set ODOO_HOME to a checkout of Odoo 19.0, or run `docker compose up`."
            )
        with Step("Odoo 19 from Debian's package", "30 s") as step:
            _unpack(step)
        home = odoo_home()
    if version(home) != "19.0":
        raise SetupError(f"{home} is Odoo {version(home)}; this suite needs 19.0. Point ODOO_HOME to a checkout of branch 19.0.")
    return home


def _mirror():
    """Return the Debian mirror this machine already uses: a user in China has another one than we have."""
    listing = _run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN)", "Created-By: Packages"])
    for line in dict.fromkeys(listing.splitlines()):
        uri = line.split(" ")[0]
        if re.search(r"/debian/?$", uri):
            return uri
    raise SetupError("apt-get knows no Debian mirror: set ODOO_HOME to a checkout of Odoo 19.0, or run `docker compose up`.")


def _unpack(step):
    work = layout.STATE / "apt"
    for name in ("lists/partial", "cache/archives/partial"):
        (work / name).mkdir(parents=True, exist_ok=True)
    (work / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {SUITE} main\n")
    options = [
        f"Dir::State::Lists={work}/lists",
        f"Dir::Etc::SourceList={work}/sources.list",
        "Dir::Etc::SourceParts=/dev/null",
        f"Dir::Cache={work}/cache",
        "APT::Sandbox::User=",
        "Acquire::Languages=none",
        "Acquire::Retries=3",
    ]
    apt = ["apt-get", "-q", *(part for option in options for part in ("-o", option))]
    step.at("reading the package list")
    _run([*apt, "update"])
    downloads = work / "downloads"
    downloads.mkdir(exist_ok=True)
    for number, package in enumerate(PACKAGES, 1):
        step.at(f"downloading {package} ({number} of {len(PACKAGES)})")
        if not any(downloads.glob(f"{package}_*.deb")):
            _run([*apt, "download", package], cwd=downloads)
    # A half-unpacked tree must never look like a whole one: unpack beside, move at the end.
    fresh = layout.STATE / "odoo.unpacking"
    shutil.rmtree(fresh, ignore_errors=True)
    for number, deb in enumerate(sorted(downloads.glob("*.deb")), 1):
        step.at(f"unpacking {deb.name.split('_')[0]} ({number} of {len(PACKAGES)})")
        _run(["dpkg", "-x", str(deb), str(fresh)])
    # A left-over of the packaging that would shadow the real add-ons.
    shutil.rmtree(fresh / "usr/lib/python3/dist-packages/addons", ignore_errors=True)
    shutil.rmtree(layout.ODOO_ROOT, ignore_errors=True)
    fresh.rename(layout.ODOO_ROOT)
    shutil.rmtree(work, ignore_errors=True)


def _run(command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
        raise SetupError(f"`{' '.join(command[:1] + command[-2:])}` failed: {tail[0]} — check the network and run the command again.")
    return done.stdout
