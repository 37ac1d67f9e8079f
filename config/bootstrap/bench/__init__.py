"""Benchmarks: always against bare Odoo or a smaller size in the same run; queries are judged first, times second."""
