"""Measure the work with members once, inside Odoo's shell: the first night and one after it, then what people do. Settings: rounds."""

import gc
import json
import statistics
import time

from bootstrap.bench import shelf_life_shop

PAGE = {
    **{name: {} for name in ("name", "phone", "member_number", "member_tier_missing", "member_segment", "member_spend_window")},
    **{name: {} for name in ("consent_summary", "member_next_products", "member_order_count", "member_average_basket", "birthday")},
    "member_tier_id": {"fields": {"display_name": {}}},
    "member_purchase_ids": {
        "fields": {**{name: {} for name in ("date", "amount", "quantity", "origin_name")}, "product_id": {"fields": {"display_name": {}}}},
        "limit": 40,
    },
    "consent_ids": {"fields": {"given_at": {}, "purpose_id": {"fields": {"display_name": {}}}}, "limit": 40},
    "member_tier_move_ids": {"fields": {"day": {}, "kind": {}, "to_tier_id": {"fields": {"display_name": {}}}}, "limit": 40},
}  # fmt: skip
LIST = {name: {} for name in ("member_number", "name", "member_phone_masked", "member_segment", "member_last_purchase_on")}


def main(env, settings):
    """Print {what: [seconds, queries]} and what the runs found."""
    env = shelf_life_shop.as_admin(env)
    partners = env["res.partner"]
    changes = -env["cosmetics.member.tier.move"].search_count([])
    figures = {"night": timed(env, lambda: night(env))}
    changes += env["cosmetics.member.tier.move"].search_count([])
    env.cr.execute("ANALYZE cosmetics_member_figures, res_partner")
    figures["night again"] = timed(env, lambda: night(env))
    segment = [("is_member", "=", True), ("member_segment", "=", "champion")]
    busiest = env["cosmetics.member.figures"].search([], order="order_count desc", limit=1).partner_id
    work = {
        "segment": lambda: partners.search_count(segment),
        "page": lambda: partners.browse(busiest.id).web_read(PAGE),
        "tail": lambda: partners.web_search_read([("member_search", "ilike", "99999")], LIST, limit=80),
        "initials": lambda: partners.web_search_read([("member_search", "ilike", "abc")], LIST, limit=80),
        "list": lambda: partners.web_search_read([("is_member", "=", True)], LIST, limit=80, order="member_number desc"),
    }
    for what, function in {**work, **till_work(env, busiest)}.items():
        figures[what] = median(env, function, settings["rounds"])
    found = partners.search_count(segment)
    print("BENCH " + json.dumps({**figures, "changes": changes, "found": found, "megabytes": shelf_life_shop.megabytes()}))  # noqa: T201


def till_work(env, busiest):
    """Return {what: function} of what a clerk's till asks the server while somebody waits: found members come with their cards."""
    store = env["cosmetics.store"].create({"name": "Bench Shop", "code": "BENCH"})
    groups = [(6, 0, [env.ref(name).id for name in ("base.group_user", "cosmetics_sales_pos.group_shop_clerk")])]
    clerk = env["res.users"].create({"name": "Bench Clerk", "login": "bench_clerk", "group_ids": groups, "store_ids": [(6, 0, store.ids)]})
    till = env["pos.config"].create({"name": "Bench Till", "store_id": store.id})
    env.flush_all()
    # Pages and rights of the clerk, not of the administrator: record rules cost, too.
    partners = env["res.partner"].with_user(clerk)
    asked = {"till tail": "01234", "till card": "BENCH1234", "till name": "会员1234", "till initials": "abc"}
    found = {what: (lambda text=text: partners.find_till_members(till.id, text)) for what, text in asked.items()}
    for what, function in found.items():
        if not function()["res.partner"]:
            raise AssertionError(f"{what} finds nobody: nothing is measured")
    return {**found, "till member": lambda: partners.read_till_member(till.id, busiest.id)}


def night(env):
    """Run the nightly job as the scheduler does."""
    env.ref("cosmetics_crm.ir_cron_member_nightly").sudo().method_direct_trigger()
    env.cr.commit()  # the job has a transaction of its own; ours must begin anew to see what it wrote


def median(env, function, rounds):
    """Return [median of the seconds, queries of the first round]."""
    results = [timed(env, function) for _round in range(rounds)]
    return [statistics.median(seconds for seconds, _queries in results), results[0][1]]


def timed(env, function):
    """Return [seconds, queries] of one call without a warm cache."""
    gc.collect()
    env.invalidate_all()
    queries, began = env.cr.sql_log_count, time.perf_counter()
    function()
    return [time.perf_counter() - began, env.cr.sql_log_count - queries]
