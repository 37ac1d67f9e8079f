"""Wrong input on the real screens: one clear Chinese sentence for each, and nothing half-saved."""

import re

PRODUCT, CUSTOMER = "QTL001", "西安雁塔棠梨美妆店"
FILE_KEYS = ("cosmetics_demo.template_qtl001", "cosmetics_demo.template_qtl002")
# Field, wrong value, what the sentence must say: what is wrong, and an example or the way out.
PRODUCT_MISTAKES = [
    ("registration_no", "粤G妆网备字123", ("粤G妆网备字123", "备案", "例如")),
    ("barcode", "6999990000013", ("6999990000013", "6999990000012")),
    ("has_gold_shield", True, ("小金盾", "儿童化妆品")),
]
# Where the tab of the field is; the others stand on the first one.
TABS = {"registration_no": "化妆品", "has_gold_shield": "化妆品"}


def test_product_mistakes_are_named_and_nothing_is_saved(sign_in):
    fields = ["name", "write_date", *(name for name, _wrong, _says in PRODUCT_MISTAKES)]
    with sign_in("buyer") as buyer:
        product = find(buyer, "product.template", [["default_code", "=", PRODUCT]], fields)
        for name, wrong, says in PRODUCT_MISTAKES:
            open_record(buyer, "product.product_template_action_all", product["id"])
            # A right value beside the wrong one must not be saved either.
            buyer.fill("name", "改了一半的名字")
            if name in TABS:
                buyer.page.locator(".o_notebook .nav-link", has_text=TABS[name]).click()
            if wrong is True:
                buyer.field(name).locator("input").click()
            else:
                buyer.fill(name, wrong)
            refuse(buyer, says)
            discard(buyer)
            assert find(buyer, "product.template", [["id", "=", product["id"]]], fields) == product


def test_old_tax_number_of_a_customer(sign_in):
    with sign_in("sales") as sales:
        customer = find(sales, "res.partner", [["name", "=", CUSTOMER]], ["vat", "write_date"])
        open_record(sales, "contacts.action_contacts", customer["id"])
        sales.fill("vat", "610113789012345")
        refuse(sales, ("610113789012345", "15", "统一社会信用代码", "18"))
        assert find(sales, "res.partner", [["id", "=", customer["id"]]], ["vat", "write_date"]) == customer
        discard(sales)


def test_wrong_fapiao_number_of_an_invoice(sign_in):
    with sign_in("accountant") as accountant:
        invoice = find(accountant, "account.move", [["move_type", "=", "out_invoice"], ["state", "=", "posted"]], ["fapiao", "write_date"])
        open_record(accountant, "account.action_move_out_invoice_type", invoice["id"])
        accountant.fill("fapiao", "2661200000012")
        refuse(accountant, ("2661200000012", "发票号码", "20"))
        assert find(accountant, "account.move", [["id", "=", invoice["id"]]], ["fapiao", "write_date"]) == invoice
        discard(accountant)


def test_wrong_stages_in_a_file(sign_in):
    """The wizard offers no wrong stage, so a file brings it; the right line beside a wrong one is not taken either."""
    codes = [key.split("_")[-1].upper() for key in FILE_KEYS]
    fields = ["default_code", "lifecycle_stage_id", "write_date"]
    with sign_in("buyer") as buyer:
        products = buyer.search_read("product.template", [["default_code", "in", codes]], fields, order="default_code")
        assert {product["lifecycle_stage_id"][1] for product in products} == {"销售"}
        said = import_file(buyer, "product.product_template_action_all", table("清仓", "引入"))
        assert all(text in said for text in (codes[1], "销售", "引入")), said
        assert_chinese(said)
        said = import_file(buyer, "product.product_template_action_all", table("清仓", "热卖中"))
        assert "热卖中" in said, said
        assert_chinese(said)
        assert buyer.search_read("product.template", [["default_code", "in", codes]], fields, order="default_code") == products


def table(*stages):
    """Return a file that moves the two products."""
    return "\n".join(["id,lifecycle_stage_id", *(f"{key},{stage}" for key, stage in zip(FILE_KEYS, stages, strict=True))])


def find(client, model, domain, fields):
    """Return the first record found."""
    return client.search_read(model, domain, fields, limit=1, order="id")[0]


def open_record(client, action, record):
    """Open a record's form."""
    client.page.goto(f"{client.url}/odoo/action-{action}/{record}")
    client.page.wait_for_selector(".o_form_view .o_form_statusbar, .o_form_view .o_form_sheet")
    client.settle()


def refuse(client, says):
    """Save, and read one clear sentence in Chinese; close it."""
    client.page.locator(".o_form_button_save").first.click()
    dialog = client.dialog()
    sentence = dialog.locator(".modal-body").inner_text().strip()
    missing = [text for text in says if text not in sentence]
    assert not missing, sentence
    assert_chinese(sentence)
    assert "Traceback" not in sentence
    assert sentence.count("\n") == 0, sentence
    dialog.locator("footer button").first.click()
    client.page.wait_for_selector(".modal-dialog", state="detached")


def assert_chinese(sentence):
    """The sentence is Chinese: no run of English words."""
    assert re.search("[\u4e00-\u9fff]", sentence), sentence
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", sentence), sentence


def discard(client):
    """Throw the changes away, as the person would."""
    client.page.locator(".o_form_button_cancel").first.click()
    client.settle()


def import_file(client, action, content):
    """Import a table through the screen; return what it says about the test run."""
    client.page.goto(f"{client.url}/odoo/action-{action}")
    client.page.wait_for_selector(".o_control_panel")
    client.settle()
    client.page.locator(".o_cp_action_menus button").first.click()
    client.page.locator(".o-dropdown--menu .dropdown-item", has_text="导入").click()
    client.page.wait_for_selector(".o_import_action")
    client.settle()
    with client.page.expect_file_chooser() as chooser:
        client.page.get_by_role("button", name="上传数据文件").click()
    chooser.value.set_files({"name": "stages.csv", "mimeType": "text/csv", "buffer": content.encode()})
    client.page.wait_for_selector(".o_import_data_content")
    client.settle()
    client.page.get_by_role("button", name="导入", exact=True).click()
    client.page.wait_for_selector(".o_import_data_content .alert-danger")
    client.settle()
    return "\n".join(client.page.locator(".o_import_data_content .alert-danger").all_inner_texts())
