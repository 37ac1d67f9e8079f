"""Each role opens every screen its menus lead to: views, columns and the first record."""

import re
from pathlib import Path

from lxml import etree
from odoo import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import SuiteCommon

# The registry by its name, or as core's scripts call it where they keep it.
SCREEN = re.compile(r"""(?:category\(\s*["']actions["']\s*\)|\bactionRegistry)\s*\.add\(\s*["']([^"']+)["']""")


@tagged("post_install", "-at_install")
class TestMenus(SuiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls._create_product(is_storable=True, tracking="lot")
        customer, vendor = cls.env["res.partner"].create([{"name": "Test Customer"}, {"name": "Test Vendor"}])
        for role in ("salesperson", "ecommerce", "owner"):
            order = cls.env["sale.order"].create(
                {
                    "partner_id": customer.id,
                    "user_id": cls.users[role].id,
                    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 1})],
                }
            )
            order.action_confirm()
        purchase = cls.env["purchase.order"].create(
            {"partner_id": vendor.id, "order_line": [Command.create({"product_id": product.id, "product_qty": 5, "price_unit": 30})]}
        )
        purchase.button_confirm()
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_line_ids": [Command.create({"product_id": product.id, "quantity": 1, "price_unit": 100})],
            }
        )
        invoice.action_post()
        store = cls._create_store()
        for user in cls.users.values():
            store.user_ids += user
        cls.screens = cls._get_screens()

    def _actions(self, user):
        """Return (path of the menu, action) of every leaf of the suite's tiles a user sees."""
        menus = self._load_menus(user)
        pending = [
            (menus[menu_id]["name"], menus[menu_id])
            for menu_id in menus["root"]["children"]
            if menus[menu_id]["xmlid"].startswith("cosmetics_")
        ]
        found = []
        while pending:
            path, menu = pending.pop()
            if menu["action_model"]:
                found.append((path, self.env[menu["action_model"]].sudo().browse(menu["action_id"])))
            pending += [(f"{path}/{menus[child]['name']}", menus[child]) for child in menu["children"]]
        return found

    def _open(self, user, action):
        """Do what the web client does when a user chooses a menu; return whether there was something to open."""
        values = action.with_user(user).run() if action._name == "ir.actions.server" else action.with_user(user)._get_action_dict()
        if values.get("type") == "ir.actions.client":
            # A screen of its own: the browser tests open it; here it has to be one that the web client knows.
            return values["tag"] in self.screens
        if values.get("type") != "ir.actions.act_window":
            return False
        model = self.env[values["res_model"]].with_user(user)
        views = [(view_id, "list" if kind == "tree" else kind) for view_id, kind in values["views"]]
        arches = model.get_views([*views, (False, "search")])["views"]
        context = {"uid": user.id, "allowed_company_ids": user.company_ids.ids, "active_id": False, **self.env.context}
        domain = values.get("domain") or []
        domain = safe_eval(domain, context) if isinstance(domain, str) else domain
        records = model.search(domain, limit=3)
        for kind in {"list", "kanban", "form"} & arches.keys():
            records.read(self._field_names(arches[kind]["arch"]))
        return True

    @classmethod
    def _get_screens(cls):
        """Return the tags of client actions that the scripts of the web client register, as the installed modules put them together."""
        paths = [path for _url, path, *_rest in cls.env["ir.asset"]._get_asset_paths("web.assets_web", {})]
        scripts = [Path(path) for path in paths if path and str(path).endswith(".js")]
        return {tag for script in scripts for tag in SCREEN.findall(script.read_text("utf-8"))}

    def test_screen_that_no_script_registers_is_none(self):
        action = self.env["ir.actions.client"].create({"name": "Test", "tag": "cosmetics_stock_count_scan"})
        self.assertTrue(self._open(self.users["owner"], action))
        action.tag = "cosmetics_stock_count_scam"
        self.assertFalse(self._open(self.users["owner"], action))

    def _field_names(self, arch):
        """Return the names of the fields of the model itself that a view shows."""
        nodes = etree.fromstring(arch).xpath("//field[not(ancestor::field)]")
        return sorted({node.get("name") for node in nodes if not node.xpath("ancestor::groupby")})

    def test_each_role_opens_every_screen_of_its_menus(self):
        for role, user in self.users.items():
            actions = self._actions(user)
            self.assertTrue(actions, role)
            for path, action in actions:
                with self.subTest(role=role, menu=path):
                    self.assertTrue(self._open(user, action), "A screen of records is expected")

    def test_owner_has_every_menu_but_the_technical_settings(self):
        seen = {action for _path, action in self._actions(self.users["owner"])}
        menus = self.env["ir.ui.menu"].search([("action", "!=", False)])
        xmlids = menus._get_menuitems_xmlids()
        ours = menus.filtered(lambda menu: xmlids.get(menu.id, "").startswith("cosmetics_"))
        system = self.env.ref("base.group_system")
        missing = ours.filtered(lambda menu: menu.action not in seen and menu.group_ids != system)
        self.assertFalse(missing.mapped("complete_name"))
