"""What the system counts is typed by nobody, whichever way he comes."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SuiteCommon

# What would harm most if somebody could write it: goods set free, money to be paid out, documents that count as done.
KNOWN = {
    "cosmetics.aftersale": {"refund_amount"},
    "cosmetics.disposal": {"cost_total"},
    "cosmetics.payment.proof": {"amount"},
    "cosmetics.stored.refund": {"amount"},
    "sale.order": {"settlement_state"},
    "stock.lot": {"is_held"},
    "stock.quant": {"is_held"},
}

# A batch derives all it counts anew whenever it is written, whatever came along.
DERIVES = ("stock.lot", "is_held")


@tagged("post_install", "-at_install")
class TestCountedFields(SuiteCommon):
    def _get_tables(self):
        models = [self.env[name].with_user(self.users["owner"]) for name in self.env.registry]
        return [model for model in models if not model._abstract and not model._transient and model._get_counted_fields()]

    def test_the_rule_knows_what_would_harm_most(self):
        for name, fields in KNOWN.items():
            self.assertLessEqual(fields, self.env[name]._get_counted_fields(), name)

    def test_not_even_the_owner_writes_what_is_counted(self):
        for model in self._get_tables():
            for name in model._get_counted_fields():
                if (model._name, name) == DERIVES:
                    continue
                with self.subTest(model=model._name, field=name), self.assertRaises(UserError):
                    model.browse().write({name: False})
