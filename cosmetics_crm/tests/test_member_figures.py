"""Figures and segments: one row a member, made anew by one statement."""

import doctest

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.addons.cosmetics_base.tools import pinyin
from odoo.addons.cosmetics_crm.tools import days, mask, next_product, rfm, tiers
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_members import MemberCommon

TODAY = "2026-11-28 04:00:00"


@tagged("post_install", "-at_install")
class TestMemberTools(MemberCommon):
    def test_examples_of_the_tools(self):
        for module in (days, mask, next_product, pinyin, rfm, tiers):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, module.__name__)
            self.assertEqual(result.failed, 0, module.__name__)

    @settings(max_examples=50, deadline=None)
    @given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(0, 4))
    def test_a_segment_never_gets_worse_by_a_later_purchase(self, recency, frequency, money, gain):
        rank = ["lost", "sleeping", "at_risk", "promising", "new", "big_spender", "loyal", "champion"]
        worse = rfm.segment(recency, frequency, money)
        better = rfm.segment(min(5, recency + gain), frequency, money)
        if worse in ("champion", "loyal"):
            self.assertGreaterEqual(rank.index(better), rank.index("loyal"))
        self.assertIn(better, rank)

    def test_every_segment_of_the_rules_can_be_shown(self):
        shown = dict(self.env["cosmetics.member.figures"]._fields["segment"].selection)
        self.assertEqual({*shown}, {*(rule.segment for rule in rfm.RULES), rfm.NO_PURCHASE})


@tagged("post_install", "-at_install")
class TestMemberFigures(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.member = cls._create_member()

    def _rebuild(self):
        self.env["cosmetics.member.figures"]._rebuild()
        return self.member.with_user(self.manager).member_figures_ids

    def test_who_bought_nothing_has_a_row_and_no_scores(self):
        self._buy((self._create_member(), "2026-01-01 03:00:00", 5))
        figures = self._rebuild()
        self.assertEqual((figures.order_count, figures.spend_total, figures.segment), (0, 0, "none"))
        self.assertFalse(figures.recency_score or figures.last_purchase_on)

    def test_counts_sums_and_days_are_those_of_the_shop(self):
        self._buy(
            (self.member, "2025-11-28 15:59:59", 100),  # the day before the window begins in Xi'an
            (self.member, "2025-11-28 16:00:00", 200),
            (self.member, "2026-11-27 16:30:00", 300),  # the 28th in Xi'an
        )
        figures = self._rebuild()
        self.assertEqual((figures.order_count, figures.order_count_window), (3, 2))
        self.assertEqual((figures.spend_total, figures.spend_window, figures.average_basket), (600, 500, 200))
        self.assertEqual(figures.first_purchase_on.isoformat(), "2025-11-28")
        self.assertEqual(figures.last_purchase_on.isoformat(), "2026-11-28")

    def test_the_window_is_the_one_of_the_tiers(self):
        self._buy((self.member, "2025-11-28 15:59:59", 100), (self.member, "2025-11-28 16:00:00", 200))
        spends = self.member._get_member_spends(self.env["res.partner"]._fields["member_since"].today())
        self.assertEqual(self._rebuild().spend_window, spends[self.member.id])

    def test_a_run_again_changes_the_row_and_adds_none(self):
        self._buy((self.member, "2026-11-01 03:00:00", 100))
        self._rebuild()
        self._buy((self.member, "2026-11-02 03:00:00", 50))
        figures = self._rebuild()
        self.assertEqual((len(figures), figures.spend_total), (1, 150))

    def test_the_scores_compare_with_all_buyers_and_equal_ones_are_equal(self):
        members = self.env["res.partner"].browse([self._create_member(f"会员{number}").id for number in range(10)])
        for number, member in enumerate(members):
            self._buy(*[(member, f"2026-{number + 1:02d}-01 03:00:00", 100)] * (number // 2 + 1))
        self._rebuild()
        figures = members.with_user(self.manager).member_figures_ids
        self.assertEqual(figures.mapped("recency_score"), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
        self.assertEqual([row.frequency_score for row in figures[::2]], [row.frequency_score for row in figures[1::2]])
        for row in figures:
            self.assertEqual(row.segment, rfm.segment(row.recency_score, row.frequency_score, row.money_score))
        self.assertEqual(figures[-1].segment, "champion")

    def test_buyers_who_all_bought_once_on_the_same_day_are_new_and_not_lost(self):
        for member in (self.member, self._create_member(), self._create_member()):
            self._buy((member, "2026-11-27 03:00:00", 100))
        self.assertEqual(self._rebuild().segment, "new")

    def test_the_figures_of_one_member_can_be_made_alone(self):
        other = self._create_member()
        self._buy((self.member, "2026-11-01 03:00:00", 100), (other, "2026-11-01 03:00:00", 100))
        self.env["cosmetics.member.figures"]._rebuild(self.member)
        self.assertEqual(self.member.with_user(self.manager).member_spend_total, 100)
        self.assertFalse(other.with_user(self.manager).member_figures_ids)

    def test_members_of_a_segment_can_be_searched_and_counted(self):
        self._buy((self.member, "2026-11-01 03:00:00", 100))
        self._rebuild()
        segment = self.member.with_user(self.manager).member_segment
        found = self.env["res.partner"].with_user(self.manager).search([("is_member", "=", True), ("member_segment", "=", segment)])
        self.assertIn(self.member, found)

    def test_a_contact_who_is_no_member_has_no_figures(self):
        contact = self.env["res.partner"].create({"name": "Walk-in"})
        self._buy((contact, "2026-11-01 03:00:00", 100))
        self._rebuild()
        self.assertFalse(self.env["cosmetics.member.figures"].search([("partner_id", "=", contact.id)]))

    def test_the_nightly_run_makes_figures_and_lifts(self):
        self._buy((self.member, "2026-11-01 03:00:00", 1000))
        cron = self.env.ref("cosmetics_crm.ir_cron_member_nightly")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.member.member_tier_id, self.silver)
        self.assertEqual(self.member.with_user(self.manager).member_spend_window, 1000)

    # ------------------------------------------------------------------ purchases
    def test_purchases_of_a_member_are_one_list_over_all_sources(self):
        self._buy((self.member, "2026-11-01 03:00:00", 100), (self.member, "2026-11-02 03:00:00", 50, None, None, "pos"))
        purchases = self.member.with_user(self.manager).member_purchase_ids
        self.assertEqual(purchases.mapped("amount"), [50, 100])
        self.assertEqual(purchases.mapped("source"), ["pos", "sale"])

    def test_rows_of_several_pieces_have_ids_of_their_own(self):
        self._buy((self.member, "2026-11-01 03:00:00", 100))
        piece = self._purchase_rows()
        self.patch(type(self.env["cosmetics.member.purchase"]), "_get_purchase_queries", lambda records: [piece, piece])
        self.env.invalidate_all()
        self.assertEqual(len(set(self.member.with_user(self.manager).member_purchase_ids.ids)), 2)

    def test_rows_asked_for_by_their_ids_are_looked_up_in_their_own_documents_alone(self):
        """Else the page of one member would read the documents of all: 5 s instead of a tenth at a million orders."""
        model = self.env["cosmetics.member.purchase"].with_user(self.manager)
        self._buy((self.member, "2026-11-01 03:00:00", 100))
        piece = self._purchase_rows()
        self.patch(type(model), "_get_purchase_queries", lambda records: [piece, piece])
        self.env.invalidate_all()
        first, second = self.member.with_user(self.manager).member_purchase_ids
        model.invalidate_model()
        self.assertEqual((first.amount, second.amount), (100, 100))
        self.assertEqual(model.search([("id", "in", [first.id])]), first)
        self.assertEqual(
            first.search([("partner_id", "=", self.member.id)]), first + second, "of a search the records it is called on say nothing"
        )
        self.assertEqual(len(str(first._table_query).split("UNION ALL")), 1)
        self.assertIn("q.id = ANY", first._table_query.code)
        self.assertNotIn("q.id = ANY", model._table_query.code)

    def test_an_adviser_sees_purchases_of_own_members_alone(self):
        other = self._create_member(member_store_id=self.other_store.id)
        self._buy((self.member, "2026-11-01 03:00:00", 100), (other, "2026-11-01 03:00:00", 100))
        seen = self.env["cosmetics.member.purchase"].with_user(self.adviser).search([("partner_id", "in", (self.member + other).ids)])
        self.assertEqual(seen.partner_id, self.member)

    def test_purchases_of_another_company_are_closed(self):
        self._buy((self.member, "2026-11-01 03:00:00", 100))
        company = self.env["res.company"].create({"name": "Test Other Company"})
        stranger = self._create_user("test_stranger", "cosmetics_crm.group_member_manager", company_id=company.id, company_ids=company.ids)
        self.assertFalse(self.env["cosmetics.member.purchase"].with_user(stranger).search([("partner_id", "=", self.member.id)]))

    def test_a_colleague_without_a_role_reads_no_purchases_and_no_figures(self):
        user = self._create_user("test_nobody")
        for model in ("cosmetics.member.purchase", "cosmetics.member.figures", "cosmetics.consent", "cosmetics.member.tier.move"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(user).search_count([])
        with self.assertRaises(AccessError):
            self.member.with_user(user).read(["birthday"])
