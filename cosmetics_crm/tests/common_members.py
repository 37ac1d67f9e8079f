"""Factories of members, for the tests of this module and of the glue."""

from datetime import datetime

from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.fields import Command
from odoo.tools import SQL

ADVISER = "cosmetics_crm.group_member_adviser"
MANAGER = "cosmetics_crm.group_member_manager"
HEALTH = "cosmetics_crm.group_member_health"


class MemberCommon(CosmeticsCommon):
    """A shop with an adviser, a member manager, and members on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Asia/Shanghai"
        cls.store = cls._create_store("Test Shop A")
        cls.other_store = cls._create_store("Test Shop B")
        cls.manager = cls._create_user("test_member_manager", MANAGER)
        cls.adviser = cls._create_user("test_adviser", ADVISER)
        cls._assign_stores(cls.adviser, cls.store)
        cls.basic = cls.env.ref("cosmetics_crm.cosmetics_member_tier_basic")
        cls.silver = cls.env.ref("cosmetics_crm.cosmetics_member_tier_silver")
        cls.gold = cls.env.ref("cosmetics_crm.cosmetics_member_tier_gold")
        cls.diamond = cls.env.ref("cosmetics_crm.cosmetics_member_tier_diamond")
        cls._numbers = iter(range(13700000001, 13700099999))

    @classmethod
    def _create_member(cls, name="王小红", user=None, **vals):
        """Return a new member (a number of its own unless given), joined by `user` or taken over by the member manager."""
        model = cls.env["res.partner"].with_user(user or cls.manager)
        vals = {"name": name, "phone": str(next(cls._numbers)), "member_store_id": cls.store.id, **vals}
        if user:
            return model._join_member(vals, ["membership"], "paper")
        return model.create({**vals, "is_member": True, "join_consent_how": "paper"})

    def _buy(self, *rows):
        """Let the purchase view show these rows: (member, day or datetime text, amount[, product[, quantity[, source]]]).

        The module knows no order; the view is what it builds on, so a test of it gives the view its rows.
        """
        self._product_id()  # not while a query is being put together
        self._bought = [*getattr(self, "_bought", ()), *rows]
        if not getattr(self, "_is_view_patched", False):
            model = type(self.env["cosmetics.member.purchase"])
            self.patch(model, "_get_purchase_queries", lambda records: [self._purchase_rows()])
            self._is_view_patched = True
        self.env.invalidate_all()

    def _purchase_rows(self):
        product = self._product_id()
        selects = []
        for number, (member, moment, amount, *rest) in enumerate(self._bought, start=1):
            bought, quantity, source = (*rest, *(None, None, None)[len(rest) :])
            date = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
            selects.append(
                SQL(
                    "SELECT %s AS id, %s AS partner_id, %s AS source, %s AS origin_id, %s AS origin_name, %s::timestamp AS date,"
                    " %s AS product_id, %s::numeric AS quantity, %s::numeric AS amount, %s AS store_id, NULL::int AS channel_id,"
                    " %s AS company_id",
                    number, member.id, source or "sale", number, f"T{number}", date, bought.id if bought else product,
                    quantity or (1 if amount >= 0 else -1), amount, self.store.id, self.env.company.id,
                )
            )  # fmt: skip
        return SQL(" UNION ALL ").join(selects)

    def _product_id(self):
        if not hasattr(self, "_any_product"):
            self._any_product = self._create_product()
        return self._any_product.id

    def _consent(self, member, code, user=None):
        """Let a member agree to a purpose; return the consent."""
        return member.with_user(user or self.manager)._give_consent([code], "paper")

    def _join_wizard(self, user=None, codes=("membership",), **vals):
        """Return the wizard as filled in by the adviser."""
        purposes = self.env["cosmetics.consent.purpose"].search([("code", "in", codes)])
        vals = {"phone": "139 1234 5678", "name": "李晓梅", "purpose_ids": [Command.set(purposes.ids)], **vals}
        return self.env["cosmetics.member.join"].with_user(user or self.adviser).create(vals)
