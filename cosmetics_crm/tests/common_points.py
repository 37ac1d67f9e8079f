"""Members with points."""

from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon

from ..tools.points_act import Act


class PointsCommon(CosmeticsCommon):
    """A points program whose points last until the end of next year, and members with cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("test_points_manager", "cosmetics_crm.group_member_manager")
        cls.approver = cls._create_user("test_points_approver", "cosmetics_crm.group_points_approver")
        cls.program = cls._create_points_program()
        cls.card = cls._create_card()

    @classmethod
    def _create_points_program(cls, **vals):
        """Return a program of one point per yuan, 100 points pay one yuan."""
        return cls.env["loyalty.program"].create(
            {
                "name": "Test Points",
                "program_type": "loyalty",
                "trigger": "auto",
                "applies_on": "both",
                "rule_ids": [(0, 0, {"reward_point_mode": "money", "reward_point_amount": 1})],
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount_mode": "per_point", "discount": 0.01, "required_points": 1})],
                **vals,
            }
        )

    @classmethod
    def _create_card(cls, points=0, program=None, **vals):
        """Return the card of a new member, empty or with points that may be spent."""
        partner_id = vals.pop("partner_id", None) or cls.env["res.partner"].create({"name": "Test Member"}).id
        return cls.env["loyalty.card"].create(
            {"program_id": (program or cls.program).id, "partner_id": partner_id, "points": points, **vals}
        )

    def _post(self, card, kind, points, key, **vals):
        """Post one act as the member manager, who sells and refunds; return its Result."""
        return card.with_user(self.manager)._points_post([Act(card.with_user(self.manager), kind, points, key, **vals)])[0]

    def _differences(self):
        """Return what the check of the ledger finds."""
        self.env.flush_all()
        return self.env["cosmetics.points.difference"].search([]).mapped(lambda row: (row.what, row.expected, row.found))
