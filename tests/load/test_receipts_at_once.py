"""Several people confirm whole receipts at the same moment: every batch comes in, and the chain of their records is whole."""

from functools import partial

import pytest
from processes import call, run_together, transaction

KEEPERS = 4
RECEIPTS = 2
GROUPS = ("cosmetics_inventory.group_warehouse_keeper", "cosmetics_base.group_all_stores")


@pytest.fixture
def receipts(database):
    """Return {keeper: ids of receipts ready to confirm}, each with a batch of its own."""
    with transaction(database) as env:
        stage = env.ref("cosmetics_base.lifecycle_stage_sale")
        template = env["product.template"].create(
            {
                "name": "Load Receipt Cream", "cosmetic_kind": "ordinary", "item_class": "full_size", "lifecycle_stage_id": stage.id,
                "registration_no": "陕G妆网备字2021000002", "spec": "50ml", "net_content": 50, "net_content_uom": "ml",
                "shelf_life_months": 36, "is_storable": True, "list_price": 100,
            }
        )  # fmt: skip
        supplier = env["res.partner"].create(
            {"name": "Load Supplier", "is_company": True, "street": "1 Gaoxin Road", "city": "Xi'an", "phone": "029-1"}
        )
        env["cosmetics.supplier.document"].create({"partner_id": supplier.id, "kind": "business_licence", "is_long_term": True})
        house = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        groups = [(6, 0, [env.ref(group).id for group in GROUPS])]
        return {
            env["res.users"].create({"name": f"Receiver {number}", "login": f"receiver_{number}", "group_ids": groups}).id: [
                _receipt(env, house, supplier, template.product_variant_id, f"R{number}-{turn}") for turn in range(RECEIPTS)
            ]
            for number in range(KEEPERS)
        }


def _receipt(env, house, supplier, product, batch):
    """Return the id of a receipt whose batch is entered and which only has to be confirmed."""
    places = {"location_id": env.ref("stock.stock_location_suppliers").id, "location_dest_id": house.lot_stock_id.id}
    move = {"product_id": product.id, "product_uom_qty": 10, **places}
    picking = env["stock.picking"].create(
        {"picking_type_id": house.in_type_id.id, "partner_id": supplier.id, "move_ids": [(0, 0, move)], **places}
    )
    picking.action_confirm()
    picking.move_line_ids.write({"lot_name": batch, "expiration_on": "2099-12-31"})
    return picking.id


def receive(database, keeper, pickings, start):
    """Confirm receipts one after the other, all keepers beginning together; return what became of each."""
    start.wait()
    return [call(database, keeper, "stock.picking", "button_validate", [picking])[1] for picking in pickings]


def test_receipts_confirmed_at_once_complete_one_chain(database, receipts, record_property):
    """Who waited for the head of the chain starts over, whole receipt and all; nobody loses a record and no number twice."""
    told = run_together([partial(receive, database, keeper, pickings) for keeper, pickings in receipts.items()])
    pickings = [picking for own in receipts.values() for picking in own]
    refused = [sentence for sentences in told for sentence in sentences if sentence]
    record_property(
        "note", f"receipts at once: {len(pickings)} confirmed by {KEEPERS} keepers, {len(refused)} gave up after five conflicts"
    )
    assert not [sentence for sentence in refused if not sentence.startswith("conflict")], refused
    with transaction(database) as env:
        done = env["stock.picking"].browse(pickings).filtered(lambda picking: picking.state == "done")
        assert len(done) == len(pickings) - len(refused)
        assert len(done) >= KEEPERS, "most come through at once"
        records = done.inspection_record_ids.sorted("number")
        assert records.mapped("state") == ["done"] * len(done), records.mapped("missing")
        assert sorted(records.mapped("batch_no")) == sorted(done.move_line_ids.lot_id.mapped("name"))
        chain = env["cosmetics.inspection.chain"].search([("company_id", "=", env.company.id)])
        assert records.mapped("number") == list(range(chain.last_number - len(done) + 1, chain.last_number + 1))
        assert not chain._verify(), chain.broken_kind
        assert set(records.lot_id.mapped("quality_state")) == {"released"}
        assert sum(records.lot_id.mapped("product_qty")) == 10 * len(done)
