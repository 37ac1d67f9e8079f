"""Warehouse, shops with their tills, and the online shop."""

from . import address

# Journals of the money that comes in through others.
BANKS = {"wechat": ("微信商户收款", "WXZF"), "alipay": ("支付宝商户收款", "ZFB"), "card": ("POS 刷卡收款", "YHK")}
WALLETS = ("wechat", "alipay")
METHODS = {"wechat": "微信", "alipay": "支付宝", "card": "银行卡"}


def load(demo):
    """Create the places of the company."""
    stores = demo.plan["stores"]
    demo.put("res.partner", "place", {row["ref"]: place_values(demo, row) for row in stores})
    load_warehouses(demo, stores)
    load_teams(demo, stores)
    demo.put("cosmetics.store", "store", {row["ref"]: store_values(demo, row) for row in stores})
    load_tills(demo, [row for row in stores if row["kind"] == "shop"])


def place_values(demo, row):
    """Return the address of a store."""
    return address.values(demo, row) | {
        "name": row["name"],
        "phone": row["phone"],
        "parent_id": demo.company.partner_id.id,
        "type": "other",
        "company_id": demo.company.id,
    }


def load_warehouses(demo, stores):
    """Name the first warehouse the central one, and give each shop one of its own that the central one fills."""
    central = demo.core("stock.warehouse0")
    if demo.is_new("warehouse", "central"):
        row = next(row for row in stores if row["ref"] == "central")
        central.write({"name": row["name"], "code": row["code"], "partner_id": demo.get("place", "central").id})
        demo.name("warehouse", {"central": central})
    demo.put(
        "stock.warehouse",
        "warehouse",
        {
            row["ref"]: {
                "name": row["name"],
                "code": row["code"],
                "partner_id": demo.get("place", row["ref"]).id,
                "company_id": demo.company.id,
                "resupply_wh_ids": [(6, 0, central.ids)],
            }
            for row in stores
            if row["kind"] == "shop"
        },
    )


def load_teams(demo, stores):
    """Create a sales team for the wholesale business, each shop and the online shop."""
    names = {"wholesale": "批发业务部"} | {row["ref"]: row["name"] for row in stores if row["kind"] in ("shop", "online")}
    demo.put("crm.team", "team", {ref: {"name": name, "company_id": demo.company.id} for ref, name in names.items()})


def load_tills(demo, shops):
    """Create a till for each shop, with cash of its own and the other ways to pay shared by all."""
    company = {"company_id": demo.company.id}
    journals = {ref: company | {"name": name, "code": code, "type": "bank"} for ref, (name, code) in BANKS.items()}
    for number, row in enumerate(shops, start=1):
        journals[f"cash_{row['ref']}"] = company | {"name": f"{row['name']}现金", "code": f"XJ{number}", "type": "cash"}
    is_new = demo.is_new("journal", "wechat")
    demo.put("account.journal", "journal", journals)
    if is_new:
        for journal in (demo.get("journal", ref) for ref in WALLETS):
            # What comes into a wallet is there at once.
            journal.inbound_payment_method_line_ids.payment_account_id = journal.default_account_id
    methods = {
        ref: company | {"name": name, "journal_id": demo.get("journal", ref).id, "sequence": at}
        for at, (ref, name) in enumerate(METHODS.items(), start=1)
    }
    for row in shops:
        key = f"cash_{row['ref']}"
        methods[key] = company | {"name": "现金", "journal_id": demo.get("journal", key).id, "sequence": 0}
    demo.put("pos.payment.method", "payment_method", methods)
    demo.put("pos.config", "till", {row["ref"]: till_values(demo, row) for row in shops})


def till_values(demo, row):
    """Return the values of the till of a shop."""
    refs = (f"cash_{row['ref']}", *METHODS)
    return {
        "name": f"{row['name']}收银台",
        "company_id": demo.company.id,
        "store_id": demo.get("store", row["ref"]).id,
        "picking_type_id": demo.get("warehouse", row["ref"]).pos_type_id.id,
        "payment_method_ids": [(6, 0, [demo.get("payment_method", ref).id for ref in refs])],
        "crm_team_id": demo.get("team", row["ref"]).id,
    }


def store_values(demo, row):
    """Return the values of a store with all that hangs on it."""
    users = [user for user in demo.plan["users"] if row["ref"] in user["stores"]]
    manager = next((user["login"] for user in users if row["ref"] in user["manages"]), None)
    warehouse = row["ref"] if row["kind"] == "shop" else "central"
    team = row["ref"] if row["kind"] != "warehouse" else "wholesale"
    return {
        "name": row["name"],
        "code": row["code"],
        "kind": row["kind"],
        "company_id": demo.company.id,
        "partner_id": demo.get("place", row["ref"]).id,
        "manager_id": manager and demo.get("user", manager).id,
        "user_ids": [(6, 0, [demo.get("user", user["login"]).id for user in users])],
        "warehouse_id": demo.get("warehouse", warehouse).id,
        "team_id": demo.get("team", team).id,
    }
