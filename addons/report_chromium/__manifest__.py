{
    "name": "PDF with Chromium",
    "summary": "Reports as PDF printed by headless Chromium",
    "version": "19.0.1.3.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "web",
    ],
    "external_dependencies": {
        "python": ["pypdf", "websocket-client"],
    },
    "data": [
        "data/ir_config_parameter.xml",
        "views/report_templates.xml",
    ],
    "assets": {
        "web.report_assets_common": [
            "report_chromium/static/src/scss/report.scss",
        ],
        "web.assets_backend": [
            "report_chromium/static/src/js/report_handler.js",
        ],
    },
    "post_init_hook": "refresh_report_styles",
}
