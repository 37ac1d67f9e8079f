"""The service cases of the demo company."""

from odoo.tests import TransactionCase, tagged

from ..plan import service


@tagged("post_install", "-at_install")
class TestDemoService(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env.ref("cosmetics_demo.user_service")
        cls.cases = {row["ref"]: cls.env.ref(f"cosmetics_demo.case_{row['ref']}") for row in service.cases()}

    def test_service_sees_a_case_of_each_kind(self):
        seen = self.env["helpdesk.ticket"].with_user(self.agent).search([("id", "in", [case.id for case in self.cases.values()])])
        self.assertEqual(len(seen), len(self.cases))
        self.assertEqual(len(seen.category_id), 3)

    def test_every_case_has_a_team_and_times(self):
        for ref, case in self.cases.items():
            self.assertTrue(case.team_id, ref)
            self.assertEqual(len(case.ticket_sla_ids), 2, ref)

    def test_allergy_is_kept_with_a_consent_and_hidden_from_advisers(self):
        case = self.cases["s03"]
        self.assertTrue(case.is_health and case.has_health_consent)
        self.assertFalse(self.env["helpdesk.ticket"].with_user(self.env.ref("cosmetics_demo.user_adviser")).search([("id", "=", case.id)]))

    def test_case_that_is_over_has_an_outcome(self):
        self.assertTrue(self.cases["s04"].closed and self.cases["s04"].outcome_id)
