"""Opening entries: the money and the goods the owner has put into the company."""

from .stock import opening_day

CAPITAL = 500000.0
DAYS_AGO = 60


def load(demo):
    """Post the paid-in capital, so that bills are paid from an account that holds something, and the goods that were counted first."""
    if not demo.is_new("entry", "capital"):
        return
    company = demo.company
    bank = demo.core(f"account.{company.id}_bank").default_account_id
    counted = demo.env["stock.move"].search([("is_inventory", "=", True), ("state", "=", "done"), ("company_id", "=", company.id)])
    goods = company.currency_id.round(sum(counted.mapped("value")))
    entries = demo.put(
        "account.move",
        "entry",
        {
            "capital": entry_values(demo, demo.day(-DAYS_AGO), "股东投入资本", bank, "收到投资款", CAPITAL),
            "goods": entry_values(demo, opening_day(demo), "股东投入存货", company.account_stock_valuation_id, "期初库存商品", goods),
        },
    )
    entries.action_post()


def entry_values(demo, day, ref, account, label, amount):
    """Return the values of an entry that brings capital onto an account."""
    capital = demo.core(f"account.{demo.company.id}_l10n_cn_account_3001")
    lines = [
        {"account_id": account.id, "name": label, "debit": amount},
        {"account_id": capital.id, "name": "实收资本", "credit": amount},
    ]
    return {
        "journal_id": demo.core(f"account.{demo.company.id}_general").id,
        "date": day,
        "ref": ref,
        "line_ids": [(0, 0, line) for line in lines],
    }
