"""The bank account of the company: what the bank shows of the payments, read from its files as the accountant does."""

from ..plan import bank
from .books import CAPITAL


def load(demo):
    """Read two files: what is behind is reconciled, what came in today waits for whoever tries it."""
    journal = demo.core(f"account.{demo.company.id}_bank")
    account = demo.put(
        "res.partner.bank",
        "bank_account",
        {"own": {"acc_number": bank.ACCOUNT, "partner_id": demo.company.partner_id.id, "company_id": demo.company.id}},
    )
    if not journal.bank_account_id:
        journal.bank_account_id = account
    past = past_movements(demo)
    if demo.is_new("bank_import", "past"):
        lines = read(demo, journal, "past", CAPITAL, past)
        lines.action_reconcile_certain()
    if demo.is_new("bank_import", "today"):
        read(demo, journal, "today", CAPITAL + sum(amount for _day, amount, *_rest in past), todays_movements(demo))


def past_movements(demo):
    """Return (day, amount, other side, memo) of what was paid by bank transfer, and of what the bank books itself; the oldest first."""
    found = [(demo.day(-days), amount, "", memo) for days, amount, memo in bank.BANKS_OWN]
    for kind, key, sign in (("bill", "purchases", -1), ("invoice", "sales", 1)):
        # Members pay at the shop of the platform: their money does not come by transfer.
        paid = [row["ref"] for row in demo.plan[key] if row["state"] == "paid" and row.get("channel") != "online"]
        for move in (demo.get(kind, ref) for ref in paid):
            number = move.ref if sign < 0 else move.name
            found.append((move.invoice_date, sign * move.amount_total, move.partner_id.name, f"货款 {number}"))
    return sorted(found)


def todays_movements(demo):
    """Return the movements of the day of the set-up: an open invoice is paid, and money comes from somebody unknown."""
    waiting = next(row["ref"] for row in demo.plan["sales"] if row["state"] == "invoiced")
    invoice = demo.get("invoice", waiting)
    partner, amount, memo = bank.UNKNOWN
    return [
        (demo.day(0), invoice.amount_total, invoice.partner_id.name, f"货款 {invoice.name}"),
        (demo.day(0), amount, partner, memo),
    ]


def read(demo, journal, ref, opening, movements):
    """Read one file of the bank into the books and return its movements."""
    accountant = demo.get("user", "accountant")
    raw = bank.statement(demo.company.name, opening, movements)
    file = demo.env["ir.attachment"].with_user(accountant).create({"name": f"建行流水 {ref}.csv", "raw": raw})
    imports = demo.env["cosmetics.bank.import"].with_user(accountant).with_company(demo.company)
    record = imports.create({"journal_id": journal.id, "attachment_ids": [(6, 0, file.ids)]})
    record.action_import()
    demo.name("bank_import", {ref: record})
    return record.statement_ids.line_ids
