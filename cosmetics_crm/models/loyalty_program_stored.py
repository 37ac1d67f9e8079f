"""Programs of stored-value cards: what the law says of single-purpose prepaid cards, as data."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, ormcache

# 《单用途商业预付卡管理办法（试行）》 art. 15 to 18: yuan for each card, years, yuan for one purchase.
LAW_LIMIT = {"named": 5000.0, "bearer": 1000.0}
LAW_TYPE = {"named": "ewallet", "bearer": "gift_card"}
LAW_YEARS = 3
LAW_IDENTITY = {"named": 0.0, "bearer": 10000.0}
LAW_TRANSFER_PERSON, LAW_TRANSFER_ENTITY = 50000.0, 5000.0


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    stored_kind = fields.Selection(
        [("named", "Named Cards"), ("bearer", "Bearer Cards")],
        string="Stored-Value Cards",
        help="A ledger keeps the cards, principal and bonus apart. Named cards are eWallets, bearer cards are gift cards.",
    )
    stored_limit = fields.Float(
        string="At Most on a Card", digits=(16, 2), compute="_compute_stored_law", store=True, readonly=False,
        help="Principal and bonus after a top-up. The law allows 5,000 on a named card and 1,000 on a bearer card.",
    )  # fmt: skip
    stored_use = fields.Selection(
        [("pro_rata", "Principal and Bonus Pro Rata"), ("principal_first", "Principal First")],
        string="Purchases Use", default="pro_rata", required=True, help="Pro rata is how courts judge a refund.",
    )  # fmt: skip
    stored_years = fields.Integer(
        string="Years of Validity", default=LAW_YEARS, help="Of bearer cards, at least 3. Named cards never expire."
    )
    stored_identity_from = fields.Float(
        string="Identity From", digits=(16, 2), compute="_compute_stored_law", store=True, readonly=False,
        help="Purchases from this amount on need the identity of the buyer: always with named cards, from 10,000 with bearer cards.",
    )  # fmt: skip
    stored_transfer_person = fields.Float(
        string="No Cash From: Persons", digits=(16, 2), default=LAW_TRANSFER_PERSON, help="At most 50,000 in one purchase."
    )
    stored_transfer_entity = fields.Float(
        string="No Cash From: Companies", digits=(16, 2), default=LAW_TRANSFER_ENTITY, help="At most 5,000 in one purchase."
    )
    stored_offer_ids = fields.One2many("cosmetics.stored.offer", "program_id", string="Bonus of Top-Ups", copy=True)

    _stored_limit_check = models.Constraint(
        "CHECK (stored_kind IS NULL OR (stored_limit > 0 AND stored_limit <= CASE stored_kind WHEN 'named' THEN 5000 ELSE 1000 END))",
        "A named card holds at most 5,000 yuan, a bearer card at most 1,000.",
    )
    _stored_years_check = models.Constraint(
        "CHECK (stored_kind IS DISTINCT FROM 'bearer' OR stored_years >= 3)", "A bearer card is valid for at least 3 years."
    )
    _stored_identity_check = models.Constraint(
        "CHECK (stored_kind IS NULL OR (stored_identity_from >= 0"
        " AND stored_identity_from <= CASE stored_kind WHEN 'named' THEN 0 ELSE 10000 END))",
        "The buyer of a named card always shows an identity, the buyer of bearer cards from 10,000 yuan on.",
    )
    _stored_transfer_check = models.Constraint(
        "CHECK (stored_transfer_person > 0 AND stored_transfer_person <= 50000"
        " AND stored_transfer_entity > 0 AND stored_transfer_entity <= 5000)",
        "Persons pay no more than 50,000 yuan in cash for cards, companies no more than 5,000.",
    )

    @api.depends("stored_kind")
    def _compute_stored_law(self):
        for program in self:
            program.stored_limit = LAW_LIMIT.get(program.stored_kind, 0.0)
            program.stored_identity_from = LAW_IDENTITY.get(program.stored_kind, 0.0)

    @api.constrains("stored_kind", "program_type", "rule_ids", "reward_ids", "trigger_product_ids", "currency_id")
    def _check_stored_program(self):
        """A yuan on the card is a yuan of goods, and a yuan paid for the top-up product is a yuan on the card, without tax."""
        for program in self.filtered("stored_kind"):
            if program.program_type != LAW_TYPE[program.stored_kind]:
                raise ValidationError(self.env._("Named cards are programs of type eWallet, bearer cards of type Gift Card."))
            if any(rule.reward_point_mode != "money" or rule.reward_point_amount != 1 for rule in program.rule_ids) or any(
                reward.reward_type != "discount" or reward.discount_mode != "per_point" or reward.discount != 1 or reward.clear_wallet
                for reward in program.reward_ids
            ):
                raise ValidationError(
                    self.env._("%s: a yuan paid is a yuan on the card, and a yuan on the card pays a yuan. Offers give more.", program.name)
                )
            program._check_stored_products()

    def _check_stored_products(self):
        for program in self:
            # sudo: taxes of all companies
            taxed = program.trigger_product_ids.sudo().filtered("taxes_id")[:1]
            if taxed:
                raise ValidationError(
                    self.env._(
                        "%s has a sales tax. A top-up is not taxed (code 601), the goods are when they are bought: take the tax off.",
                        taxed.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        if any(programs.mapped("stored_kind")):
            self.env.registry.clear_cache()
        return programs

    def write(self, vals):
        if {"stored_kind", "rule_ids", "trigger_product_ids"} & set(vals):
            self.env.registry.clear_cache()
        if not {"stored_kind", "program_type", "currency_id"} & set(vals):
            return super().write(vals)
        changed = self.filtered(lambda program: vals.get("stored_kind", program.stored_kind) != program.stored_kind)
        changed._check_stored_unused()
        opened = changed._take_core_balances() if vals.get("stored_kind") else {}
        res = super().write(vals)
        self.env["loyalty.card"]._open_stored_ledger(opened)
        return res

    def _check_stored_unused(self):
        # sudo: whether there are movements decides, not who may read them
        if self and self.env["cosmetics.stored.move"].sudo().search_count([("card_id.program_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("There are cards with stored value: the program stays what it is. Archive it and make a new one."))

    def _take_core_balances(self):
        """Empty the cards of before the ledger; return {card: what it held}, for their opening rows."""
        if not self.env.su and not self.env.user.has_group("cosmetics_crm.group_stored_approver"):
            raise UserError(self.env._("Who approves refunds of cards decides which programs hold stored value."))
        # sudo: all cards of the program, whoever looks after their members
        cards = (
            self.env["loyalty.card"].sudo().with_context(active_test=False).search([("program_id", "in", self.ids), ("points", "!=", 0)])
        )
        if below := cards.filtered(lambda card: card.points < 0)[:1]:
            raise UserError(self.env._("%s is below zero. Settle it before its program holds stored value.", below.display_name))
        held = {card: round(card.points, 2) for card in cards}
        self.env.cr.execute(SQL("UPDATE loyalty_card SET points = 0 WHERE id = ANY(%s)", list(cards.ids)))
        cards.invalidate_recordset(["points"])
        return held

    @api.model
    @ormcache()
    def _get_stored_products(self):
        """Return {id of a stored-value program, also an archived one: ids of the products that top up its cards}."""
        # sudo: which products they are is no secret
        programs = self.sudo().with_context(active_test=False).search([("stored_kind", "!=", False)])
        return {program.id: frozenset(program.trigger_product_ids.ids) for program in programs}

    def _get_stored_bonus(self, amount):
        """Return the bonus of a top-up: that of the largest offer it reaches."""
        self.ensure_one()
        # sudo: whoever sells tops up by the offers
        reached = self.sudo().stored_offer_ids.filtered(lambda offer: offer.amount <= amount)
        return max(reached.mapped(lambda offer: (offer.amount, offer.bonus)), default=(0, 0.0))[1]


class LoyaltyRule(models.Model):
    _inherit = "loyalty.rule"

    @api.constrains("reward_point_mode", "reward_point_amount", "product_ids")
    def _check_stored_program(self):
        self.program_id._check_stored_program()
        if any(self.program_id.mapped("stored_kind")):
            self.env.registry.clear_cache()

    @api.ondelete(at_uninstall=True)
    def _forget_stored_products(self):
        if any(self.program_id.mapped("stored_kind")):
            self.env.registry.clear_cache()


class LoyaltyReward(models.Model):
    _inherit = "loyalty.reward"

    @api.constrains("reward_type", "discount_mode", "discount", "clear_wallet")
    def _check_stored_program(self):
        self.program_id._check_stored_program()


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.constrains("taxes_id")
    def _check_stored_products(self):
        taxed = self.filtered("taxes_id").product_variant_ids
        if taxed:
            # sudo: any program that sells it
            programs = self.env["loyalty.program"].sudo().search([("stored_kind", "!=", False)])
            programs.filtered(lambda program: program.trigger_product_ids & taxed)._check_stored_products()
