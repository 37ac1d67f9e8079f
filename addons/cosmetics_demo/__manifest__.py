{
    "name": "Cosmetics Demo Company",
    "summary": "A sample cosmetics seller in Xi'an",
    "version": "19.0.1.8.0",
    "category": "Cosmetics",
    "author": "Cosmetics ERP contributors",
    "license": "AGPL-3",
    "depends": [
        "cosmetics_suite",
    ],
    "external_dependencies": {"python": ["python-stdnum"]},
    "post_init_hook": "post_init_hook",
}
