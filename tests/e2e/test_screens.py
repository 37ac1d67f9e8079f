"""Every role finds its work on every screen size: tiles, menus, Chinese, no error, nothing cut off on a phone."""

import re

import pytest

# login → the apps on the home screen of that role, as the person reads them.
APPS = {
    "clerk": {"销售管理", "库存管理"},
    "manager": {"销售管理", "库存管理"},
    "warehouse": {"库存管理"},
    "quality": {"库存管理"},
    "buyer": {"库存管理"},
    "sales": {"销售管理"},
    "ecommerce": {"销售管理"},
    "member": {"会员管理"},
    # What members have paid ahead stands among the cards of the members, what stock is worth with the stock.
    "accountant": {"财务管理", "会员管理", "库存管理"},
    "service": {"会员管理"},
    "owner": {"库存管理", "销售管理", "会员管理", "财务管理"},
}
PHONE = (390, 844)
# Names that are English in Chinese software too.
ENGLISH_WORDS_ALLOWED = re.compile(r"^(POS|CSV|PDF|XLSX|RFM|Odoo|OdooBot|SMS|URL|ID|EAN|UoM|CRM|Excel|CNY|SPF|PA)$", re.I)


def tiles(client):
    """Return the names of the apps on the home screen."""
    return {item["name"] for item in menus(client)["root"]}


def menus(client):
    """Return {"root": [apps], "all": {id: menu}} as the web client gets them."""
    data = client.page.evaluate("async () => await (await fetch('/web/webclient/load_menus')).json()")
    everything = {int(key): menu for key, menu in data.items() if key != "root"}
    return {"root": [everything[child] for child in data["root"]["children"]], "all": everything}


@pytest.mark.parametrize("login", APPS)
def test_each_role_sees_its_apps_and_none_of_ours_it_must_not(sign_in, login):
    ours = set().union(*APPS.values())
    with sign_in(login) as client:
        assert tiles(client) & ours == APPS[login]


@pytest.mark.parametrize("login", ["warehouse", "clerk", "accountant", "owner"])
def test_on_a_phone_each_app_opens_and_nothing_sticks_out(sign_in, login):
    with sign_in(login, size=PHONE, phone=True) as client:
        for app in sorted(APPS[login]):
            menu = next(item for item in menus(client)["root"] if item["name"] == app)
            client.page.goto(f"{client.url}/odoo/action-{menu['actionID']}")
            client.page.wait_for_selector(".o_action_manager .o_control_panel")
            client.settle()
            width = client.page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE[0], f"{app} is {width} px wide"


def test_every_menu_of_the_owner_opens_in_chinese(sign_in):
    """Each leaf of our four apps opens without an error dialogue, under a Chinese name."""
    with sign_in("owner") as client:
        known = menus(client)
        leaves = [menu for menu in known["all"].values() if menu["actionID"] and not menu["children"] and ours(menu, known)]
        assert len(leaves) > 30
        for menu in leaves:
            assert re.search("[\u4e00-\u9fff]", menu["name"]) or ENGLISH_WORDS_ALLOWED.match(menu["name"]), menu
            opened = client.select_menu(menu["id"])
            assert client.errors() == [], menu["name"]
            assert opened, menu["name"]


def ours(menu, known):
    """True when the menu stands below one of our apps."""
    names = set().union(*APPS.values())
    return any(menu["appID"] == app["id"] for app in known["root"] if app["name"] in names)
