"""Judge Odoo's log: a WARNING or ERROR fails the run unless it stands on this list with its reason."""

import re
from pathlib import Path

LEVEL = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (WARNING|ERROR|CRITICAL) ")

# Each entry: a pattern, and why the line is harmless.
ALLOWED = (
    # Debian's package leaves this one optional library of the mail module out; nothing of ours blurs video backgrounds.
    re.compile(r"selfie_segmentation"),
    # Machines that build, such as containers, run everything as root; production does not.
    re.compile(r"Running as user 'root' is a security risk"),
)
# What only people at a browser bring about.
ALLOWED_WITH_PEOPLE = (
    *ALLOWED,
    # Odoo refuses bad input of a person; the browser stories judge the sentence on the screen.
    re.compile(r" WARNING \S+ odoo\.http: (?!<function)"),
    # The web client sends the import screen's file together with two arguments that Odoo's own route does not know.
    re.compile(r"base_import\.controllers\.main\.set_file> called ignoring args"),
)


def offending_lines(path, allowed=ALLOWED):
    """Return the WARNING, ERROR and CRITICAL lines of an Odoo log that no pattern allows."""
    lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if LEVEL.match(line) and not any(pattern.search(line) for pattern in allowed)]


def last_error(path):
    """Return the line that best tells why a run ended: the last exception, else the last line."""
    lines = [line for line in Path(path).read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    for line in reversed(lines):
        if re.match(r"^[\w.]+(Error|Exception|Warning|Failure)\b", line):
            return line
    return lines[-1] if lines else "nothing was logged"
