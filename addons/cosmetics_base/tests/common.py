"""Factories of test data; apps and joins build on `CosmeticsCommon`."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user


class CosmeticsCommon(TransactionCase):
    """Makes brands, products, stores and users that pass every rule of the product master."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_introduction = cls.env.ref("cosmetics_base.lifecycle_stage_introduction")
        cls.stage_promotion = cls.env.ref("cosmetics_base.lifecycle_stage_promotion")
        cls.stage_sale = cls.env.ref("cosmetics_base.lifecycle_stage_sale")
        cls.stage_clearance = cls.env.ref("cosmetics_base.lifecycle_stage_clearance")
        cls.stage_delisted = cls.env.ref("cosmetics_base.lifecycle_stage_delisted")

    @classmethod
    def _create_brand(cls, name="Test Brand", **vals):
        """Return a new brand."""
        return cls.env["cosmetics.brand"].create({"name": name, **vals})

    @classmethod
    def _prepare_product_vals(cls, **vals):
        """Return the values of a product on sale, ordinary cosmetics unless `vals` give another `cosmetic_kind`."""
        of_kind = {
            "ordinary": {"registration_no": "陕G妆网备字2021000001"},
            "special": {
                "registration_no": "国妆特字20210001",
                "registration_expiry_on": fields.Date.today() + timedelta(days=1000),
                "efficacy_ids": [Command.set(cls.env.ref("cosmetics_base.efficacy_04").ids)],
            },
            "toothpaste": {"registration_no": "粤国牙膏网备字2023404589"},
        }
        return {
            "name": "Test Cream 50ml",
            "cosmetic_kind": "ordinary",
            "item_class": "full_size",
            "lifecycle_stage_id": cls.stage_sale.id,
            "spec": "50ml",
            "net_content": 50.0,
            "net_content_uom": "ml",
            "shelf_life_months": 36,
            "list_price": 100.0,
            **of_kind.get(vals.get("cosmetic_kind", "ordinary"), {}),
            **vals,
        }

    @classmethod
    def _create_product(cls, **vals):
        """Return a new product (product.product, one variant): ordinary cosmetics on sale unless `vals` say otherwise."""
        return cls.env["product.template"].create(cls._prepare_product_vals(**vals)).product_variant_id

    @classmethod
    def _create_store(cls, name="Test Shop", **vals):
        """Return a new store; the code is unique unless given."""
        count = cls.env["cosmetics.store"].with_context(active_test=False).search_count([])
        return cls.env["cosmetics.store"].create({"name": name, "code": f"TEST-{count + 1:03d}", **vals})

    @classmethod
    def _create_user(cls, login, *group_xmlids, **vals):
        """Return a new internal user who holds these groups, e.g. "cosmetics_base.group_master_data"."""
        groups = ",".join(("base.group_user", *group_xmlids))
        return new_test_user(cls.env, login=login, groups=groups, **vals)

    @classmethod
    def _assign_stores(cls, user, stores):
        """Make a user work in these stores and no others."""
        user.store_ids = [Command.set(stores.ids)]
