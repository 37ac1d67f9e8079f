from . import ir_actions_report, report_chromium_asset
