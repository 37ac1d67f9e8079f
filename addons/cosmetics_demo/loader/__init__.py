"""Turns the plan of the demo company into records, part by part; each part builds on the ones before it."""

from odoo import fields

from ..plan import build
from . import (
    bank,
    books,
    channel_orders,
    channels,
    company,
    costing,
    counts,
    feedback,
    first_weeks,
    flows,
    members,
    papers,
    partners,
    products,
    sales_history,
    service,
    stock,
    stock_days,
    stores,
    supply,
    thresholds,
    users,
    vat,
    watch,
)
from .demo import Demo

PARTS = (
    company, users, partners, papers, stores, members, channels, products, costing, first_weeks, stock, thresholds, books, flows,
    bank, supply, counts, channel_orders, feedback, service, sales_history, watch, stock_days, vat,
)  # fmt: skip


def load(env):
    """Create what is missing of the demo company; nothing that exists is changed."""
    # Sample data: no mails, no log of field changes, texts in Chinese as people here would type them.
    env = env(context=dict(env.context, lang="zh_CN", tracking_disable=True, mail_create_nosubscribe=True, no_reset_password=True))
    demo = Demo(env, build(), fields.Date.context_today(env["res.users"]))
    for part in PARTS:
        part.load(demo)
    return demo
