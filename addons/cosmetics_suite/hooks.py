"""What happens once, when the suite is installed."""

from .names import name_records

# The name under the icon when a phone installs the web client as an app; stored data, not a term,
# so it cannot follow the language of the reader. The users of the suite read Chinese.
WEB_APP_NAME = "美妆管理"

LANG = "zh_CN"
SUNDAY, MONDAY = "7", "1"


def post_init_hook(env):
    """Name what has one name for all languages, unless somebody has named it before; keep the chat robot and the text messages quiet."""
    parameters = env["ir.config_parameter"]
    if not parameters.get_param("web.web_app_name"):
        parameters.set_param("web.web_app_name", WEB_APP_NAME)
    if "odoobot_state" in env["res.users"]._fields:
        # Its greeting opens a chat that covers the whole screen of a phone on the first day of work.
        env["ir.default"].set("res.users", "odoobot_state", "disabled")
        env["res.users"].search([("odoobot_state", "in", (False, "not_initialized"))]).odoobot_state = "disabled"
    # Odoo switches text messages on delivery on by itself, and asks the keeper about it in the middle of the first
    # delivery; they go through a paid service abroad that does not reach Chinese phones.
    env["res.company"].search([("stock_text_confirmation", "=", True)]).stock_text_confirmation = False
    if env["res.lang"]._lang_get(LANG):
        name_records(env, LANG)
        start_week_on_monday(env)


def start_week_on_monday(env):
    """Begin the week of Chinese calendars on Monday, as in China (GB/T 7408); core begins it on Sunday in every language."""
    env["res.lang"].search([("code", "=", LANG), ("week_start", "=", SUNDAY)]).week_start = MONDAY
