"""Who reads and writes what of an allocation: by role, by company, by shop."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_allocation import AllocationCommon

MODELS = ("cosmetics.allocation.rule", "cosmetics.allocation.place", "cosmetics.allocation.line")


@tagged("post_install", "-at_install")
class TestAllocationRights(AllocationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([]).active = False
        cls.keeper = cls._create_user("test_keeper", "stock.group_stock_user")
        cls.stranger = cls._create_user("test_stranger")

    def _split(self, user=None):
        """Return an order that two places give together."""
        self.rule.max_parcels = 2
        self._stock(self.cream, centre=2, yanta=1)
        order = self._order((self.cream, 3), user=user)
        order._allocate()
        self.assertEqual(len(order.sudo().allocation_line_ids), 2)
        return order

    def _allowed(self, user, model, operation):
        return self.env[model].with_user(user).has_access(operation)

    def test_who_may_do_what(self):
        reads = {
            "cosmetics.allocation.rule": {self.salesperson, self.ecommerce_clerk, self.reviewer},
            "cosmetics.allocation.place": {self.salesperson, self.ecommerce_clerk, self.reviewer},
            "cosmetics.allocation.line": {self.salesperson, self.ecommerce_clerk, self.reviewer, self.keeper},
        }
        writes = {**dict.fromkeys(MODELS, {self.reviewer}), "cosmetics.allocation.line": set()}
        people = (self.salesperson, self.ecommerce_clerk, self.reviewer, self.keeper, self.stranger)
        for model in MODELS:
            with self.subTest(model):
                self.assertEqual({user for user in people if self._allowed(user, model, "read")}, reads[model])
                for operation in ("write", "create", "unlink"):
                    self.assertEqual({user for user in people if self._allowed(user, model, operation)}, writes[model], operation)

    def test_salesperson_reads_where_the_own_goods_come_from_and_no_others(self):
        own = self._split()
        self.assertEqual(set(own.allocation_line_ids.warehouse_id), {self.centre, self.yanta})
        rows = self.env["cosmetics.allocation.line"]
        self.assertFalse(rows.with_user(self.colleague).search([("order_id", "=", own.id)]))
        for user in (self.ecommerce_clerk, self.reviewer, self.keeper):
            with self.subTest(user=user.login):
                self.assertEqual(len(rows.with_user(user).search([("order_id", "=", own.id)])), 2)

    def test_nobody_makes_up_where_goods_come_from(self):
        order = self._split()
        row = order.sudo().allocation_line_ids[0]
        for user in (self.salesperson, self.ecommerce_clerk, self.reviewer, self.keeper):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    row.with_user(user).quantity = 99
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    self.env["cosmetics.allocation.line"].with_user(user).create(
                        {"order_line_id": order.order_line.id, "warehouse_id": self.beilin.id, "quantity": 1}
                    )

    def test_nobody_types_the_facts_of_a_reason(self):
        order = self._order((self.cream, 1))
        for user in (self.salesperson, self.ecommerce_clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                order.with_user(user).allocation_reason = {"code": "single", "places": self.centre.ids}

    def test_reviewer_reads_the_order_and_chooses_its_warehouse_without_writing_it(self):
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2))
        mine = order.with_user(self.reviewer)
        self.assertFalse(mine.has_access("write"))
        mine.action_allocate()
        self.assertEqual(mine.warehouse_id, self.yanta)
        action = mine.action_choose_warehouse()
        wizard = self.env[action["res_model"]].with_user(self.reviewer).with_context(**action["context"])
        with Form(wizard) as form:
            form.warehouse_id = self.beilin
            form.reason = "the customer comes by"
        form.record.action_apply()
        self.assertEqual((order.allocation_state, order.warehouse_id), ("manual", self.beilin))
        self.assertIn(self.reviewer.name, order.allocation_sentence)

    def test_every_choice_by_hand_is_on_the_timeline_with_who_and_why(self):
        order = self._order((self.cream, 2))
        order.with_user(self.ecommerce_clerk)._choose_warehouse(self.yanta, "near the customer")
        order.with_user(self.reviewer)._choose_warehouse(self.beilin, "Yanta is closed")
        events = self.env["cosmetics.order.event"].search([("order_id", "=", order.id), ("kind", "=", "allocated")], order="id")
        self.assertEqual(events.user_id, self.ecommerce_clerk + self.reviewer)
        self.assertIn("near the customer", events[0].summary)
        self.assertIn("Yanta is closed", events[1].summary)
        with self.assertRaises(UserError):
            events[0].sudo().sentence = "never"

    def test_keeper_looks_again_for_goods_and_overrules_nothing(self):
        self._stock(self.cream, yanta=2)
        order = self._order((self.cream, 2))
        order.with_user(self.keeper).action_allocate()
        self.assertEqual(order.warehouse_id, self.yanta)
        with self.assertRaises(AccessError):
            order.with_user(self.keeper).action_choose_warehouse()

    def test_stranger_allocates_nothing(self):
        order = self._order((self.cream, 2))
        with self.assertRaises(AccessError):
            order.with_user(self.stranger).action_allocate()
        with self.assertRaises(AccessError):
            order.with_user(self.stranger).action_choose_warehouse()

    # ------------------------------------------------------------------ companies
    def _other_company(self):
        """Return another company, its warehouse, and a reviewer who works there alone."""
        company = self.env["res.company"].create({"name": "Another Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        reviewer = self._create_user(
            "test_other_reviewer",
            "cosmetics_sales.group_order_reviewer",
            company_ids=[Command.set(company.ids)],
            company_id=company.id,
        )
        return company, warehouse, reviewer

    def test_rule_of_another_company_is_not_seen(self):
        company, warehouse, reviewer = self._other_company()
        foreign = self.env["cosmetics.allocation.rule"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "candidates": "listed",
                "place_ids": [Command.create({"warehouse_id": warehouse.id})],
            }
        )
        rules = self.env["cosmetics.allocation.rule"]
        self.assertNotIn(foreign, rules.with_user(self.reviewer).search([]))
        self.assertIn(foreign, rules.with_user(reviewer).search([]))
        self.assertNotIn(self.rule, rules.with_user(reviewer).search([]))
        self.assertFalse(self.env["cosmetics.allocation.place"].with_user(self.reviewer).search([("rule_id", "=", foreign.id)]))

    def test_rule_names_no_warehouse_of_another_company(self):
        _company, warehouse, _reviewer = self._other_company()
        with self.assertRaises(UserError):
            self.rule.write({"candidates": "listed", "place_ids": [Command.create({"warehouse_id": warehouse.id})]})

    def test_goods_of_another_company_are_never_given(self):
        _company, warehouse, _reviewer = self._other_company()
        self.env["stock.quant"]._update_available_quantity(self.cream, warehouse.lot_stock_id, 99)
        order = self._order((self.cream, 2))
        order.action_confirm()
        self.assertEqual((order.state, order.allocation_state), ("draft", "waiting"))

    def test_reviewer_of_another_company_chooses_nothing_here(self):
        _company, warehouse, reviewer = self._other_company()
        order = self._order((self.cream, 2))
        with self.assertRaises(AccessError):
            order.with_user(reviewer)._choose_warehouse(warehouse, "mine")

    def test_orders_of_two_companies_keep_to_their_own_goods(self):
        company, warehouse, _reviewer = self._other_company()
        self.env["stock.quant"]._update_available_quantity(self.cream, warehouse.lot_stock_id, 5)
        self._stock(self.cream, centre=5)
        self.rule.company_id = False
        here = self._order((self.cream, 2))
        there = (
            self.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": company.id,
                    "warehouse_id": warehouse.id,
                    "order_line": [Command.create({"product_id": self.cream.id, "product_uom_qty": 2})],
                }
            )
        )
        orders = here.sudo() + there
        self.assertEqual(orders._allocate(), orders)
        self.assertEqual((here.warehouse_id, there.warehouse_id), (self.centre, warehouse))

    # ------------------------------------------------------------------ shops
    def test_seller_of_one_shop_is_given_goods_of_another_without_seeing_its_shelves(self):
        self._stock(self.cream, beilin=5)
        order = self._order((self.cream, 2))
        self.assertFalse(self.env["stock.quant"].with_user(self.salesperson).has_access("write"))
        order.action_confirm()
        self.assertEqual((order.state, order.warehouse_id), ("sale", self.beilin))

    def test_shop_is_left_out_where_the_rule_lists_others(self):
        self.rule.write({"candidates": "listed", "place_ids": [Command.create({"warehouse_id": self.centre.id})]})
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2))
        order.action_confirm()
        self.assertEqual((order.allocation_state, order.state), ("waiting", "draft"))


@tagged("post_install", "-at_install")
class TestRuleChoices(AllocationCommon):
    """What a shop sets in a rule, each by what an order then does."""

    def _allocated(self, order):
        order._allocate()
        return order.warehouse_id if order.allocation_state == "allocated" else order.allocation_state

    def test_usual_warehouse_of_the_channel_goes_first(self):
        self._stock(self.cream, centre=5, beilin=5)
        self.channel.write({"company_id": self.env.company.id, "warehouse_id": self.beilin.id})
        self.rule.write({"criterion_first": "priority", "criterion_second": "full"})
        self.assertEqual(self._allocated(self._order((self.cream, 2))), self.beilin)

    def test_listed_places_go_in_their_order(self):
        self._stock(self.cream, centre=5, yanta=5, beilin=5)
        places = [Command.create({"warehouse_id": place.id, "sequence": number}) for number, place in enumerate((self.beilin, self.yanta))]
        self.rule.write({"candidates": "listed", "place_ids": places})
        self.assertEqual(self._allocated(self._order((self.cream, 2))), self.beilin)
        self.rule.place_ids[0].sequence = 9
        self.env.invalidate_all()
        self.assertEqual(self._allocated(self._order((self.cream, 2))), self.yanta)

    def test_each_criterion_first_chooses_its_own_place(self):
        self._stock(self.cream, centre=5, yanta=5, beilin=5)
        self._stock(self.mask, beilin=5)
        self.rule.active = False
        busy = self._order((self.cream, 1), warehouse_id=self.yanta.id)
        busy.action_confirm()
        self.rule.active = True
        expected = {"full": self.beilin, "nearest": self.yanta, "priority": self.centre}
        rest = {"full": ("nearest", "load"), "nearest": ("full", "load"), "priority": ("full", "load")}
        for first, place in expected.items():
            with self.subTest(first):
                second, third = rest[first]
                self.rule.write(
                    {
                        "criterion_first": first,
                        "criterion_second": second,
                        "criterion_third": third,
                        "criterion_fourth": False,
                        "max_parcels": 1 if first == "full" else 3,
                    }
                )
                order = self._order((self.cream, 1), (self.mask, 1))
                order._allocate()
                self.assertEqual(order.warehouse_id, place)

    def test_fewest_open_deliveries_look_at_today_only(self):
        self.rule.write({"criterion_first": "load", "criterion_fourth": "full"})
        self._stock(self.cream, centre=9, yanta=9, beilin=9)
        self.rule.active = False
        for place in (self.centre, self.centre, self.beilin):
            order = self._order((self.cream, 1), warehouse_id=place.id)
            order.action_confirm()
        later = self._order((self.cream, 1), warehouse_id=self.yanta.id)
        later.action_confirm()
        later.sudo().picking_ids.scheduled_date = fields.Datetime.add(fields.Datetime.now(), days=9)
        self.rule.active = True
        self.assertEqual(self._allocated(self._order((self.cream, 1))), self.yanta)

    def test_nearest_of_two_shops_depends_on_the_receiver(self):
        self.rule.write({"criterion_first": "nearest", "criterion_third": "full"})
        self._stock(self.cream, yanta=9, beilin=9)
        for code, place in (("610113", self.yanta), ("610103", self.beilin)):
            with self.subTest(code):
                district = self.env.ref(f"l10n_cn_xian.district_{code}")
                order = self._order((self.cream, 1), receiver_name="王女士", receiver_district_id=district.id)
                self.assertEqual(self._allocated(order), place)

    def test_receiver_nobody_can_place_is_served_all_the_same(self):
        self.rule.write({"criterion_first": "nearest", "criterion_third": "full"})
        self._stock(self.cream, yanta=9)
        order = self._order((self.cream, 1), receiver_name="王女士", receiver_address="somewhere")
        self.assertEqual(self._allocated(order), self.yanta)

    def test_order_in_three_parcels_only_where_three_are_allowed(self):
        self._stock(self.cream, centre=1, yanta=1, beilin=1)
        order = self._order((self.cream, 3))
        for parcels, found in ((1, "waiting"), (2, "waiting"), (3, self.centre)):
            with self.subTest(parcels=parcels):
                self.rule.max_parcels = parcels
                self.assertEqual(self._allocated(order), found)
        self.assertEqual(len(order.sudo().allocation_line_ids), 3)

    def test_split_order_becomes_whole_again_when_one_place_has_everything(self):
        self.rule.max_parcels = 2
        self._stock(self.cream, centre=2, yanta=1)
        order = self._order((self.cream, 3))
        order._allocate()
        self.assertEqual(len(order.sudo().allocation_line_ids), 2)
        self._stock(self.cream, beilin=3)
        order._allocate()
        self.assertEqual((order.warehouse_id, len(order.sudo().allocation_line_ids)), (self.beilin, 0))

    def test_region_that_is_blocked_is_reviewed_before_its_goods_are_looked_for(self):
        self.env["cosmetics.review.rule"].search([]).active = False
        self.env["tier.definition"].search([]).active = False
        district = self.env.ref("l10n_cn_xian.district_610113")
        self.env["cosmetics.review.rule"].create(
            {"name": "Blocked", "kind": "region", "level": "block", "district_ids": [Command.set(district.ids)]}
        )
        self._stock(self.cream, centre=9)
        order = self._order((self.cream, 1))
        order.action_review_confirm()
        self.assertEqual((order.state, order.review_state, order.allocation_state), ("draft", "blocked", "none"))

    def test_line_with_a_route_of_its_own_is_left_alone(self):
        route = self.env["stock.route"].create({"name": "Test Route", "sale_selectable": True})
        order = self._order((self.cream, 2))
        order.order_line.route_ids = route
        self.assertEqual(order._allocate(), order)
        self.assertEqual(order.allocation_state, "none")
