from . import cosmetics_expense_refuse
