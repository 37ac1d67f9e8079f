"""Who reads and who resolves till exceptions: staff of the shop read, its manager and quality managers resolve."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestExceptionRights(TillBatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls._create_user("test_employee")
        cls.keeper = cls._create_user("test_keeper", "cosmetics_inventory.group_warehouse_keeper")
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        cls.other_clerk = cls._create_user("test_other_clerk", "cosmetics_sales_pos.group_shop_clerk")
        cls.other_manager = cls._create_user("test_other_manager", "cosmetics_sales_pos.group_store_manager")
        cls.other_store = cls._create_store(name="Other Shop", manager_id=cls.other_manager.id, user_ids=[Command.set(cls.other_clerk.ids)])

    def setUp(self):
        super().setUp()
        self.exception = self._exceptions(self._send(self._prepare_ticket(1, "DEAD")))

    def _resolve(self, user):
        wizard = self.env["cosmetics.till.exception.resolution"].with_user(user)
        wizard.create({"exception_id": self.exception.id, "resolution": "returned"}).action_confirm()

    def test_staff_of_the_shop_and_of_the_stock_read_it(self):
        for user in (self.clerk, self.manager, self.keeper, self.quality):
            found = self.env["cosmetics.till.exception"].with_user(user).search([("id", "=", self.exception.id)])
            self.assertEqual(found.mapped("lot_name"), ["DEAD"], user.login)

    def test_staff_of_another_shop_neither_find_nor_read_it(self):
        for user in (self.other_clerk, self.other_manager):
            self.assertFalse(self.env["cosmetics.till.exception"].with_user(user).search([("id", "=", self.exception.id)]))
            with self.assertRaises(AccessError):
                self.exception.with_user(user).read(["sentence"])

    def test_employee_without_a_role_reads_nothing(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.till.exception"].with_user(self.employee).search([])

    def test_button_opens_for_those_who_may_read(self):
        action = self.exception.with_user(self.manager).action_resolve()
        self.assertEqual(action["context"], {"default_exception_id": self.exception.id})
        for user in (self.employee, self.other_clerk, self.other_manager):
            with self.assertRaises(AccessError):
                self.exception.with_user(user).action_resolve()

    def test_only_managers_resolve(self):
        for user in (self.clerk, self.keeper, self.employee, self.other_clerk, self.other_manager):
            with self.assertRaises(AccessError):
                self._resolve(user)
            self.assertEqual(self.exception.state, "open", user.login)
        self._resolve(self.quality)
        self.assertEqual(self.exception.resolved_by_id, self.quality)

    def test_nothing_that_writes_is_called_from_outside(self):
        exceptions = self.exception.with_user(self.manager)
        for name in ("_resolve", "_move_from", "_record", "_record_fault", "_record_undone", "_cron_record_undone"):
            with self.assertRaises(AccessError):
                get_public_method(exceptions, name)
        for name in ("_take_batches", "_write_batches"):
            with self.assertRaises(AccessError):
                get_public_method(self.exception.line_id, name)

    def test_nobody_makes_one_by_hand(self):
        vals = {"move_id": self.exception.move_id.id, "product_id": self.cream.id, "code": "other", "sentence": "Made up"}
        for user in (self.clerk, self.manager, self.quality):
            with self.assertRaises(AccessError):
                self.env["cosmetics.till.exception"].with_user(user).create({**vals, "company_id": self.env.company.id})

    def test_user_of_another_company_does_not_see_it(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        groups = "cosmetics_inventory.group_quality_manager"
        stranger = self._create_user("test_foreigner", groups, company_id=company.id, company_ids=[Command.set(company.ids)])
        self.assertFalse(self.env["cosmetics.till.exception"].with_user(stranger).search([("id", "=", self.exception.id)]))


@tagged("post_install", "-at_install")
class TestShopMenus(TillBatchCommon):
    ACTIONS = ("cosmetics_tester", "cosmetics_disposal", "cosmetics_inspection_record")

    def test_clerk_finds_testers_disposals_and_inspections_of_the_shop(self):
        menus = {name: self.env.ref(f"cosmetics_inventory_pos.{name}_shop_menu") for name in self.ACTIONS}
        visible = self.env["ir.ui.menu"].with_user(self.clerk)._visible_menu_ids()
        hidden = self.env["ir.ui.menu"].with_user(self._create_user("test_employee"))._visible_menu_ids()
        for name, menu in menus.items():
            self.assertIn(menu.id, visible, name)
            self.assertNotIn(menu.id, hidden, name)

    def test_clerk_opens_every_view_behind_the_menus(self):
        for name in self.ACTIONS:
            action = self.env.ref(f"cosmetics_inventory.{name}_action")
            model = self.env[action.res_model].with_user(self.clerk)
            views = model.get_views([(False, kind) for kind in action.view_mode.split(",")])
            self.assertIn("<field name=", views["views"]["list"]["arch"])
            model.search([]).read(list(views["models"][action.res_model]["fields"]))

    def test_clerk_sees_the_testers_of_the_own_shop_and_changes_none(self):
        other = self._create_store(name="Other Shop")
        vals = {"product_id": self.cream.id, "lot_id": self.old.id}
        testers = self.env["cosmetics.tester"].create([{**vals, "store_id": store.id} for store in (self.store, other)])
        mine = testers.with_user(self.clerk).search([("id", "in", testers.ids)])
        self.assertEqual(mine.store_id, self.store)
        with self.assertRaises(AccessError):
            mine.action_open()
