{
    "name": "Cosmetics Group Chat",
    "summary": "News of the warehouse in group chats (WeCom, DingTalk)",
    "version": "19.0.1.5.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_inventory",
        "cosmetics_inventory_purchase",
    ],
    "external_dependencies": {"python": ["requests"]},
    "data": [
        "security/ir.model.access.csv",
        "security/chat_rules.xml",
        "data/ir_cron.xml",
        "views/cosmetics_notify_channel_views.xml",
    ],
}
