"""A customer who has joined: number, telephone, shop, adviser, what the skin likes."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.pinyin import spell
from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone
from odoo.exceptions import UserError, ValidationError

from ..tools.mask import mask_name, mask_phone

ADVISER = "cosmetics_crm.group_member_adviser"
# What identifies a member well enough to reach them: a relay number or a landline of an office does not.
PERSONAL = ("mobile", "foreign")


class ResPartner(models.Model):
    """A member is a customer with ``is_member``; the telephone number is the key: one number, one member, over all companies."""

    _inherit = "res.partner"

    is_member = fields.Boolean(string="Member", copy=False)
    member_number = fields.Char(copy=False, help="Printed on the card; given by the system when empty.")
    member_since = fields.Date(copy=False)
    member_store_id = fields.Many2one(
        "cosmetics.store",
        string="Home Store",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The store where the member joined or is looked after. Its advisers may change the member.",
    )
    adviser_id = fields.Many2one(
        "res.users", string="Beauty Adviser", copy=False, index="btree_not_null", help="Who looks after the member."
    )
    member_phone = fields.Char(
        compute="_compute_member_phone",
        store=True,
        precompute=True,
        help="The telephone number in international form: the key of a member. It follows from the number.",
    )
    member_phone_reversed = fields.Char(compute="_compute_member_phone", store=True, precompute=True)
    member_phone_masked = fields.Char(string="Phone (Masked)", compute="_compute_member_phone_masked")
    member_initials = fields.Char(compute="_compute_member_initials", store=True, precompute=True)
    member_pinyin = fields.Char(compute="_compute_member_initials", store=True, precompute=True)
    birthday = fields.Date(copy=False, groups=ADVISER, tracking=False)
    # Open to all, for it says nothing without the birthday: whoever makes a contact must not need a right to its default.
    birthday_has_year = fields.Boolean(
        string="Year of Birth Known", default=True, copy=False, help="Off: day and month alone count; the year is anything."
    )
    birthday_month = fields.Integer(compute="_compute_birthday_month", store=True, groups=ADVISER, help="1 to 12; 0 when unknown.")
    skin_type_id = fields.Many2one("cosmetics.skin.type", copy=False, groups=ADVISER)
    skin_concern_ids = fields.Many2many(
        "cosmetics.skin.concern", "cosmetics_member_skin_concern_rel", "partner_id", "concern_id", copy=False, groups=ADVISER
    )
    preferred_brand_ids = fields.Many2many(
        "cosmetics.brand", "cosmetics_member_brand_rel", "partner_id", "brand_id", string="Preferred Brands", copy=False, groups=ADVISER
    )
    member_account_ids = fields.One2many("cosmetics.member.account", "partner_id", string="Platform Accounts", groups=ADVISER)
    member_closed_on = fields.Date(string="Membership Closed On", readonly=True, copy=False)

    _member_phone_uniq = models.UniqueIndex(
        "(member_phone) WHERE member_phone IS NOT NULL AND active IS TRUE",
        "This telephone number belongs to a member already. Search for the number and use that member.",
    )
    _member_number_uniq = models.UniqueIndex(
        "(member_number)", "This member number is taken. Leave the number empty to get the next free one."
    )
    _member_has_phone = models.Constraint(
        "CHECK(is_member IS NOT TRUE OR member_phone IS NOT NULL)",
        "A member needs a mobile number. Enter it with 11 digits, for example 139 1234 5678.",
    )
    # The tail of a number, or the beginning of a spelled name, is the beginning of an index.
    _member_phone_tail_idx = models.Index("(member_phone_reversed varchar_pattern_ops) WHERE member_phone_reversed IS NOT NULL")
    _member_initials_idx = models.Index("(member_initials varchar_pattern_ops) WHERE is_member")
    _member_pinyin_idx = models.Index("(member_pinyin varchar_pattern_ops) WHERE is_member")
    _member_birthday_idx = models.Index("(birthday_month) WHERE is_member")

    # ------------------------------------------------------------------ compute
    @api.depends("is_member", "phone")
    def _compute_member_phone(self):
        for partner in self:
            phone = normalize_phone(partner.phone) if partner.is_member else None
            partner.member_phone = phone.e164 if phone and phone.kind in PERSONAL else False
            partner.member_phone_reversed = partner.member_phone and partner.member_phone[::-1]

    @api.depends("member_phone", "phone")
    def _compute_member_phone_masked(self):
        for partner in self:
            partner.member_phone_masked = mask_phone(partner.member_phone or partner.phone)

    @api.depends("is_member", "name")
    def _compute_member_initials(self):
        for partner in self:
            partner.member_initials, partner.member_pinyin = spell(partner.name) if partner.is_member else (False, False)

    @api.depends("birthday")
    def _compute_birthday_month(self):
        for partner in self:
            partner.birthday_month = partner.birthday.month if partner.birthday else 0

    # ------------------------------------------------------------------ constraints
    @api.constrains("is_member", "is_company", "parent_id")
    def _check_member_is_a_person(self):
        for partner in self:
            if partner.is_member and (partner.is_company or partner.parent_id):
                raise ValidationError(
                    self.env._(
                        "%(name)s is a company or a contact of one; only a person who buys for themselves can be a member.",
                        name=partner.name,
                    )
                )

    @api.constrains("birthday")
    def _check_birthday(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.birthday and (partner.birthday > today or partner.birthday.year < 1900):
                raise ValidationError(
                    self.env._("%(day)s is not a birthday: it lies in the future or before 1900.", day=partner.birthday.isoformat())
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_member(self):
        for member in self.filtered("is_member"):
            raise UserError(
                self.env._(
                    "%(name)s is a member and cannot be deleted. Close the membership: personal data go, orders stay.", name=member.name
                )
            )

    # ------------------------------------------------------------------ joining
    @api.model_create_multi
    def create(self, vals_list):
        self._check_member_phones([vals.get("phone") for vals in vals_list if vals.get("is_member") and vals.get("active", True)])
        partners = super().create([self._prepare_member_vals(vals) if vals.get("is_member") else vals for vals in vals_list])
        partners.filtered("is_member")._after_join()
        return partners

    def write(self, vals):
        if "phone" in vals:
            self._check_may_change_phone(vals["phone"])
        if {"phone", "is_member", "active"} & vals.keys():
            self._check_member_phones_after(vals)
        if "is_member" not in vals:
            return super().write(vals)
        if not vals["is_member"]:
            self._check_may_leave()
            return super().write(vals)
        joining = self.filtered(lambda partner: not partner.is_member)
        super(ResPartner, self - joining).write(vals)
        for partner in joining:
            # The key first: a flush in between must not find a member without one. sudo: it is counted, and typed by nobody.
            partner.sudo().member_phone = normalize_phone(vals.get("phone", partner.phone)).e164
            super(ResPartner, partner).write(partner._prepare_member_vals(vals))
        joining._after_join()
        return True

    def _check_member_phones_after(self, vals):
        """Check the numbers of those who will be active members once these values are written."""
        members = self.filtered(lambda partner: vals.get("is_member", partner.is_member) and vals.get("active", partner.active))
        self._check_member_phones([vals.get("phone", member.phone) for member in members], members)

    @api.model
    def _check_member_phones(self, phones, holders=()):
        """Say in a sentence, before anything is written, why one of these numbers cannot be the key of a member.

        The index is the rule; it also refuses what two people do at the same moment, which nobody can see here.
        """
        keys = []
        for text in phones:
            phone = normalize_phone(text)
            if phone.kind not in PERSONAL:
                raise ValidationError(
                    self.env._(
                        "%(phone)s is no number of a person. A member needs a mobile number of 11 digits, for example 139 1234 5678.",
                        phone=text or self.env._("An empty number"),
                    )
                )
            keys.append(phone.e164)
        # sudo: the number may belong to a member of a company the user does not see; the name is told masked.
        rival = self.sudo().search([("member_phone", "in", keys), ("id", "not in", [*(holder.id for holder in holders)])], limit=1)
        if rival:
            raise ValidationError(rival._member_exists_message())
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValidationError(self.env._("%s belongs to two of these members. One number is one member.", mask_phone(twice)))

    def _check_may_change_phone(self, phone):
        """The number is the key to points and stored value: who could change it could take them over."""
        if self.env.su or self.env.user.has_group("cosmetics_crm.group_member_manager"):
            return
        new = normalize_phone(phone).e164
        if any(partner.is_member and partner.member_phone != new for partner in self):
            raise UserError(self.env._("Only a member manager changes the telephone number of a member: points and balances hang on it."))

    def _check_may_leave(self):
        """A membership ends by closing it, which also takes care of personal data; nobody switches it off."""
        if not self.env.su and any(self.mapped("is_member")):
            raise UserError(self.env._("A membership is not switched off. Use the button Close Membership of the member."))

    def _prepare_member_vals(self, vals):
        """Return vals with what a new member gets: number, day, store, adviser."""
        user = self.env.user
        defaults = {
            "member_number": self.member_number
            or self.env["ir.sequence"].sudo().next_by_code("cosmetics.member"),  # clerks own no sequence
            "member_since": fields.Date.context_today(self),
            "member_store_id": user.store_ids.id if len(user.store_ids) == 1 else False,
            "member_closed_on": False,
        }
        return {
            **{key: value for key, value in defaults.items() if not vals.get(key)},
            **{k: v for k, v in vals.items() if v or k not in defaults},
        }

    def _after_join(self):
        """What else happens to new members (records, as the user); an override calls super."""

    def _member_exists_message(self):
        """Return the sentence for somebody who wants to use this member's number again."""
        self.ensure_one()
        return self.env._(
            "%(phone)s belongs to the member %(number)s %(name)s already. Search for the number and use that member.",
            phone=mask_phone(self.member_phone),
            number=self.member_number or "",
            name=mask_name(self.name),
        )

    # ------------------------------------------------------------------ the whole number
    def action_show_member_phone(self):
        """Show the whole telephone number for a moment; who looked is kept."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(ADVISER):
            raise UserError(self.env._("Only beauty advisers and member managers see telephone numbers of members."))
        # sudo: the log belongs to nobody who is in it.
        self.env["cosmetics.member.access"].sudo().create({"partner_id": self.id, "kind": "phone", "user_id": self.env.uid})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"title": self.display_name, "message": self.phone or "", "type": "info", "sticky": True},
        }
