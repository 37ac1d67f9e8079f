"""Opening entry: the money the owner has put into the company."""

CAPITAL = 500000.0
DAYS_AGO = 60


def load(demo):
    """Post the paid-in capital, so that bills are paid from an account that holds something."""
    company = demo.company
    bank = demo.core(f"account.{company.id}_bank").default_account_id
    capital = demo.core(f"account.{company.id}_l10n_cn_account_3001")
    lines = [
        {"account_id": bank.id, "name": "收到投资款", "debit": CAPITAL},
        {"account_id": capital.id, "name": "实收资本", "credit": CAPITAL},
    ]
    values = {
        "journal_id": demo.core(f"account.{company.id}_general").id,
        "date": demo.day(-DAYS_AGO),
        "ref": "股东投入资本",
        "line_ids": [(0, 0, line) for line in lines],
    }
    entry = demo.put("account.move", "entry", {"capital": values})
    if entry.state == "draft":
        entry.action_post()
