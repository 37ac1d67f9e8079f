"""What the machine itself must bring: Chromium, which prints PDFs and runs the browser tests, and a Chinese font."""

import os
import shutil
import subprocess
from pathlib import Path

from .progress import SetupError, Step

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge")
# Apps that put no program on the PATH.
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Fonts that come with a desktop rather than through fontconfig.
FONT_PLACES = (
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
PACKAGES = {"chromium": "Chromium", "fonts-noto-cjk": "a Chinese font"}


def chromium():
    """Return the path of Chromium or a browser of its family, or None; CHROMIUM_PATH names another one."""
    given = os.environ.get("CHROMIUM_PATH")
    if given:
        return given if os.access(given, os.X_OK) else None
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in CHROMIUM_PLACES if os.access(place, os.X_OK)), None)


def has_chinese_font():
    """True when text in Chinese prints as characters, not as boxes."""
    if shutil.which("fc-list"):
        listing = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
        if listing.stdout.strip():
            return True
    return any(Path(place).exists() for place in FONT_PLACES)


def missing(need_browser=True):
    """Return the Debian names of the packages that this machine lacks."""
    found = {"chromium": not need_browser or chromium(), "fonts-noto-cjk": has_chinese_font()}
    return [package for package in PACKAGES if not found[package]]


def ensure(need_browser=True):
    """Install what is missing where that is allowed.

    :raises SetupError: one line that names what to install, when this machine does not let us.
    """
    packages = missing(need_browser)
    if not packages:
        return
    prefix = _installer()
    if prefix is None:
        raise SetupError(advice(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with Step(f"System packages: {', '.join(packages)}", "1 min") as step:
        step.at("reading the package list")
        _run([*prefix, "update"], packages, environment)
        step.at("installing")
        _run([*prefix, "install", "--yes", "--no-install-recommends", *packages], packages, environment)
    left = missing(need_browser)
    if left:
        raise SetupError(advice(left))


def advice(packages):
    """Return the one line that says what is missing, and how to get it."""
    names = " and ".join(PACKAGES[package] for package in packages)
    command = f"sudo apt-get install {' '.join(packages)}"
    return f"{names} missing: install {' and '.join(packages)} (Debian, Ubuntu: `{command}`), then run this again."


def _installer():
    """Return the start of an apt-get command that needs no password, or None."""
    if not shutil.which("apt-get"):
        return None
    command = ["apt-get", "-q", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120"]
    if os.geteuid() == 0:
        return command
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", *command]
    return None


def _run(command, packages, environment):
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
        raise SetupError(f"{advice(packages)} apt-get said: {tail[0]}")
