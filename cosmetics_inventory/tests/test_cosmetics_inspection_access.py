"""Who may press which button of inspection records, papers and the grid, called from outside as a browser does."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .receiving_common import ReceivingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceivingButtons(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("test_shop_employee")
        cls._assign_stores(cls.clerk, cls._create_store(warehouse_id=cls.shop.id))
        cls.stranger = cls._create_user("test_stranger")
        records = cls.env["cosmetics.inspection.record"]
        cls.done = records.search([("picking_id", "=", cls._receive(cls.product, warehouse=cls.shop).id)])
        cls.supplier.phone = False
        cls.draft = records.search([("picking_id", "=", cls._receive(cls.product, batch="A2", warehouse=cls.shop).id)])

    def _press(self, user, records, button, *args):
        """Call a method the way the web client does, as a user."""
        return call_kw(self.env[records._name].with_user(user), button, [records.ids, *args], {})

    def _assert_refused(self, user, records, *buttons):
        for button in buttons:
            with self.subTest(user=user.login, button=button), self.assertRaises(AccessError), self.cr.savepoint():
                self._press(user, records, button)

    def test_employee_of_the_shop_sees_its_records_and_changes_none(self):
        self.assertEqual(self.done.with_user(self.clerk).supplier_name, "Test Supplier")
        self._assert_refused(self.clerk, self.done + self.draft, "action_refresh", "action_complete")
        self._assert_refused(self.clerk, self.done, "action_correct")
        self.assertEqual((self.draft.state, bool(self.done.correction_ids)), ("draft", False))

    def test_stranger_does_not_even_print(self):
        self._assert_refused(self.stranger, self.done, "action_print", "action_correct", "read")

    def test_keeper_without_the_store_cannot_correct_its_records(self):
        other = self._create_user("test_other_keeper", "cosmetics_inventory.group_warehouse_keeper")
        self._assert_refused(other, self.done, "action_correct", "action_print")
        self._assert_refused(other, self.draft, "action_refresh", "action_complete")

    def test_warehouse_manager_completes_what_a_keeper_received(self):
        self._press(self.manager, self.draft, "write", {"supplier_contact": "029-1"})
        self.assertEqual((self.draft.state, self._lot(self.product, "A2").quality_state), ("done", "released"))

    def test_steps_behind_the_buttons_cannot_be_called(self):
        chain = self.env["cosmetics.inspection.chain"].search([("company_id", "=", self.env.company.id)])
        steps = {
            self.draft: ("_complete", "_seal", "_refresh", "_create_for_lines", "_append_correction", "_hold_incomplete", "_cron_refresh"),
            chain: ("_lock", "_verify", "_cron_verify"),
            self.draft.lot_id: ("_hold_for_inspection", "_note_warehouse", "_note_existing_warehouses", "_get_dossier"),
            self.draft.move_line_id: ("_after_receive", "_enforce_receipt_minimum", "_complete_known_batches"),
            self.licence: ("_cron_warn", "_after_change"),
        }
        for records, names in steps.items():
            self._assert_refused(self.quality, records, *names)
        self.assertEqual(self.draft.state, "draft")

    def test_incomplete_record_is_no_correction(self):
        with self.assertRaisesRegex(UserError, "not done yet"):
            self._press(self.keeper, self.draft, "action_correct")
        with self.assertRaisesRegex(UserError, "Supplier Contact"):
            self._press(self.keeper, self.draft, "action_complete")

    def test_chain_is_shown_to_the_quality_manager_and_written_by_nobody(self):
        chain = self.env["cosmetics.inspection.chain"].search([("company_id", "=", self.env.company.id)])
        self.assertTrue(chain.with_user(self.quality).last_seal)
        acts = (lambda own: own.write({"last_number": 0}), lambda own: own.unlink(), lambda own: own.create({"company_id": 1}))
        for act in acts:
            with self.assertRaises(AccessError), self.cr.savepoint():
                act(chain.with_user(self.quality))
        for user in (self.keeper, self.manager, self.clerk):
            self._assert_refused(user, chain, "read", "action_verify")

    def test_employee_of_the_shop_does_not_see_supplier_papers(self):
        self._assert_refused(self.clerk, self.licence, "read", "unlink")
        self._assert_refused(self.keeper, self.licence, "unlink")
        with self.assertRaises(AccessError):
            self.licence.with_user(self.keeper).copy()

    def test_batch_buttons_need_the_warehouse_role(self):
        self._assert_refused(self.clerk, self.done.lot_id, "action_print_dossier")
        action = self._press(self.keeper, self.done.lot_id, "action_view_inspection_records")
        found = self.env["cosmetics.inspection.record"].with_user(self.keeper).search(action["domain"])
        self.assertEqual(found, self.done)

    def test_receipt_opens_its_own_records(self):
        action = self._press(self.keeper, self.draft.picking_id, "action_view_inspection_records")
        self.assertEqual(self.env["cosmetics.inspection.record"].with_user(self.keeper).search(action["domain"]), self.draft)
        self.assertEqual(self.draft.picking_id.with_user(self.keeper).inspection_record_count, 1)

    def test_grid_is_closed_to_people_outside_the_warehouse(self):
        picking = self._create_receipt((self.product, 2))
        grid = self.env["cosmetics.receipt.grid"].with_user(self.keeper).create({"picking_id": picking.id})
        self._assert_refused(self.clerk, grid, "action_apply", "read", "unlink")
        with self.assertRaises(AccessError):
            grid.with_user(self.clerk).create({"picking_id": picking.id})

    def test_scan_does_not_reach_the_server_as_a_method(self):
        grid = self.env["cosmetics.receipt.grid"].with_user(self.keeper).create({"picking_id": self._create_receipt((self.product, 2)).id})
        self._assert_refused(self.keeper, grid, "_take_scan", "_take_sheet", "_prepare_move_line_vals_list")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestReceivingCompanies(ReceivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Trading"})
        cls.other_house = cls.env["stock.warehouse"].search([("company_id", "=", cls.other.id)], limit=1)
        own = {"company_id": cls.other.id, "company_ids": [Command.set(cls.other.ids)]}
        cls.other_keeper = cls._create_user("other_keeper", "cosmetics_inventory.group_warehouse_keeper", **own)
        cls.other_quality = cls._create_user("other_quality", "cosmetics_inventory.group_quality_manager", **own)

    def _receive_there(self, batch="A1", **vals):
        """Return the record of a receipt in the other company, made by its keeper."""
        picking = self._receive(self.product, batch=batch, user=self.other_keeper, warehouse=self.other_house, **vals)
        return self._records(picking)

    def test_records_chains_and_papers_stay_in_their_company(self):
        here, there = self._records(self._receive(self.product)), self._receive_there(batch="B1")
        paper = self._create_paper(kind="other", company_id=self.env.company.id)
        both = here + there
        for user, seen in ((self.quality, here), (self.other_quality, there)):
            self.assertEqual(self.env["cosmetics.inspection.record"].with_user(user).search([("id", "in", both.ids)]), seen)
            self.assertEqual(self.env["cosmetics.inspection.chain"].with_user(user).search([]).company_id, seen.company_id)
        self.assertFalse(self.env["cosmetics.supplier.document"].with_user(self.other_quality).search([("id", "=", paper.id)]))
        with self.assertRaises(AccessError):
            here.with_user(self.other_quality).action_print()

    def test_each_company_counts_from_one(self):
        self._receive(self.product)
        records = self._receive_there(batch="B1") + self._receive_there(batch="B2")
        self.assertEqual(records.mapped("number"), [1, 2])
        self.assertEqual(records[1].previous_seal, records[0].seal)

    def test_tampering_in_one_company_leaves_the_chain_of_the_other_whole(self):
        here, there = self._records(self._receive(self.product)), self._receive_there(batch="B1")
        self.env.flush_all()
        self.cr.execute("UPDATE cosmetics_inspection_record SET quantity = 1 WHERE id = %s", (there.id,))
        chains = self.env["cosmetics.inspection.chain"].search([("company_id", "in", (here + there).company_id.ids)])
        self.assertEqual(chains._verify().company_id, self.other)

    def test_record_moved_to_another_company_is_missed_here_and_strange_there(self):
        here, there = self._records(self._receive(self.product)), self._receive_there(batch="B1")
        self.env.flush_all()
        self.cr.execute("UPDATE cosmetics_inspection_record SET company_id = %s, number = 2 WHERE id = %s", (there.company_id.id, here.id))
        chains = self.env["cosmetics.inspection.chain"].search([("company_id", "in", (self.env.company + self.other).ids)])
        chains._verify()
        kinds = {chain.company_id: (chain.broken_number, chain.broken_kind) for chain in chains}
        self.assertEqual(kinds[self.other], (2, "surplus"))
        self.assertEqual(kinds[self.env.company][1], "missing")

    def test_job_tells_only_the_quality_managers_of_the_company(self):
        there = self._receive_there()
        self.env.flush_all()
        self.cr.execute("UPDATE cosmetics_inspection_record SET quantity = 1 WHERE id = %s", (there.id,))
        self.env["cosmetics.inspection.chain"]._cron_verify()
        told = self.env["mail.message"].search([("subject", "ilike", "tampered")]).partner_ids
        self.assertIn(self.other_quality.partner_id, told)
        self.assertNotIn(self.quality.partner_id, told)

    def test_licence_filed_in_one_company_does_not_serve_the_other(self):
        self.licence.company_id = self.env.company
        self.assertEqual(self._receive_there().missing, "Business Licence")
        self.assertEqual(self._records(self._receive(self.product)).state, "done")

    def test_each_company_has_its_own_minimum(self):
        self.env.company.receipt_min_days = 400
        short = {"expiration_on": date(2027, 3, 1)}
        there = self._receive_there(batch="B1", **short)
        self._receive(self.product, batch="A1", **short)
        self.assertEqual((there.lot_id.quality_state, self._lot(self.product).quality_state), ("released", "quarantine"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_receipt_of_another_company_opens_no_grid(self):
        picking = self._create_receipt((self.product, 2))
        with self.assertRaises(AccessError):
            picking.with_user(self.other_keeper).action_enter_batches()

    def test_state_of_a_paper_follows_the_days_of_its_own_company(self):
        self.other.supplier_paper_warning_days = 100
        both = {"kind": "other", "is_long_term": False, "expires_on": "2026-05-01"}
        here, there = self._create_paper(**both, company_id=self.env.company.id), self._create_paper(**both, company_id=self.other.id)
        papers = self.env["cosmetics.supplier.document"].with_context(allowed_company_ids=[self.env.company.id, self.other.id])
        self.assertEqual((here.state, there.state), ("valid", "expiring"))
        for state, expected in (("valid", here), ("expiring", there)):
            self.assertEqual(papers.search([("id", "in", (here + there).ids), ("state", "=", state)]), expected)
