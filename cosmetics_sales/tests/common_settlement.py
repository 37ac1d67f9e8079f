"""A shop on a platform with its fees, orders it has sold, and the people who settle."""

from odoo import Command

from .common import SalesCommon


class SettlementCommon(SalesCommon):
    """A Douyin shop that keeps 5 %; order 69001 of 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_settle_accountant", "account.group_account_invoice")
        cls.reviewer = cls._create_user("test_settle_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.channel = cls._create_channel("TESTDY")
        cls.order = cls._create_sale("69001")

    @classmethod
    def _create_channel(cls, code, percent=5, **vals):
        fees = [Command.create({"name": "Commission", "percent": percent})] if percent else []
        return cls.env["cosmetics.channel"].create(
            {"name": f"Shop {code}", "code": code, "kind": "marketplace", "platform": "douyin", "fee_ids": fees, **vals}
        )

    @classmethod
    def _create_sale(cls, number, amount=100, channel=None, **vals):
        """Return an order of the shop as its import leaves it; what the platform says was paid counts."""
        order = cls._create_order(cls.product, quantity=1, user=cls.ecommerce_clerk)
        order.write(
            {
                "channel_id": (channel or cls.channel).id,
                "channel_order_ref": number,
                "channel_amount_receivable": amount,
                "channel_amount_paid": amount,
                **vals,
            }
        )
        return order

    def _prepare(self, *files, user=None, channel=None):
        """Return a settlement with these files that nobody has read yet."""
        user = user or self.ecommerce_clerk
        uploads = self.env["ir.attachment"].with_user(user)
        uploads = uploads.create([{"name": f"{number}.csv", "raw": data} for number, data in enumerate(files)])
        settlement = self.env["cosmetics.settlement"].with_user(user)
        return settlement.create({"channel_id": (channel or self.channel).id, "attachment_ids": [Command.set(uploads.ids)]})

    def _settle(self, *files, user=None, channel=None):
        """Return a settlement whose files were read."""
        settlement = self._prepare(*files, user=user, channel=channel)
        settlement.action_read()
        return settlement
