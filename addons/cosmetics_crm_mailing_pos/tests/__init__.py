from . import test_coupons_of_sales, test_js
