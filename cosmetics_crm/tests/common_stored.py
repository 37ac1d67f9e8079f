"""Members with stored-value cards."""

from odoo.fields import Command

from ..tools.stored_act import StoredAct
from .common_members import MemberCommon

APPROVER = "cosmetics_crm.group_stored_approver"


class StoredFactories:
    """What every area needs that sells top-ups and takes cards."""

    top_up = None  # the product of all programs; left out, each has its own

    @classmethod
    def _create_top_up_product(cls, **vals):
        return cls.env["product.product"].create({"name": "Test Top-Up", "type": "service", "taxes_id": [Command.clear()], **vals})

    @classmethod
    def _create_stored_program(cls, kind="named", **vals):
        """Return a program of cards; named ones get 200 for 1,000."""
        product = cls.top_up or cls._create_top_up_product(list_price=1)
        return cls.env["loyalty.program"].create(
            {
                "name": "Test Stored Value",
                "program_type": "ewallet" if kind == "named" else "gift_card",
                "stored_kind": kind,
                "trigger": "auto",
                "applies_on": "future",
                "rule_ids": [
                    Command.create(
                        {
                            "reward_point_mode": "money",
                            "reward_point_amount": 1,
                            "reward_point_split": kind == "bearer",
                            "product_ids": [Command.set(product.ids)],
                        }
                    )
                ],
                "reward_ids": [
                    Command.create({"reward_type": "discount", "discount_mode": "per_point", "discount": 1, "required_points": 1})
                ],
                "stored_offer_ids": [Command.create({"amount": 1000, "bonus": 200})] if kind == "named" else [],
                **vals,
            }
        )

    def _held(self, card):
        """Return (principal, bonus) on the card."""
        self.env.flush_all()
        card.invalidate_recordset()
        return card.stored_principal, card.stored_bonus

    def _stored_differences(self):
        """Return what the check of the ledger finds."""
        self.env.flush_all()
        return self.env["cosmetics.stored.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found))


class StoredCommon(StoredFactories, MemberCommon):
    """A program of named cards that gives 200 for 1,000, and members with cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls._create_user("test_stored_approver", APPROVER)
        cls.top_up_product = cls.env.ref("cosmetics_crm.product_product_stored_top_up")
        cls.stored_program = cls._create_stored_program()

    @classmethod
    def _create_holder(cls, name="王小红", **vals):
        """Return a member whose identity is known."""
        member = cls._create_member(name, **vals)
        member.write({"identity_kind": "passport", "identity_number": f"E{member.id}"})
        return member.with_env(cls.env)

    @classmethod
    def _create_stored_card(cls, member=None, program=None, **vals):
        """Return an empty card."""
        member = member if member is not None else cls._create_holder()
        return cls.env["loyalty.card"].create(
            {"program_id": (program or cls.stored_program).id, "partner_id": member.id if member else False, **vals}
        )

    def _move(self, card, kind, amount, key, **vals):
        """Post one act as the adviser, who sells; return its StoredResult."""
        card = card.with_user(self.adviser)
        return card._stored_post([StoredAct(card, kind, amount, key, **vals)])[0]
