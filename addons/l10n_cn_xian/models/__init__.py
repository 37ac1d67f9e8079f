from . import account_chart_template, account_move, account_tax
