"""Headless Chromium as a printer: plain Python, no Odoo in here.

``process`` finds Chromium and keeps one of it alive, ``devtools`` talks to it, ``printer`` turns HTML into PDF,
``paper`` computes sizes, ``furniture`` writes the headers and footers of all pages, ``stamping`` puts everything into one file.
"""
