"""Nobody changes stock alone, and nobody who counts blind looks the figure up."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_stock_count import StockCountCommon


@tagged("post_install", "-at_install")
class TestSecondPerson(StockCountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loss = cls.product.with_company(cls.env.company).property_stock_inventory
        cls.warehouse_manager = cls._create_user("test_second_manager", "cosmetics_inventory.group_warehouse_manager")
        cls.other_manager = cls._create_user("test_second_other", "cosmetics_inventory.group_warehouse_manager")

    def _quant(self, user=None, lot=None):
        lot = lot or self.lot
        return self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "=", self.shelf.id)]).with_user(user or self.keeper)

    def _assert_refused(self, act, lot=None):
        before = self._quant(lot=lot).sudo().quantity
        with self.assertRaisesRegex(UserError, "not changed by one person alone"), self.cr.savepoint():
            act()
        self.env.invalidate_all()
        self.assertEqual(self._quant(lot=lot).sudo().quantity, before)

    def test_a_keeper_changes_no_stock_by_physical_inventory(self):
        quant = self._quant().with_context(inventory_mode=True)
        for quantity in (7, 99):
            quant.inventory_quantity = quantity
            self._assert_refused(quant.action_apply_inventory)

    def test_a_keeper_puts_nothing_into_stock_by_an_import(self):
        def load():
            quants = self.env["stock.quant"].with_user(self.keeper).with_context(inventory_mode=True)
            row = [str(self.product.id), str(self.shelf.id), str(self.lot.id), "50"]
            found = quants.load(["product_id/.id", "location_id/.id", "lot_id/.id", "inventory_quantity"], [row])
            quants.browse(found["ids"]).action_apply_inventory()

        self._assert_refused(load)

    def _prepare_transfer(self, source, target, quantity=3):
        places = {"location_id": source.id, "location_dest_id": target.id}
        move = {"product_id": self.product.id, "product_uom_qty": quantity, **places}
        picking = self.env["stock.picking"].with_user(self.keeper)
        picking = picking.create({"picking_type_id": self.shop.int_type_id.id, **places, "move_ids": [Command.create(move)]})
        picking.action_confirm()
        picking.move_ids.move_line_ids = [
            Command.clear(),
            Command.create({"product_id": self.product.id, "lot_id": self.lot.id, "quantity": quantity, **places}),
        ]
        picking.move_ids.picked = True
        return picking

    def test_a_keeper_finds_and_loses_no_goods_by_a_transfer(self):
        self._assert_refused(self._prepare_transfer(self.loss, self.shelf).button_validate)
        self._assert_refused(self._prepare_transfer(self.shelf, self.loss).button_validate)

    def test_a_move_that_calls_itself_scrap_brings_nothing_in(self):
        picking = self._prepare_transfer(self.loss, self.shelf)
        scrap = self.env["stock.scrap"].with_user(self.keeper)
        scrap = scrap.create({"product_id": self.product.id, "lot_id": self.lot.id, "scrap_qty": 1, "location_id": self.shelf.id})
        picking.move_ids.scrap_id = scrap
        self._assert_refused(picking.button_validate)

    def test_a_posted_adjustment_is_not_made_bigger_afterwards(self):
        quant = self._quant(self.warehouse_manager).with_context(inventory_mode=True)
        quant.inventory_quantity = 12
        quant.with_user(self.other_manager).action_apply_inventory()
        line = self.env["stock.move.line"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.loss.id)])
        self._assert_refused(lambda: line.with_user(self.keeper).write({"quantity": 40}))
        vals = {name: line[name].id for name in ("move_id", "product_id", "lot_id", "location_id", "location_dest_id")}
        self._assert_refused(lambda: self.env["stock.move.line"].with_user(self.keeper).create({**vals, "quantity": 5}))

    def test_of_two_managers_one_enters_and_the_other_one_applies(self):
        quant = self._quant(self.warehouse_manager).with_context(inventory_mode=True)
        quant.inventory_quantity = 8
        with self.assertRaisesRegex(UserError, "You entered the quantity"), self.cr.savepoint():
            quant.action_apply_inventory()
        quant.with_user(self.other_manager).action_apply_inventory()
        self.assertEqual(self._quant().sudo().quantity, 8)

    def test_a_manager_enters_and_applies_by_no_other_way_alone(self):
        quant = self._quant(self.warehouse_manager)
        product = self._create_product(name="Test Sponge", is_storable=True, cosmetic_kind="other", tracking="none")
        self.warehouse_manager.group_ids += self.env.ref("product.group_product_manager")
        ways = (
            lambda: quant.with_context(inventory_mode=True).write({"inventory_quantity_auto_apply": 99}),
            lambda: product.with_user(self.warehouse_manager).write({"qty_available": 5}),
            lambda: quant.action_apply_inventory(),
            lambda: (
                quant.with_context(inventory_mode=True, second_person=True).action_set_inventory_quantity_zero()
                or quant.with_context(second_person=True).action_apply_inventory()
            ),
        )
        for act in ways:
            with self.assertRaisesRegex(UserError, "You entered the quantity|one person alone"), self.cr.savepoint():
                act()
        self.env.invalidate_all()
        self.assertEqual(quant.sudo().quantity, 10)

    def test_no_entry_is_written_to_another_place_or_product_nor_reserved(self):
        product, other = (
            self._create_product(name=name, is_storable=True, cosmetic_kind="other", tracking="none")
            for name in ("Test Sponge", "Test Puff")
        )
        self.env["stock.quant"]._update_available_quantity(product, self.stock, 4)
        quant = self.env["stock.quant"].search([("product_id", "=", product.id), ("location_id", "=", self.stock.id)])
        for vals in ({"location_id": self.loss.id}, {"product_id": other.id}, {"reserved_quantity": 4}):
            with self.assertRaisesRegex(UserError, "not written by hand"), self.cr.savepoint():
                quant.with_user(self.keeper).write(vals)

    def test_what_another_one_applied_earlier_is_no_entry(self):
        quant = self._quant(self.warehouse_manager).with_context(inventory_mode=True)
        quant.inventory_quantity = 8
        quant.with_user(self.other_manager).action_apply_inventory()
        with self.assertRaisesRegex(UserError, "You entered the quantity"):
            quant.action_apply_inventory()

    def test_a_manager_moves_nothing_out_of_the_books_alone(self):
        picking = self._prepare_transfer(self.shelf, self.loss)
        self._assert_refused(picking.with_user(self.warehouse_manager).button_validate)

    def test_who_entered_is_written_by_nobody(self):
        quant = self._quant(self.warehouse_manager).with_context(inventory_mode=True)
        quant.inventory_quantity = 8
        with self.assertRaises(UserError):
            quant.write({"inventory_entered_by_id": self.other_manager.id})

    def test_an_owner_without_a_second_person_may_be_given_the_right(self):
        self.warehouse_manager.group_ids += self.env.ref("cosmetics_inventory.group_adjust_alone")
        quant = self._quant(self.warehouse_manager).with_context(inventory_mode=True)
        quant.inventory_quantity = 8
        quant.action_apply_inventory()
        self.assertEqual(self._quant().sudo().quantity, 8)
        self.assertFalse(self.env.ref("cosmetics_inventory.group_adjust_alone").all_user_ids - self.warehouse_manager)

    def test_a_keeper_still_scraps_moves_and_counts(self):
        scrap = self.env["stock.scrap"].with_user(self.keeper)
        scrap = scrap.create({"product_id": self.product.id, "lot_id": self.lot.id, "scrap_qty": 1, "location_id": self.shelf.id})
        scrap.action_validate()
        self.assertEqual(self._quant().sudo().quantity, 9)
        picking = self._prepare_transfer(self.shelf, self.stock, 2)
        picking.button_validate()
        self.assertEqual(self._quant().sudo().quantity, 7)

    def test_a_count_that_somebody_else_approved_changes_the_stock(self):
        self._finish(self._create_count(), R2601=4)
        self.assertEqual(self._quant().sudo().quantity, 4)


@tagged("post_install", "-at_install")
class TestBlindStock(StockCountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store.user_ids = [Command.link(cls.keeper.id)]
        cls.domain = [("product_id", "=", cls.product.id), ("location_id", "=", cls.shelf.id)]

    def _seen(self, user, model="stock.quant"):
        return self.env[model].with_user(user).search(self.domain)

    def test_what_is_counted_blind_is_not_looked_up_in_the_stock(self):
        quants = self._seen(self.keeper)
        self.assertEqual(len(quants), 2)
        count = self._create_count()
        self.assertFalse(self._seen(self.keeper))
        self.assertFalse(self._seen(self.keeper, "cosmetics.shelf.life.report"))
        with self.assertRaises(AccessError):
            quants.read(["quantity"])
        [[total]] = self.env["stock.quant"].with_user(self.keeper)._read_group(self.domain, [], ["quantity:sum"])
        self.assertFalse(total)
        self._finish(count)
        self.assertEqual(count.state, "posted")
        self.assertEqual(len(self._seen(self.keeper)), 2, "and afterwards it is")

    def test_who_leads_counts_sees_the_stock(self):
        self._create_count()
        for user in (self.quality, self._create_user("test_blind_manager", "cosmetics_inventory.group_warehouse_manager")):
            self.assertEqual(len(self._seen(user)), 2)

    def test_an_open_count_that_is_not_blind_hides_nothing(self):
        self._create_count(is_blind=False)
        self.assertEqual(len(self._seen(self.keeper)), 2)

    def test_other_places_and_products_stay_in_sight(self):
        other = self._create_product(name="Test Sponge", is_storable=True, cosmetic_kind="other", tracking="none")
        self._put(self.lot, 3, self.stock)
        self._create_count()
        self.env["stock.quant"]._update_available_quantity(other, self.shelf, 4)
        quants = self.env["stock.quant"].with_user(self.keeper)
        self.assertEqual(quants.search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)]).quantity, 3)
        self.assertEqual(quants.search([("product_id", "=", other.id), ("location_id", "=", self.shelf.id)]).quantity, 4)

    def test_what_is_hidden_is_still_reserved_and_shipped_from_the_same_entry(self):
        self._create_count()
        places = {"location_id": self.shelf.id, "location_dest_id": self.stock.id}
        picking = self.env["stock.picking"].with_user(self.keeper)
        move = {"product_id": self.product.id, "product_uom_qty": 6, **places}
        picking = picking.create({"picking_type_id": self.shop.int_type_id.id, **places, "move_ids": [Command.create(move)]})
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(picking.move_ids.quantity, 6)
        picking.move_ids.picked = True
        picking.button_validate()
        left = self.env["stock.quant"].search([*self.domain, ("quantity", "!=", 0)])
        self.assertEqual(sorted(left.mapped("quantity")), [4, 5], "no second entry beside the hidden one")
        self.assertFalse(any(left.mapped("reserved_quantity")))

    def _totals(self, user=None, names=("qty_available", "virtual_available", "free_qty")):
        """Return what a client reads of the product."""
        product = self.product.with_user(user or self.keeper)
        product.invalidate_recordset()
        [read] = product.read(names)
        [web] = product.web_read({name: {} for name in names})
        self.assertEqual({name: read[name] for name in names}, {name: web[name] for name in names})
        return tuple(read[name] for name in names)

    def test_totals_of_a_product_counted_blind_are_not_told(self):
        self.assertEqual(self._totals(), (15, 15, 15))
        count = self._create_count()
        self.assertEqual(self._totals(), (False, False, False))
        template = self.product.product_tmpl_id.with_user(self.keeper)
        self.assertEqual(template.read(["qty_available"])[0]["qty_available"], False)
        [row] = template.web_search_read([("id", "=", template.id)], {"qty_available": {}})["records"]
        self.assertEqual(row["qty_available"], False)
        self._finish(count)
        self.assertEqual(self._totals(), (15, 15, 15))

    def test_no_search_tells_a_total_that_is_counted_blind(self):
        product = self.env["product.product"].with_user(self.keeper)
        count = self._create_count()
        for model in (product, product.product_tmpl_id):
            for name, operator in (
                ("qty_available", ">"),
                ("qty_available", "<="),
                ("virtual_available", ">"),
                ("virtual_available", "<="),
            ):
                self.assertNotIn(self.product.name, model.search([(name, operator, 10), ("name", "=", self.product.name)]).mapped("name"))
        count.with_user(self.boss).write({"cancel_reason": "Test"})
        count.action_cancel()
        self.assertIn(self.product, product.search([("qty_available", ">", 10)]))

    def test_no_export_form_or_forecast_tells_it_either(self):
        self._create_count()
        self.keeper.group_ids += self.env.ref("base.group_allow_export") + self.env.ref("product.group_product_manager")
        product = self.product.with_user(self.keeper)
        for records, path in ((product, "qty_available"), (product.product_tmpl_id, "product_variant_ids/free_qty")):
            with self.assertRaisesRegex(UserError, "being counted blind"):
                records.export_data(["name", path])
        answer = product.onchange({"name": "Other", "qty_available": 0}, ["name"], {"name": {}, "qty_available": {}})
        self.assertNotIn("qty_available", answer["value"])
        with self.assertRaisesRegex(UserError, "being counted blind"):
            self.env["stock.forecasted_product_product"].with_user(self.keeper).get_report_values(product.ids)

    def test_who_leads_counts_or_counts_elsewhere_reads_the_totals(self):
        self._create_count()
        self.stranger.group_ids += self.env.ref("stock.group_stock_user")
        for user in (self.quality, self.stranger):
            self.assertEqual(self._totals(user, ("qty_available",)), (15,), user.name)

    def test_who_counts_reads_no_total_of_another_company(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        place = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        other = self._create_product(name="Test Sponge", is_storable=True, cosmetic_kind="other", tracking="none")
        self.env["stock.quant"]._update_available_quantity(other, place.lot_stock_id, 4)
        found = other.with_context(warehouse_id=place.id)
        self.assertEqual(found.qty_available, 4)
        found.invalidate_recordset()
        self.assertEqual(found.with_user(self.keeper).read(["qty_available"])[0]["qty_available"], 0)

    def test_what_is_not_counted_blind_is_told(self):
        other = self._create_product(name="Test Sponge", is_storable=True, cosmetic_kind="other", tracking="none")
        self.env["stock.quant"]._update_available_quantity(other, self.stock, 4)
        self._create_count(is_blind=False)
        self.assertEqual(self._totals(names=("qty_available",)), (15,))
        self.assertEqual(other.with_user(self.keeper).read(["qty_available"])[0]["qty_available"], 4)

    def test_who_counts_nothing_pays_nothing_for_it(self):
        products = self.env["product.product"].search([("is_storable", "=", True)], limit=20)
        for user, queries in ((self.boss, 0), (self.keeper, 1)):
            for records in (products.with_user(user), products.product_tmpl_id.with_user(user)):
                records._filtered_counted_blind()  # groups and rules of the user are known from here on
                records.invalidate_model()
                with self.assertQueryCount(queries):
                    self.assertFalse(records._filtered_counted_blind())

    def test_the_system_goes_on_with_the_figures(self):
        rule = self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.product.id, "location_id": self.shelf.id, "product_min_qty": 5, "product_max_qty": 5}
        )
        self._create_count()
        product = self.product.with_user(self.keeper).with_context(warehouse_id=self.shop.id)
        product.invalidate_recordset()
        self.assertEqual((product.qty_available, product.product_tmpl_id.qty_available), (15, 15), "as code reads it")
        rule = rule.with_user(self.keeper)
        rule.invalidate_recordset()
        self.assertEqual((rule.qty_forecast, rule.qty_to_order), (15, 0))
        names = ["qty_on_hand", "qty_forecast", "qty_to_order"]
        self.assertFalse(any(rule.read(names)[0][name] for name in names), "as a client reads it")
        self.assertEqual(rule.with_user(self.quality).read(names)[0]["qty_on_hand"], 15)
        product.with_context(plain_figures=True).invalidate_recordset()
        self.assertEqual(product.with_context(plain_figures=True).read(["qty_available"])[0]["qty_available"], False, "no client lifts it")

    def test_the_glance_leaves_out_what_is_counted_blind(self):
        glance = self.env["cosmetics.stock.glance"]
        domain = [("product_id", "=", self.product.id), ("warehouse_id", "=", self.shop.id)]
        self.assertEqual(glance.with_user(self.keeper).search(domain).quantity, 15)
        self._create_count()
        self.assertFalse(glance.with_user(self.keeper).search(domain))
        self.assertFalse(glance.with_user(self.keeper).formatted_read_group(domain, ["product_id"], ["quantity:sum"]))
        self.assertEqual(glance.with_user(self.quality).search(domain).quantity, 15)
        elsewhere = [("product_id", "=", self.product.id), ("warehouse_id", "!=", self.shop.id)]
        self.assertTrue(glance.with_user(self.keeper).search(elsewhere))
