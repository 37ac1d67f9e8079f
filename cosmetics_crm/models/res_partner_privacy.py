"""The rights of a member over personal data: know, copy, delete (PIPL art. 44 to 50)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .res_partner_member import ADVISER

MANAGER = "cosmetics_crm.group_member_manager"
# What names, reaches or describes a person; the rest of the record keeps the books readable.
PERSONAL_FIELDS = (
    "phone", "email", "street", "street2", "website", "comment", "function", "ref", "barcode", "image_1920", "birthday", "skin_type_id",
    "skin_concern_ids", "preferred_brand_ids", "adviser_id", "guardian_name", "guardian_phone", "member_number", "category_id",
)  # fmt: skip


class ResPartner(models.Model):
    _inherit = "res.partner"

    no_profiling = fields.Boolean(
        string="No Personal Proposals",
        copy=False,
        groups=ADVISER,
        help="The member does not want proposals made from purchases (PIPL art. 24). Prices and tiers stay the same.",
    )

    # ------------------------------------------------------------------ copy
    @api.model
    def _check_is_manager(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a member manager hands out or deletes personal data."))

    def action_download_personal_data(self):
        """Hand out the copy of the personal data as a workbook."""
        self.ensure_one()
        self._check_is_manager()
        return {"type": "ir.actions.act_url", "url": f"/cosmetics/member/{self.id}/personal-data.xlsx", "target": "download"}

    def _get_personal_data(self):
        """Return everything the company keeps about this member as {heading: [{column: value}]}; an override adds its own headings.

        Values are plain texts, numbers and ISO dates. Health data are in it only for those who may see them.
        """
        self.ensure_one()
        data = {
            self.env._("Member"): [self._get_personal_profile()],
            self.env._("Platform Accounts"): self.member_account_ids._as_plain_rows(["platform", "account_ref"]),
            self.env._("Consents"): self.consent_ids._as_plain_rows(
                ["purpose_id", "text_id", "text_digest", "given_at", "how", "withdrawn_at", "withdrawn_how"]
            ),
            self.env._("Tier History"): self.member_tier_move_ids._as_plain_rows(["day", "kind", "from_tier_id", "to_tier_id", "spend"]),
            self.env._("Purchases"): self.member_purchase_ids._as_plain_rows(
                ["date", "source", "origin_name", "product_id", "quantity", "amount", "store_id"]
            ),
            self.env._("Talks"): self.member_contact_ids._as_plain_rows(
                ["happened_at", "kind", "summary", "note", "next_step", "next_on", "store_id"]
            ),
        }
        if self.env.user.has_group("cosmetics_crm.group_member_health"):
            data[self.env._("Health Data")] = self.member_health_ids._as_plain_rows(["kind", "ingredient", "note", "noted_on"])
        return data

    def _get_personal_profile(self):
        names = (
            "name", "phone", "email", "member_number", "member_since", "member_tier_id", "member_store_id", "adviser_id", "birthday",
            "skin_type_id", "skin_concern_ids", "preferred_brand_ids", "guardian_name", "guardian_phone", "state_id", "city", "street",
        )  # fmt: skip
        return self._as_plain_rows(names)[0]

    # ------------------------------------------------------------------ delete
    def _close_membership(self):
        """End memberships: personal data go, orders and what the law keeps stay under a name that says nothing (PIPL art. 47).

        Consents are withdrawn and kept as proof; health data, platform accounts and talks are deleted; addresses and the conversation
        on the record go. The tier history stays for the books.
        """
        self._check_is_manager()
        self.check_access("write")
        # sudo: closing reaches data that the manager does not see, such as health data and addresses of other companies.
        members = self.sudo().filtered("is_member")
        log = [{"partner_id": member.id, "kind": "close", "user_id": self.env.uid} for member in members]
        self.env["cosmetics.member.access"].sudo().create(log)
        members._before_close_membership()
        members.consent_ids._withdraw("online")
        members.member_health_ids.unlink()
        members.member_account_ids.unlink()
        members.member_contact_ids.unlink()
        members._forget_conversation()
        for member in members.with_context(active_test=False):
            name = self.env._("Closed member #%s", member.id)
            member.child_ids.write({**dict.fromkeys(("phone", "email", "street", "street2", "comment"), False), "name": name})
            member.write(
                {
                    **dict.fromkeys(PERSONAL_FIELDS, False),
                    **dict.fromkeys(("member_tier_id", "member_tier_since", "member_tier_review_on", "member_tier_notice_on"), False),
                    "category_id": [(5, 0, 0)], "skin_concern_ids": [(5, 0, 0)], "preferred_brand_ids": [(5, 0, 0)],
                    "name": name, "is_member": False, "member_closed_on": fields.Date.context_today(self),
                }
            )  # fmt: skip
            member.member_figures_ids.unlink()
        return True

    def _before_close_membership(self):
        """What else must happen to members about to leave (records in sudo); an override calls super."""

    def _forget_conversation(self):
        """Messages on a member quote names, numbers and addresses; those on orders belong to the orders and stay."""
        people = self | self.with_context(active_test=False).child_ids
        messages = self.env["mail.message"].search([("model", "=", "res.partner"), ("res_id", "in", people.ids)])
        messages.unlink()
        self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("res_id", "in", people.ids)]).unlink()
