def refresh_report_styles(env):
    """Write the companies' report style again, so that it names the Chinese fonts from the first print on."""
    env["res.company"]._update_asset_style()
