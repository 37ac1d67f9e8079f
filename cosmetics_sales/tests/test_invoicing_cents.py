"""Whatever is sold at whatever price: invoices made together hold the cents of invoices made one by one."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.tests import tagged

from .common import SalesCommon

# Each example is a dozen invoices: no time is spent on making a failing one smaller.
QUICK = settings(max_examples=10, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
PRICES = st.decimals(min_value=0, max_value=9_999, places=2).map(float)
QUANTITIES = st.sampled_from([1, 2, 3, 7, 0.333])
DISCOUNTS = st.sampled_from([0, 10, 33.33, 100])
TAXES = st.lists(st.sampled_from(["outside", "inside", "stacked", "fixed"]), unique=True, max_size=2)
LINES = st.lists(st.tuples(PRICES, QUANTITIES, DISCOUNTS, TAXES), min_size=1, max_size=4)
ORDERS = st.lists(LINES, min_size=2, max_size=3)
FIELDS = (
    *("display_type", "balance", "amount_currency", "debit", "credit", "price_unit", "price_subtotal", "price_total", "tax_base_amount"),
    *("quantity", "discount", "amount_residual"),
)


@tagged("post_install", "-at_install")
class TestInvoicingCents(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What a review may find in an order is not the matter here.
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.accountant = cls._create_user("cents_accountant", "account.group_account_invoice", "sales_team.group_sale_salesman_all_leads")
        cls.good = cls.env["product.product"].create({"name": "Cream", "type": "consu", "invoice_policy": "order"})
        tag = cls.env["account.account.tag"].create({"name": "Cents", "applicability": "taxes"})
        common = {"amount_type": "percent", "type_tax_use": "sale"}
        repartition = [
            Command.create({"repartition_type": "base", "tag_ids": [Command.set(tag.ids)]}),
            Command.create({"repartition_type": "tax"}),
        ]
        kinds = {
            "outside": {"amount": 13, "price_include_override": "tax_excluded", "invoice_repartition_line_ids": repartition},
            "inside": {"amount": 13, "price_include_override": "tax_included"},
            "stacked": {"amount": 6, "price_include_override": "tax_excluded", "include_base_amount": True, "sequence": 0},
            "fixed": {"amount": 0.37, "amount_type": "fixed"},
        }
        cls.taxes = {name: cls.env["account.tax"].create({**common, "name": f"Cents {name}", **vals}).id for name, vals in kinds.items()}

    def _orders(self, orders):
        """Return confirmed orders as the accountant sees them; `orders`: lists of (price, quantity, discount, names of taxes)."""
        made = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.good.id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                                "discount": discount,
                                "tax_ids": [Command.set([self.taxes[name] for name in taxes])],
                            }
                        )
                        for price, quantity, discount, taxes in lines
                    ],
                }
                for lines in orders
            ]
        )
        made.action_confirm()
        return made.with_user(self.accountant)

    def _rows(self, moves):
        """Return all amounts, taxes and tags of these invoices, the fields that core fills by its own included."""
        return [
            (
                [move.amount_untaxed, move.amount_tax, move.amount_total, move.amount_residual],
                sorted(
                    (str([line[name] for name in FIELDS]), line.tax_ids.ids, line.tax_tag_ids.ids, line.tax_line_id.id, line.account_id.id)
                    for line in move.line_ids
                ),
            )
            for move in moves
        ]

    def _assert_the_same(self, orders, change=None):
        """Invoice the same orders one by one and together; `change` is done to either before."""
        single, together = self._orders(orders), self._orders(orders)
        for made in (single, together):
            if change:
                change(made.sudo())
        found = [self._rows(order._create_invoices(grouped=True)) for order in single]
        self.assertEqual(self._rows(together._create_invoices(grouped=True)), [row for rows in found for row in rows])

    @QUICK
    @given(ORDERS)
    def test_any_price_quantity_discount_and_tax(self, orders):
        self.env.company.tax_calculation_rounding_method = "round_per_line"
        self._assert_the_same(orders)

    @QUICK
    @given(ORDERS)
    def test_rounded_for_the_whole_invoice(self, orders):
        self.env.company.tax_calculation_rounding_method = "round_globally"
        self._assert_the_same(orders)

    def test_part_of_what_was_ordered(self):
        def deliver_part(orders):
            self.good.invoice_policy = "delivery"
            for line in orders.order_line:
                line.qty_delivered = 1

        self._assert_the_same([[(9.99, 3, 0, ["outside"]), (0.01, 7, 10, ["inside"])]] * 2, deliver_part)

    def test_tax_due_on_payment(self):
        account = self.env["account.account"].create(
            {"name": "Tax to Come", "code": "TESTTAX", "account_type": "liability_current", "reconcile": True}
        )
        self.env.company.tax_exigibility = True
        tax = self.env["account.tax"].browse(self.taxes["outside"])
        tax.write({"tax_exigibility": "on_payment", "cash_basis_transition_account_id": account.id})
        self._assert_the_same([[(19.99, 3, 10, ["outside"]), (5, 1, 0, ["inside"])]] * 2)

    def test_foreign_money(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": "2020-01-01", "inverse_company_rate": 7.13})
        pricelist = self.env["product.pricelist"].create({"name": "Dollar", "currency_id": dollar.id})
        self.customer.property_product_pricelist = pricelist
        self._assert_the_same([[(19.99, 3, 10, ["outside"]), (5, 1, 0, ["inside"])]] * 2)

    def test_line_without_tax_beside_one_with(self):
        self._assert_the_same([[(10.01, 1, 0, []), (10.01, 1, 0, ["outside"])], [(10.01, 3, 33.33, [])]])

    def test_typed_amounts_of_lines_without_tax_are_still_cores(self):
        orders = self._orders([[(10.01, 1, 0, [])], [(0.05, 3, 10, [])]])
        moves = orders._create_invoices(grouped=True)
        self.assertEqual([sum(move.line_ids.mapped("balance")) for move in moves], [0, 0])
        self.assertEqual([move.amount_total for move in moves], [10.01, 0.14])
