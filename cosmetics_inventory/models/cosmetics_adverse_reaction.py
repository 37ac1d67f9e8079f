"""Cases of suspected adverse reactions to cosmetics (不良反应)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import reaction_deadline
from ..tools.shelf_life import china_day


class CosmeticsAdverseReaction(models.Model):
    """A suspected adverse reaction, reported on suspicion within the days the law gives.

    Law: 化妆品监督管理条例 art. 52, 化妆品不良反应监测管理办法 (NMPA 2022 No. 16). The record holds health data: only the group
    "Adverse Reaction Cases" reads the model, names of patients stand in no message, activity or display name.
    All dates are days of China.
    """

    _name = "cosmetics.adverse.reaction"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Adverse Reaction Case"
    _order = "due_on desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Case No.", required=True, readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    store_id = fields.Many2one(
        "cosmetics.store", check_company=True, index="btree_not_null", help="Where the case was reported or the product was bought."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref("cosmetics_inventory.group_adverse_reaction").ids)],
        help="Reports the case in time; the reminders go here. Needs the right to see adverse reaction cases.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("to_report", "To Report"), ("reported", "Reported"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    kind = fields.Selection(
        [("general", "General"), ("serious", "Serious"), ("social", "Wide Social Impact")],
        string="Type",
        required=True,
        default="general",
        tracking=True,
        help="General: report within 30 days. Serious (hospital, lasting harm, danger to life): within 15 days. "
        "Likely to have a wide social impact, e.g. several people hurt by one batch: within 3 days.",
    )
    aware_on = fields.Date(
        string="Known Since",
        required=True,
        default=lambda self: china_day(fields.Datetime.now()),
        tracking=True,
        help="The day on which the shop got to know. The days to report count from here.",
    )
    due_on = fields.Date(
        string="Report By",
        compute="_compute_due_on",
        store=True,
        index=True,
        help="Last day on which the report is in time: 30, 15 or 3 days after the shop got to know.",
    )
    days_left = fields.Integer(
        string="Days to Report", compute="_compute_days_left", help="Days until the last day of reporting; below zero: the report is late."
    )
    reminder_stage = fields.Selection(
        [("soon", "Three Days Before"), ("due", "On the Day"), ("overdue", "Overdue")],
        string="Last Reminder",
        compute="_compute_reminder_stage",
        store=True,
        copy=False,
    )
    follow_up_of_id = fields.Many2one(
        "cosmetics.adverse.reaction",
        string="Supplement to",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The case whose new findings this supplementary report tells.",
    )
    follow_up_ids = fields.One2many("cosmetics.adverse.reaction", "follow_up_of_id", string="Supplementary Reports")
    reporter = fields.Char(string="Reported By", help="Who told the shop: name of the customer, relative, doctor or colleague.")
    reporter_kind = fields.Selection(
        [
            ("consumer", "Consumer"),
            ("staff", "Staff of the Shop"),
            ("hospital", "Hospital"),
            ("registrant", "Registrant"),
            ("other", "Other"),
        ],
        string="Reporter Is",
        default="consumer",
    )
    reporter_phone = fields.Char()
    patient_initials = fields.Char(help="Initials or family name only, e.g. W.L. or 王女士. The authority does not ask for more.")
    patient_sex = fields.Selection([("female", "Female"), ("male", "Male")], string="Sex")
    patient_age = fields.Integer(string="Age")
    patient_phone = fields.Char()
    allergy_history = fields.Text(help="Known allergies and skin diseases; write «none» when the patient has none.")
    product_id = fields.Many2one("product.product", required=True, check_company=True, index=True)
    lot_id = fields.Many2one(
        "stock.lot",
        string="Batch",
        check_company=True,
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        help="The batch on the pack. If it is not in the list, the shop never had it: type its number in the field beside it.",
    )
    product_name = fields.Char(string="Product on Record", compute="_compute_product_snapshot", store=True, readonly=False)
    registration_no = fields.Char(
        string="Registration No.",
        compute="_compute_product_snapshot",
        store=True,
        readonly=False,
        help="Filing or registration number as it was when the case was opened.",
    )
    lot_name = fields.Char(
        string="Batch No.", compute="_compute_lot_snapshot", store=True, readonly=False, index=True, help="As printed on the pack."
    )
    expiration_on = fields.Date(string="Expires On", compute="_compute_lot_snapshot", store=True, readonly=False)
    purchase_channel = fields.Selection(
        [("shop", "Shop"), ("counter", "Counter"), ("online", "Online Shop"), ("gift", "Gift or Sample"), ("other", "Other")],
        default="shop",
    )
    purchased_on = fields.Date(string="Bought On")
    purchase_price = fields.Monetary(string="Price Paid")
    currency_id = fields.Many2one(related="company_id.currency_id")
    purchase_document = fields.Char(help="Receipt, order or delivery number.")
    use_start_on = fields.Date(string="First Used On")
    use_stop_on = fields.Date(string="Last Used On")
    use_site = fields.Char(string="Used Where", help="Part of the body, e.g. face, eyelids, scalp.")
    onset_on = fields.Date(string="First Symptoms On")
    symptom_ids = fields.Many2many(
        "cosmetics.adverse.reaction.symptom", "cosmetics_adverse_reaction_symptom_rel", "reaction_id", "symptom_id", string="Symptoms"
    )
    description = fields.Text(string="Course", help="What happened, in the words of the patient or the doctor.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    treatment = fields.Text()
    hospital = fields.Char()
    diagnosis = fields.Text()
    outcome = fields.Selection(
        [
            ("cured", "Cured"),
            ("better", "Better"),
            ("not_better", "Not Better"),
            ("lasting", "Lasting Harm"),
            ("death", "Death"),
            ("unknown", "Unknown"),
        ]
    )
    causality = fields.Selection(
        [
            ("certain", "Certain"),
            ("probable", "Probable"),
            ("possible", "Possible"),
            ("unlikely", "Unlikely"),
            ("unclear", "Cannot Be Judged"),
        ],
        help="How likely the product caused it.",
    )
    submitted_on = fields.Date(string="Reported On", copy=False, tracking=True, help="Day of the report in the national monitoring system.")
    national_code = fields.Char(string="National System No.", copy=False, tracking=True, help="Number the national monitoring system gave.")
    registrant_informed_on = fields.Date(copy=False, tracking=True, help="Day on which the registrant or filer was told.")
    close_reason = fields.Char(copy=False, help="Why a case ends without a report, e.g. the same case as another one.")
    keep_until = fields.Date(compute="_compute_keep_until", store=True, help="Cases are kept three years from the day of the report.")
    same_lot_count = fields.Integer(string="Other Cases of the Batch", compute="_compute_same_count")
    same_product_count = fields.Integer(string="Other Cases of the Product", compute="_compute_same_count")

    _name_uniq = models.UniqueIndex("(company_id, name)", "There is a case with this number already. Save again to get the next number.")
    _lot_index = models.Index("(lot_name, product_id)")

    @api.depends("kind", "aware_on")
    def _compute_due_on(self):
        for case in self:
            case.due_on = case.aware_on and reaction_deadline.due_on(case.kind or "general", case.aware_on)

    @api.depends("due_on", "submitted_on")
    def _compute_days_left(self):
        today = china_day(fields.Datetime.now())
        for case in self:
            case.days_left = (case.due_on - (case.submitted_on or today)).days if case.due_on else 0

    @api.depends("due_on")
    def _compute_reminder_stage(self):
        """A new deadline starts its reminders anew."""
        self.reminder_stage = False

    @api.depends("submitted_on", "aware_on")
    def _compute_keep_until(self):
        for case in self:
            day = case.submitted_on or case.aware_on
            case.keep_until = day and reaction_deadline.keep_until(day)

    @api.depends("product_id")
    def _compute_product_snapshot(self):
        """Kept as they were: a later change of the product does not change the case."""
        for case in self:
            case.product_name = case.product_id.display_name
            case.registration_no = case.product_id.registration_no

    @api.depends("lot_id")
    def _compute_lot_snapshot(self):
        for case in self:
            case.lot_name = case.lot_id.name or case.lot_name
            case.expiration_on = case.lot_id.expiration_on or case.expiration_on

    @api.depends("product_id", "lot_name")
    def _compute_same_count(self):
        """Count the cases of the same batch and of the same product in the whole company; supplements are no cases of their own."""
        # sudo: a cluster is a cluster even when its cases were told in different shops; only numbers leave here.
        groups = self.sudo()._read_group(
            [("product_id", "in", self.product_id.ids), ("company_id", "in", self.company_id.ids), ("follow_up_of_id", "=", False)],
            ["company_id", "product_id", "lot_name"],
            ["id:array_agg"],
        )
        for case in self:
            own = {case._origin.id, case.follow_up_of_id.id}
            found = [
                (lot_name, len(set(ids) - own))
                for company, product, lot_name, ids in groups
                if (company, product) == (case.company_id, case.product_id)
            ]
            case.same_product_count = sum(count for _lot_name, count in found)
            case.same_lot_count = sum(count for lot_name, count in found if lot_name and lot_name == case.lot_name)

    @api.constrains("state", "submitted_on", "national_code", "close_reason", "lot_name")
    def _check_state(self):
        for case in self:
            if case.state == "reported" and not (case.submitted_on and case.national_code):
                raise ValidationError(
                    self.env._(
                        "Case %s: enter the day of the report and the number of the national monitoring system, then mark it as reported.",
                        case.name,
                    )
                )
            if case.state == "closed" and not (case.submitted_on or case.close_reason):
                raise ValidationError(
                    self.env._("Case %s was not reported. Report it, or write why it ends without a report, then close it.", case.name)
                )

    @api.constrains("aware_on", "submitted_on", "use_start_on", "use_stop_on", "patient_age")
    def _check_dates(self):
        today = china_day(fields.Datetime.now())
        for case in self:
            if max(case.aware_on, case.submitted_on or case.aware_on) > today:
                raise ValidationError(
                    self.env._("Case %s: “Known Since” and “Reported On” cannot lie in the future. Correct the date.", case.name)
                )
            if case.submitted_on and case.submitted_on < case.aware_on:
                raise ValidationError(
                    self.env._("Case %s was reported before the shop knew of it. Correct “Known Since” or “Reported On”.", case.name)
                )
            if case.use_start_on and case.use_stop_on and case.use_stop_on < case.use_start_on:
                raise ValidationError(self.env._("Case %s: the last use lies before the first. Correct one of the two dates.", case.name))
            if not 0 <= case.patient_age <= 130:
                raise ValidationError(
                    self.env._("Case %(case)s: the age cannot be %(age)s. Enter years.", case=case.name, age=case.patient_age)
                )

    @api.constrains("user_id")
    def _check_user(self):
        for case in self:
            if not case.user_id.has_group("cosmetics_inventory.group_adverse_reaction"):
                raise ValidationError(
                    self.env._(
                        "%(user)s may not see adverse reaction cases, so cannot be responsible for case %(case)s. "
                        "Choose somebody who may, e.g. the quality manager.",
                        user=case.user_id.name,
                        case=case.name,
                    )
                )

    @api.constrains("product_id", "lot_id")
    def _check_lot(self):
        for case in self.filtered("lot_id"):
            if case.lot_id.product_id != case.product_id:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: batch %(lot)s belongs to “%(product)s”. Choose a batch of the product of the case.",
                        case=case.name,
                        lot=case.lot_id.name,
                        product=case.lot_id.product_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # The year of the number is that of China: on New Year's morning it is still the old year in UTC.
        today = china_day(fields.Datetime.now())
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code(self._name, sequence_date=today)
        cases = super().create(vals_list)
        cases._bind_photos()
        return cases

    def write(self, vals):
        res = super().write(vals)
        if "photo_ids" in vals:
            self._bind_photos()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        today = china_day(fields.Datetime.now())
        for case in self:
            if case.keep_until >= today:
                raise UserError(
                    self.env._(
                        "Case %(case)s must be kept until %(day)s. Close it with a reason instead of deleting it.",
                        case=case.name,
                        day=case.keep_until,
                    )
                )

    def action_confirm(self):
        """The case is taken down: now it is to be reported."""
        self._check_step("draft")
        self.write({"state": "to_report"})

    def action_report(self):
        """The national monitoring system has the report; its day and number are on the case."""
        self._check_step("draft", "to_report")
        self.write({"state": "reported"})
        self._finish_reminders()

    def action_close(self):
        """End the case: it was reported, or the reason says why not."""
        self._check_step("draft", "to_report", "reported")
        self.write({"state": "closed"})
        self._finish_reminders()

    def action_reopen(self):
        """Take up a closed case again; one that is not reported is reminded of anew."""
        self._check_step("closed")
        for case in self:
            state = "reported" if case.submitted_on and case.national_code else "to_report"
            case.state = state
            case.sudo().reminder_stage = False  # sudo: the system notes what it reminded of

    def _check_step(self, *states):
        """Raise when a case is not in one of these states."""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for case in self:
            if case.state not in states:
                raise UserError(
                    self.env._("Case %(case)s is already “%(state)s”. Reload the page.", case=case.name, state=labels[case.state])
                )

    def _finish_reminders(self):
        """Nobody is to be reminded any more."""
        # sudo: reminders of an overdue case also lie with quality managers, whose activities others may not end.
        self.sudo().activity_unlink(["cosmetics_inventory.mail_activity_type_adverse_reaction"])

    def _bind_photos(self):
        """A photo of a face is read by those who read the case, not only by who took it."""
        for case in self:
            # sudo: an upload that hangs on no record yet is writable by the administrator alone.
            for photo in case.sudo().photo_ids:
                if (photo.res_model, photo.res_id) == (case._name, case.id):
                    continue
                # Linking somebody else's file would otherwise open it to the readers of the case.
                if photo.res_id or photo.create_uid != self.env.user:
                    raise ValidationError(
                        self.env._(
                            "Case %(case)s: the file “%(file)s” belongs elsewhere. Upload it here again.", case=case.name, file=photo.name
                        )
                    )
                photo.write({"res_model": case._name, "res_id": case.id, "public": False})
