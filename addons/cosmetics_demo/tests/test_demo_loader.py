from collections import defaultdict

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .. import loader
from ..loader import demo as loader_demo
from ..loader.channel_orders import FILES
from ..loader.first_weeks import WALK_INS, own_weeks, split
from ..loader.partners import PRICELISTS, TAGS
from ..loader.products import ROOTS
from ..loader.sales_history import sold_by_week
from ..loader.stock import opening_ref
from ..loader.stores import BANKS, METHODS
from ..loader.thresholds import BEST_SELLERS
from ..loader.vat import months_over
from ..plan.channel_orders import UNKNOWN_CODE
from ..plan.feedback import ANSWERS, NOTES
from ..plan.stock import all_opening, gone_batch
from ..plan.supply import CEILINGS, CONTRACTS, COUNTS, EVALUATIONS, FREIGHT
from .test_demo_company import DemoCase

RECEIVED = ("received", "billed", "paid")
# What somebody may have changed by hand: kind, reference, field, value.
CHANGES = (
    ("template", "qtl001", "list_price", 88.0),
    ("member", "m001", "street", "新家1号"),
    ("customer", "c01", "credit_limit", 1234.0),
    ("supplier", "wt", "street", "新地址1号"),
    ("store", "gaoxin", "name", "高新二店"),
    ("team", "wholesale", "name", "批发二部"),
    ("series", "qtl_1", "name", "改名系列"),
    ("till", "gaoxin", "name", "二号收银台"),
    ("pricelist", "a", "name", "老客户价"),
    ("user", "buyer", "name", "顾新名"),
    ("batch", "qtl001_a", "ref", "外箱破损"),
    ("sale", "w01", "client_order_ref", "客户单号9"),
)


@tagged("post_install", "-at_install")
class TestDemoLoader(DemoCase):
    def _named(self):
        """Return {external id: (model, record id)} of everything the loader has named."""
        data = self.env["ir.model.data"].search([("module", "=", loader_demo.MODULE)])
        return {line.name: (line.model, line.res_id) for line in data}

    def _expected(self):
        """Return {kind: references} of all that the plan asks for."""
        plan, kinds = self.plan, defaultdict(set)
        tables = {"supplier": "suppliers", "customer": "customers", "member": "members", "place": "stores", "store": "stores"}
        tables |= {"brand": "brands", "template": "products", "product": "products", "batch": "batches"}
        tables |= {"purchase": "purchases", "sale": "sales"}
        for kind, key in tables.items():
            kinds[kind] = {row["ref"] for row in plan[key]}
        kinds["batch"] |= {row["ref"] for row in plan["aged"]}
        shops = {row["ref"] for row in plan["stores"] if row["kind"] == "shop"}
        cash = {f"cash_{ref}" for ref in shops}
        kinds["supplier"].add(plan["foreign_registrant"]["ref"])
        kinds["user"] = kinds["employee"] = {row["login"] for row in plan["users"]}
        kinds["contact"] = {f"{kind}_{ref}" for kind in ("supplier", "customer") for ref in {row["ref"] for row in plan[kind + "s"]}}
        kinds["series"] = {f"{row['ref']}_{at}" for row in plan["brands"] for at, _name in enumerate(row["series"], start=1)}
        kinds |= {"tag": set(TAGS), "pricelist": set(PRICELISTS), "till_category": set(ROOTS)}
        kinds |= {"till": shops, "warehouse": {"central", *shops}, "team": {"wholesale", "online", *shops}}
        kinds |= {"journal": cash | set(BANKS), "payment_method": cash | set(METHODS)}
        kinds["opening"] = {opening_ref(line) for line in all_opening(plan)}
        received = [row for row in plan["purchases"] if row["state"] in RECEIVED]
        kinds["batch"] |= {line["batch"]["ref"] for row in received for line in row["lines"] if "batch" in line}
        kinds["paper"] = {f"business_{row['ref']}" for row in plan["suppliers"]}
        kinds["paper"] |= {f"production_{row['ref']}" for row in plan["suppliers"] if row["licence"]}
        kinds["bill"] = {row["ref"] for row in plan["purchases"] if row["state"] in ("billed", "paid")}
        kinds["invoice"] = {row["ref"] for row in plan["sales"] if row["state"] in ("invoiced", "paid")}
        kinds["channel"] = {row["ref"] for row in plan["channels"]}
        kinds["order_import"] = set(FILES)
        known = [row for row in plan["channel_orders"] if all(line["code"] != UNKNOWN_CODE for line in row["lines"])]
        kinds["channel_order"] = {row["number"] for row in known}
        kinds["threshold"] = shops | {f"{shop}_{ref}" for shop in shops for ref in BEST_SELLERS}
        kinds["case"] = {row["ref"] for row in plan["service_cases"]}
        kinds["sales_history"] = {"all"}
        kinds["feedback"] = {row["ref"] for row in NOTES}
        kinds |= {"survey_invitation": {row["ref"] for row in ANSWERS}, "survey_rule": {"till"}, "sms_template": {"survey"}}
        kinds |= {"contract": {row["ref"] for row in CONTRACTS}, "ceiling": set(CEILINGS), "evaluation": set(EVALUATIONS)}
        kinds |= {"freight": {FREIGHT["purchase"]}, "count": {row["ref"] for row in COUNTS}}
        self._expect_first_weeks(kinds)
        return kinds | {"bank_account": {"own"}, "bank_import": {"past", "today"}}

    def _expect_first_weeks(self, kinds):
        """Add what the first weeks in this system sold, and what the books hold of the goods."""
        lives = {row["ref"]: row for row in self.plan["products"] if row["shelf_life_months"]}
        for place, rows in sold_by_week(self._get_demo()).items():
            for week, lines in own_weeks(rows).items():
                kinds["first_sale"] |= {f"{place}_{week}_{number}" for number, _basket in enumerate(split(lines), start=1)}
                kinds["batch"] |= {gone_batch(lives[row["product"]])["ref"] for row, _units in lines if row["product"] in lives}
        kinds["walk_in"] = set(WALK_INS)
        kinds["entry"] = {"capital", "goods", "stock_closing"}
        kinds["vat_declaration"] = {f"{first:%Y_%m}" for first in months_over(self._get_demo())}

    def test_everything_of_the_plan_has_its_external_id_and_nothing_else_has(self):
        expected = {f"{kind}_{ref}" for kind, refs in self._expected().items() for ref in refs}
        self.assertEqual(set(self._named()), expected)

    def test_external_ids_lead_to_records_that_updates_leave_alone(self):
        data = self.env["ir.model.data"].search([("module", "=", loader_demo.MODULE)])
        self.assertTrue(all(data.mapped("noupdate")))
        ids = defaultdict(list)
        for line in data:
            ids[line.model].append(line.res_id)
        for model, wanted in ids.items():
            self.assertEqual(len(wanted), len(set(wanted)), f"{model}: two names for one record")
            self.assertEqual(len(self.env[model].browse(wanted).exists()), len(wanted), model)

    def test_each_part_run_again_makes_no_record(self):
        demo, before = self._get_demo(), self._named()
        for part in loader.PARTS:
            part.load(demo)
            self.assertEqual(self._named(), before, part.__name__)

    def test_what_people_changed_stays_changed(self):
        for kind, ref, field, value in CHANGES:
            self._find(kind, ref)[field] = value
        loader.load(self.env)
        for kind, ref, field, value in CHANGES:
            self.assertEqual(self._find(kind, ref)[field], value, f"{kind}_{ref}")

    def test_what_was_deleted_comes_back_and_its_neighbours_stay(self):
        before = self._named()
        # A member is not deleted but closed, so it is a contact that goes.
        gone = {
            "contact_supplier_qtl": self._find("contact", "supplier_qtl"),
            "contact_customer_c03": self._find("contact", "customer_c03"),
        }
        gone["sale_w01"] = self._find("sale", "w01")
        for record in gone.values():
            record.unlink()
        loader.load(self.env)
        after = self._named()
        self.assertEqual(set(after), set(before))
        self.assertEqual({name for name in before if before[name] != after[name]}, set(gone))

    def test_stores_are_run_by_whom_the_plan_says(self):
        for user in self.plan["users"]:
            for ref in user["manages"]:
                self.assertEqual(self._find("store", ref).manager_id.login, user["login"], ref)

    def test_addresses_carry_district_zone_and_post_code(self):
        for kind, key in (("customer", "customers"), ("member", "members"), ("place", "stores")):
            for row in self.plan[key]:
                partner = self._find(kind, row["ref"])
                self.assertEqual(partner.district_id.name, row["district"], row["name"])
                self.assertEqual(partner.zip, partner.district_id.zip, row["name"])
                self.assertEqual(bool(partner.development_zone), bool(row.get("zone")), row["name"])

    def test_a_company_with_books_of_another_country_is_refused(self):
        self.company.vat = False
        self.company.chart_template = False
        with self.assertRaisesRegex(LookupError, "Chinese chart “cn”"):
            loader.company.load(self._get_demo())

    def test_a_second_product_with_the_same_bar_code_is_refused(self):
        product = self._find("product", "qtl001")
        with self.assertRaises(ValidationError):
            self.env["product.product"].create({"name": "另一个", "barcode": product.barcode})
