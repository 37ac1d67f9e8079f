"""The logins of the demo company, for people and for the set-up. Imports nothing of Odoo, so that the set-up reads it by its path."""

import csv
from pathlib import Path

PASSWORD = "xian2026"

_SEES = {
    "owner": "sees everything",
    "manager": "runs the three shops",
    "clerk": "sells at the till of shop 小寨店",
    "clerk2": "sells at the till of shop 钟楼店",
    "clerk3": "sells at the till of shop 高新店",
    "warehouse": "receives, counts and delivers",
    "depot": "leads the warehouse: approves counts, sets locations and replenishment rules",
    "quality": "inspects, holds, recalls and disposes of batches",
    "buyer": "buys from suppliers",
    "sales": "sells to wholesale customers",
    "ecommerce": "handles the orders of the online shop",
    "member": "looks after members",
    "adviser": "joins members and looks after those of shop 小寨店",
    "service": "takes the questions, complaints and allergies of members",
    "accountant": "keeps the books",
}

with (Path(__file__).parent / "plan" / "tables" / "users.csv").open(encoding="utf-8", newline="") as _table:
    # (login, role and name in Chinese, what the user does in one line)
    LOGINS = tuple((row["login"], f"{row['title']} {row['name']}", _SEES[row["login"]]) for row in csv.DictReader(_table))
