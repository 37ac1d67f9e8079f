"""An approval holds exactly as long as what was approved is what stands, whatever path a change takes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import Form, HttpCase, tagged

from .common_review import ReviewCommon

SOME = settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


class ApprovalCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.pricelist"].search([]).active = False
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Test List"})
        cls.half = cls.env["product.pricelist"].create(
            {"name": "Half", "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 50})]}
        )
        cls.serum = cls._create_product(name="Test Serum", list_price=120.0, taxes_id=[Command.clear()])
        cls.toner = cls._create_product(name="Test Toner", list_price=80.0, taxes_id=[Command.clear()])
        cls.tax = cls.env["account.tax"].create({"name": "Test Tax", "amount": 13, "type_tax_use": "sale"})
        cls.partner = cls.customer.copy({"name": "Test Other Customer"})
        cls.dozen = cls.env["uom.uom"].create({"name": "Test Dozen", "relative_factor": 12, "relative_uom_id": cls.product.uom_id.id})
        cls._create_node("[('review_amount', '>', 1)]")
        cls.web = cls.env.ref("cosmetics_sales.channel_web")
        cls.web_team = cls.env["crm.team"].create({"name": "Test Web Team", "company_id": cls.env.company.id, "channel_id": cls.web.id})

    def _approved(self):
        """Return an approved order of two lines."""
        order = (
            self.env["sale.order"]
            .with_user(self.salesperson)
            .create(
                {
                    "partner_id": self.customer.id,
                    "pricelist_id": self.pricelist.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": quantity})
                        for product, quantity in ((self.product, 3), (self.serum, 1))
                    ],
                }
            )
        )
        self._approve(order)
        return order

    def _is_approved(self, order):
        """Tell if the approval stands, for the reader and for the gate."""
        self.env.flush_all()
        given_now = bool(order.sudo()._get_given_approvals())
        self.assertEqual(order.review_state == "passed", given_now, "what is shown is what holds")
        return given_now

    def _seen(self, order):
        """Return what a reviewer sees of an order, read past everything the review itself knows."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = [
            (line.product_id.id, line.product_uom_id.id, line.product_uom_qty, line.price_unit, line.discount, tuple(line.tax_ids.ids))
            for line in order.sudo().order_line.filtered("product_id")
        ]
        head = (order.partner_id, order.partner_invoice_id, order.partner_shipping_id, order.pricelist_id, order.payment_term_id)
        return [record.id for record in (*head, order.channel_id)], order.receiver_phone, order.receiver_street, sorted(lines)

    def _assert_falls(self, changes):
        for name, change in changes.items():
            with self.subTest(name):
                order = self._approved()
                change(order)
                self.assertFalse(self._is_approved(order), "it was changed, and counts as approved")
                self.assertFalse(order.sudo().review_ids.filtered(lambda tier: tier.status == "approved"))

    def _assert_holds(self, changes):
        for name, change in changes.items():
            with self.subTest(name):
                order = self._approved()
                change(order)
                self.assertTrue(self._is_approved(order), "nothing a reviewer has seen was changed")


@tagged("post_install", "-at_install")
class TestApprovalHolds(ApprovalCommon):
    def test_every_reviewed_field_of_a_line_takes_the_approval_back(self):
        changes = {
            "price_unit": 99.0,
            "product_uom_qty": 4,
            "discount": 1.0,
            "product_id": self.toner.id,
            "product_uom_id": self.dozen.id,
            "tax_ids": [Command.set(self.tax.ids)],
            "is_gift": True,
        }
        self._assert_falls(
            {name: lambda order, name=name, value=value: order.order_line[0].write({name: value}) for name, value in changes.items()}
        )

    def test_every_reviewed_field_of_an_order_takes_the_approval_back(self):
        changes = {
            "partner_id": self.partner.id,
            "partner_invoice_id": self.partner.id,
            "partner_shipping_id": self.partner.id,
            "pricelist_id": self.half.id,
            "payment_term_id": self.env["account.payment.term"].create({"name": "Test Term"}).id,
            "channel_id": self.web.id,
            "receiver_name": "王女士",
            "receiver_phone": "13912345679",
            "receiver_street": "小寨东路2号",
            "receiver_address": "西安市雁塔区小寨东路2号",
            "receiver_district_id": self.env.ref("l10n_cn_xian.district_610103").id,
        }
        self._assert_falls({name: lambda order, name=name, value=value: order.write({name: value}) for name, value in changes.items()})

    def test_every_command_of_the_lines_takes_the_approval_back(self):
        new = {"product_id": self.toner.id, "product_uom_qty": 1}
        self._assert_falls(
            {
                "create": lambda order: order.write({"order_line": [Command.create(new)]}),
                "update": lambda order: order.write({"order_line": [Command.update(order.order_line[0].id, {"price_unit": 1})]}),
                "delete": lambda order: order.write({"order_line": [Command.delete(order.order_line[0].id)]}),
                "unlink": lambda order: order.write({"order_line": [Command.unlink(order.order_line[0].id)]}),
                "set": lambda order: order.write({"order_line": [Command.set(order.order_line[0].ids)]}),
                "clear": lambda order: order.write({"order_line": [Command.clear()]}),
                "clear and create": lambda order: order.write({"order_line": [Command.clear(), Command.create(new)]}),
            }
        )

    def test_lines_changed_by_themselves_take_the_approval_back(self):
        def move(order):
            order.order_line[0].order_id = self._create_order(self.toner)

        self._assert_falls(
            {
                "created": lambda order: order.order_line.create({"order_id": order.id, "product_id": self.toner.id}),
                "copied": lambda order: order.order_line[0].copy({"order_id": order.id}),
                "removed": lambda order: order.order_line[0].unlink(),
                "moved away": move,
                "several at once": lambda order: order.order_line.write({"discount": 2}),
                "by assignment": lambda order: setattr(order.order_line[0], "price_unit", 1.0),
                "by a colleague": lambda order: order.order_line[0].with_user(self.ecommerce_clerk).write({"price_unit": 1}),
                "by the system": lambda order: order.order_line[0].sudo().write({"price_unit": 1}),
            }
        )

    def test_line_that_comes_from_another_order_takes_the_approval_back(self):
        def take(order):
            self._create_order(self.toner).order_line.order_id = order

        self._assert_falls({"moved here": take})

    def test_calls_of_a_client_take_the_approval_back(self):
        def call(order, model, method, *args):
            return call_kw(self.env[model].with_user(self.salesperson), method, list(args), {})

        self._assert_falls(
            {
                "write": lambda order: call(order, "sale.order.line", "write", order.order_line[0].ids, {"price_unit": 1}),
                "web_save": lambda order: call(
                    order,
                    "sale.order",
                    "web_save",
                    order.ids,
                    {"order_line": [[1, order.order_line[0].id, {"discount": 5}]]},
                    {"name": {}},
                ),
                "create": lambda order: call(order, "sale.order.line", "create", [{"order_id": order.id, "product_id": self.toner.id}]),
                "unlink": lambda order: call(order, "sale.order.line", "unlink", order.order_line[0].ids),
            }
        )

    def test_import_takes_the_approval_back(self):
        def load(model, names, row):
            result = self.env[model].with_user(self.salesperson).load(names, [row])
            self.assertFalse(result["messages"], result["messages"])

        self._assert_falls(
            {
                "price": lambda order: load("sale.order.line", [".id", "price_unit"], [str(order.order_line[0].id), "1"]),
                "quantity": lambda order: load("sale.order.line", [".id", "product_uom_qty"], [str(order.order_line[0].id), "9"]),
                "customer": lambda order: load("sale.order", [".id", "partner_id/.id"], [str(order.id), str(self.partner.id)]),
                "line of the order": lambda order: load(
                    "sale.order",
                    [".id", "order_line/.id", "order_line/discount"],
                    [str(order.id), str(order.order_line[0].id), "5"],
                ),
                "new line": lambda order: load("sale.order", [".id", "order_line/product_id/.id"], [str(order.id), str(self.toner.id)]),
            }
        )

    def test_buttons_and_dialogues_take_the_approval_back(self):
        def reprice(order):
            self.product.list_price += 10
            order.action_update_prices()

        def discount(order):
            wizard = self.env["sale.order.discount"].with_user(self.salesperson)
            wizard = wizard.create({"sale_order_id": order.id, "discount_type": "sol_discount", "discount_percentage": 0.05})
            wizard.action_apply_discount()

        def form(order):
            with Form(order) as opened, opened.order_line.edit(0) as line:
                line.product_uom_qty = 7

        self._assert_falls({"update prices": reprice, "discount": discount, "form": form})

    def test_what_moves_the_channel_takes_the_approval_back(self):
        self._assert_falls(
            {
                "team": lambda order: order.with_user(self.ecommerce_clerk).write({"team_id": self.web_team.id}),
                "team by the system": lambda order: order.sudo().write({"team_id": self.web_team.id}),
            }
        )

    def test_nothing_else_takes_the_approval_back(self):
        tag = self.env["crm.tag"].create({"name": "Test Tag"})
        self._assert_holds(
            {
                "reference": lambda order: order.write({"client_order_ref": "PO-1"}),
                "note": lambda order: order.write({"note": "Ring twice"}),
                "tags": lambda order: order.write({"tag_ids": [Command.set(tag.ids)]}),
                "promised dispatch": lambda order: order.write({"ship_by_at": "2027-01-01 04:00:00"}),
                "delivery date": lambda order: order.write({"commitment_date": "2027-01-01 04:00:00"}),
                "validity": lambda order: order.write({"validity_date": "2027-01-01"}),
                "words of a line": lambda order: order.order_line[0].write({"name": "Face cream, 50 ml"}),
                "order of the lines": lambda order: order.order_line[0].write({"sequence": 99}),
                "section": lambda order: order.write({"order_line": [Command.create({"display_type": "line_section", "name": "Care"})]}),
                "same value": lambda order: order.order_line[0].write({"price_unit": order.order_line[0].price_unit}),
                "sent": lambda order: order.action_quotation_sent(),
                "message": lambda order: order.message_post(body="Called the customer."),
                "activity": lambda order: order.activity_schedule("mail.mail_activity_data_todo", user_id=self.salesperson.id),
                "warehouse": lambda order: order.sudo().write({"warehouse_id": order.warehouse_id.id}),
                "allocation": lambda order: order.action_allocate(),
                "platform": lambda order: order.sudo().write({"channel_state": "paid", "buyer_note": "Soon"}),
                "import of a note": lambda order: order.load([".id", "client_order_ref"], [[str(order.id), "PO-2"]]),
                "copy": lambda order: order.copy(),
                "review": lambda order: order.action_review(),
                "reading": lambda order: order.read(),
            }
        )

    def test_copy_is_approved_by_nobody(self):
        order = self._approved()
        copied = order.copy()
        self.assertFalse(self._is_approved(copied))
        self.assertTrue(self._is_approved(order))

    def test_who_moved_the_channel_does_not_approve(self):
        order = self._approved()
        order.with_user(self.reviewer).write({"team_id": self.web_team.id})
        self.assertIn(self.reviewer, order.sudo()._get_review_authors())

    def test_who_wrote_a_note_may_still_approve(self):
        order = self._approved()
        order.with_user(self.reviewer).order_line[0].write({"name": "Face cream, 50 ml"})
        self.assertNotIn(self.reviewer, order.sudo()._get_review_authors())

    def test_refusal_falls_with_a_change_as_well(self):
        order = self._create_order(self.product)
        order._review()
        order.with_user(self.reviewer).action_review_refuse()
        order.order_line.price_unit = 99
        self.assertEqual((order.review_state, order.sudo().review_ids.ids), ("none", []))


@tagged("post_install", "-at_install")
class TestApprovalFuzz(ApprovalCommon):
    """Any walk of changes and harmless writes: after each step the approval stands if, and only if, the order reads as approved."""

    STEP = st.one_of(
        st.tuples(st.just("line"), st.sampled_from(("price_unit", "product_uom_qty", "discount")), st.sampled_from((0, 1, 2, 3, 50, 100))),
        st.tuples(st.just("line"), st.sampled_from(("name", "sequence")), st.sampled_from((1, 2))),
        st.tuples(st.just("command"), st.sampled_from(("create", "update", "delete", "note")), st.sampled_from((1, 3, 100))),
        st.tuples(
            st.just("order"), st.sampled_from(("client_order_ref", "receiver_phone", "receiver_street")), st.sampled_from(("1", "2"))
        ),
        st.tuples(st.just("partner"), st.just(""), st.booleans()),
        st.tuples(st.just("team"), st.just(""), st.booleans()),
        st.tuples(st.just("load"), st.sampled_from(("price_unit", "product_uom_qty", "name")), st.sampled_from(("1", "3"))),
    )

    def _take_step(self, order, step):
        kind, name, value = step
        line = order.order_line.filtered("product_id")[:1]
        commands = {
            "create": lambda: Command.create({"product_id": self.toner.id, "product_uom_qty": value}),
            "update": lambda: Command.update(line.id, {"product_uom_qty": value}),
            "delete": lambda: Command.delete(line.id),
            "note": lambda: Command.create({"display_type": "line_note", "name": f"Note {value}"}),
        }
        if kind == "order":
            order.write({name: value})
        elif kind == "partner":
            order.write({"partner_id": (self.partner if value else self.customer).id})
        elif kind == "team":
            order.write({"team_id": self.web_team.id if value else False})
        elif kind == "command" and (line or name in ("create", "note")):
            order.write({"order_line": [commands[name]()]})
        elif kind == "line" and line:
            line.write({name: str(value) if name == "name" else value})
        elif kind == "load" and line:
            self.assertFalse(line.load([".id", name], [[str(line.id), value]])["messages"])

    @SOME
    @given(st.lists(STEP, min_size=1, max_size=5))
    def test_approval_stands_exactly_while_the_order_is_the_approved_one(self, steps):
        with self.cr.savepoint() as point:
            order = self._approved().with_user(self.ecommerce_clerk)
            approved, stands = self._seen(order), True
            for step in steps:
                self._take_step(order, step)
                stands = stands and self._seen(order) == approved
                self.assertEqual(self._is_approved(order), stands, step)
            point.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestApprovalInPortal(ApprovalCommon, HttpCase):
    def test_quantity_chosen_by_the_customer_takes_the_approval_back(self):
        order = self._approved()
        order.order_line.create(
            {"order_id": order.id, "display_type": "line_section", "name": "Options", "is_optional": True, "sequence": 90}
        )
        option = order.order_line.create({"order_id": order.id, "product_id": self.toner.id, "product_uom_qty": 0, "sequence": 91})
        order.action_quotation_sent()
        self._approve(order)
        order._portal_ensure_token()
        self.env.flush_all()
        self.make_jsonrpc_request(
            f"/my/orders/{order.id}/update_line_dict",
            {"line_id": option.id, "access_token": order.access_token, "input_quantity": 5},
        )
        self.env.invalidate_all()
        self.assertEqual(option.product_uom_qty, 5)
        self.assertFalse(self._is_approved(order))

    def test_looking_at_the_order_changes_nothing(self):
        order = self._approved()
        order.action_quotation_sent()
        order._portal_ensure_token()
        self.env.flush_all()
        page = self.url_open(f"/my/orders/{order.id}?access_token={order.access_token}")
        self.assertEqual(page.status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(self._is_approved(order))
