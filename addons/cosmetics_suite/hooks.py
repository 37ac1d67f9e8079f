"""What happens once, when the suite is installed."""

# The name under the icon when a phone installs the web client as an app; stored data, not a term,
# so it cannot follow the language of the reader. The users of the suite read Chinese.
WEB_APP_NAME = "美妆管理"


def post_init_hook(env):
    """Name the installable web app, unless somebody has named it before."""
    parameters = env["ir.config_parameter"]
    if not parameters.get_param("web.web_app_name"):
        parameters.set_param("web.web_app_name", WEB_APP_NAME)
