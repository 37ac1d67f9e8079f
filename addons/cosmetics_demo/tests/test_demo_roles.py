from odoo.tests import HttpCase, tagged

from ..logins import LOGINS, PASSWORD
from ..plan import people

# What each role opens first: (menu of its app, model behind it).
FIRST_SCREENS = {
    "owner": [("cosmetics_inventory", "stock.picking"), ("cosmetics_finance", "account.move"), ("cosmetics_sales", "sale.order")],
    "manager": [("cosmetics_sales", "pos.config")],
    "clerk": [("cosmetics_sales", "pos.config")],
    "clerk2": [("cosmetics_sales", "pos.config")],
    "clerk3": [("cosmetics_sales", "pos.config")],
    "warehouse": [("cosmetics_inventory", "stock.picking"), ("cosmetics_inventory", "stock.quant")],
    "depot": [("cosmetics_inventory", "stock.picking"), ("cosmetics_inventory", "cosmetics.stock.count")],
    "buyer": [("cosmetics_inventory", "purchase.order"), ("cosmetics_inventory", "product.template")],
    "sales": [("cosmetics_sales", "sale.order")],
    "ecommerce": [("cosmetics_sales", "sale.order")],
    "member": [("cosmetics_crm", "res.partner")],
    "adviser": [("cosmetics_crm", "res.partner")],
    "service": [("cosmetics_crm", "helpdesk.ticket")],
    "accountant": [("cosmetics_finance", "account.move")],
}


@tagged("post_install", "-at_install")
class TestDemoRoles(HttpCase):
    def _user(self, login):
        return self.env.ref(f"cosmetics_demo.user_{login}")

    def _roots(self, user):
        """Return the modules of the apps a user sees on the home screen."""
        visible = self.env["ir.ui.menu"].with_user(user).load_menus(debug=False)
        roots = self.env["ir.ui.menu"].browse(visible["root"]["children"])
        return {name.split(".")[0] for names in roots._get_external_ids().values() for name in names}

    def test_every_user_logs_in_with_the_documented_password(self):
        for login, _who, _sees in LOGINS:
            with self.subTest(login=login):
                self.authenticate(login, PASSWORD)
                page = self.url_open("/odoo")
                self.assertEqual(page.status_code, 200)
                self.assertIn("odoo.__session_info__", page.text)
                self.assertIn(f'"username": "{login}"', page.text)

    def test_a_wrong_password_is_refused(self):
        page = self.url_open("/web/login")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        page = self.url_open("/web/login", data={"login": "clerk", "password": PASSWORD + "x", "csrf_token": token})
        self.assertIn('"uid": null', page.text)

    def test_every_user_sees_the_app_of_the_role_and_its_records(self):
        for login, screens in FIRST_SCREENS.items():
            user = self._user(login)
            for app, model in screens:
                with self.subTest(login=login, app=app, model=model):
                    self.assertIn(app, self._roots(user))
                    self.assertTrue(self.env[model].with_user(user).search_read([], ["display_name"], limit=5))

    def test_every_user_is_an_employee_with_a_manager_but_the_owner(self):
        for row in people.users():
            employee = self._user(row["login"]).sudo().employee_id
            self.assertEqual(bool(employee.parent_id), row["login"] != "owner", row["login"])
        self.assertEqual(self._user("clerk").sudo().employee_id.expense_manager_id, self._user("manager"))

    def test_every_user_has_exactly_the_group_of_the_role(self):
        internal, inbox = self.env.ref("base.group_user"), self.env.ref("mail.group_mail_notification_type_inbox")
        for row in people.users():
            user = self._user(row["login"])
            self.assertEqual(user.group_ids - inbox, internal | self.env.ref(row["group"]), row["login"])
            self.assertEqual(user.lang, "zh_CN")
            if not user.login_date:  # at the first login core takes over the time zone of the browser
                self.assertEqual(user.tz, "Asia/Shanghai")

    def test_every_user_starts_on_a_screen_the_role_may_open(self):
        for row in people.users():
            user = self._user(row["login"])
            action = self.env.ref(row["home"])
            self.assertEqual(user.action_id.id, action.id, row["login"])
            self.assertTrue(self.env[action.res_model].with_user(user).search_count([]), row["login"])

    def test_every_user_works_in_the_stores_of_the_plan(self):
        for row in people.users():
            stores = self.env["cosmetics.store"].browse(self.env.ref(f"cosmetics_demo.store_{ref}").id for ref in row["stores"])
            self.assertEqual(self._user(row["login"]).store_ids, stores, row["login"])

    def test_a_clerk_sees_the_own_shop_alone(self):
        stores = self.env["cosmetics.store"].with_user(self._user("clerk2")).search([])
        self.assertEqual(stores.mapped("name"), ["钟楼店"])
