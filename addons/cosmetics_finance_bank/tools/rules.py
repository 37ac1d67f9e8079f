"""What a bank books again and again, by the words of its memo, and where it belongs: plain data, no database."""

TRANSFER = "bank_rule_transfer"
FEE_ACCOUNT = "bank_account_560305"

# (key, name, Chinese name, words in the memo, side, account by chart); side "out" and "in" take only payments or receipts.
RULES = (
    (
        "fee",
        "Bank charges",
        "银行手续费",
        "手续费|工本费|账户管理费|账户维护费|汇划费|短信服务费|网银服务费|函证费",
        "out",
        {"cn": FEE_ACCOUNT, "cn_large_bis": "l10n_cn_large_bis_account_6603"},
    ),
    (
        "interest",
        "Interest on deposits",
        "存款利息",
        "结息|存款利息|利息收入|^利息$",
        "in",
        {"cn": "l10n_cn_account_560301", "cn_large_bis": "l10n_cn_large_bis_account_6603"},
    ),
    (
        "wage",
        "Wages",
        "发放工资",
        "代发工资|发放工资|工资发放|批量代发|^工资$",
        "out",
        {"cn": "l10n_cn_common_account_2211", "cn_large_bis": "l10n_cn_common_account_2211"},
    ),
    ("vat", "VAT of the month before", "缴纳增值税", "^[^附城教印]*增值税[^附城教印]*$", "out", {"cn": "xian_account_222102"}),
    ("income_tax", "Enterprise income tax", "缴纳企业所得税", "企业所得税", "out", {"cn": "xian_account_222114"}),
    ("personal_tax", "Individual income tax", "缴纳个人所得税", "个人所得税|个税", "out", {"cn": "xian_account_222115"}),
    ("stamp", "Stamp duty", "缴纳印花税", "印花税", "out", {"cn": "xian_account_222116"}),
)

LIMITS = {"out": {"match_amount": "lower", "match_amount_max": 0.0}, "in": {"match_amount": "greater", "match_amount_min": 0.0}}


def rule_data(chart, transfer_account):
    """Return {external id: values} of the rules of a chart, the way charts hold their records.

    >>> sorted(rule_data("cn_large_bis", "x"))
    ['bank_rule_fee', 'bank_rule_interest', 'bank_rule_transfer', 'bank_rule_wage']
    >>> rule_data("cn", "x")["bank_rule_vat"]["line_ids"][0][2]["account_id"], rule_data("cn", "x")["bank_rule_vat"]["trigger"]
    ('xian_account_222102', 'auto_reconcile')
    """
    records = {
        f"bank_rule_{key}": {
            "name": name,
            "name@zh_CN": chinese,
            "sequence": 20 + place,
            "trigger": "auto_reconcile",
            "match_label": "match_regex",
            "match_label_param": words,
            **LIMITS[side],
            "line_ids": _lines(accounts[chart]),
        }
        for place, (key, name, chinese, words, side, accounts) in enumerate(RULES)
        if chart in accounts
    }
    # Chosen by hand or by the other side's account number, never by words.
    transfer = {"name": "Transfer between own accounts", "name@zh_CN": "账户间转账", "sequence": 40, "trigger": "manual"}
    return {**records, TRANSFER: {**transfer, "line_ids": _lines(transfer_account)}}


def _lines(account):
    return [(0, 0, {"account_id": account, "amount_type": "percentage", "amount_string": "100"})]
