"""Drive Odoo's web client as a person does: by what stands on the screen, in Chinese."""

import contextlib
import itertools
import os
from pathlib import Path

from playwright.sync_api import TimeoutError as NotShown

# Milliseconds: the till builds its assets at the first start, on a machine that may have other work.
TIMEOUT = 60_000
# Milliseconds after which choices that are not shown are opened again.
REOPEN = 10_000


class Client:
    """One person at a browser: a page, and the verbs of daily work.

    :param page: a Playwright page.
    :param url: the server's address.
    """

    _calls = itertools.count(1)

    def __init__(self, page, url):
        self.page = page
        self.url = url
        page.set_default_timeout(TIMEOUT)
        self._open = set()
        page.on("request", lambda request: self._open.add(request) if request.resource_type in ("xhr", "fetch") else None)
        page.on("requestfinished", lambda request: self._open.discard(request))
        page.on("requestfailed", lambda request: self._open.discard(request))

    # ------------------------------------------------------------------ getting around

    def login(self, login, password):
        """Sign in; Enter in the password field, because other forms may share the page."""
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_selector(".o_main_navbar")
        self.settle()

    def open_app(self, name):
        """Open an app by its tile."""
        if not self.page.locator(".o-app-menu-list:visible, .o_app:visible").count():
            self.page.locator(".o_grid_apps_menu__button, .o_navbar_apps_menu button").first.click()
        # The name stands in the bar as well, where it is hidden as long as the tiles are shown.
        self.page.locator(".o-app-menu-item, .o_app, a.dropdown-item", has_text=name).locator("visible=true").first.click()
        self.settle()

    def menu(self, *path):
        """Choose a menu entry of the open app, for example ``menu("作业", "收货")``."""
        for number, name in enumerate(path):
            scope = ".o_menu_sections" if number == 0 else ".o-dropdown--menu"
            self.page.locator(f"{scope} :is(a, button, .dropdown-item)", has_text=name).locator("visible=true").first.click()
        self.settle()

    def select_menu(self, menu_id):
        """Open a menu entry as the click on it does, wherever it stands; return whether something else is on the screen then.

        The page stays as it is, which takes a third of the time of loading it anew.
        """
        if self.page.locator(".modal-dialog").count():
            self.page.goto(f"{self.url}/odoo")
            self.page.wait_for_selector(".o_main_navbar")
        has_changed = self.page.evaluate(
            """async (id) => {
                const {action, menu} = odoo.__WOWL_DEBUG__.root.env.services;
                const before = action.currentController?.jsId;
                await menu.selectMenu(id);
                return action.currentController?.jsId !== before;
            }""",
            menu_id,
        )
        self.page.wait_for_selector(".o_action_manager > .o_action, .o_action_manager .o_form_view, .modal-dialog")
        self.settle()
        return has_changed or bool(self.page.locator(".modal-dialog").count())

    def settle(self):
        """Wait until the client has had no call under way for a moment (its websocket never rests, so "networkidle" never comes)."""
        quiet = 0
        for _tick in range(TIMEOUT // 50):
            self.page.wait_for_timeout(50)
            quiet = 0 if self._open or self.page.locator(".o_blockUI").count() else quiet + 1
            if quiet >= 4:
                return
        raise AssertionError(f"calls still under way: {[request.url for request in self._open]}")

    # ------------------------------------------------------------------ forms

    def new(self):
        """Click 新建."""
        self.page.locator(".o_control_panel .o_list_button_add, .o_control_panel .o-kanban-button-new, .o_form_button_create").locator(
            "visible=true"
        ).first.click()
        self.page.wait_for_selector(".o_form_view")
        self.settle()

    def save(self):
        """Save the record by hand; the client's own error dialogue stays visible when it fails."""
        self.page.locator(".o_form_button_save").first.click()
        self.page.wait_for_selector(
            ".o_form_saved, .o_form_button_save.d-none, .o_form_status_indicator_buttons.invisible", state="attached"
        )
        self.settle()

    def field(self, name, scope=None):
        """Return the widget of a field in the form, or in ``scope``."""
        return (scope or self.page).locator(f".o_field_widget[name='{name}']").locator("visible=true").first

    def fill(self, name, value, scope=None):
        """Type into a field."""
        box = self.field(name, scope).locator("input, textarea").first
        box.click()
        box.fill(str(value))
        box.press("Tab")

    def pick(self, name, text, scope=None):
        """Choose a record in a many2one field by typing what a person would."""
        box = self.field(name, scope).locator("input").first
        box.click()
        box.fill(text)
        self.page.locator(".o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item", has_text=text).first.click()
        self.settle()

    def choose(self, name, text, scope=None):
        """Choose a value of a selection field, whichever of its two ways the client shows."""
        box = self.field(name, scope)
        if box.locator("select").count():
            box.locator("select").select_option(label=text)
        else:
            choice = self.page.locator(".o_select_menu_item", has_text=text).first
            self._open_choices(box, choice)
            # On a phone the choices slide in from below, longer than the screen.
            choice.dispatch_event("click")
            self.page.locator(".o_select_menu_item").first.wait_for(state="detached")
        self.settle()

    def _open_choices(self, box, choice):
        """Open the choices of a selection field; a form that is drawn again, as what was typed before is worked in, closes them."""
        for _attempt in range(3):
            box.locator("input").first.click()
            # Choices that are shown at no time fail where they are chosen.
            with contextlib.suppress(NotShown):
                choice.wait_for(state="attached", timeout=REOPEN)
                return

    def edit_cell(self, row, name, value):
        """Type into a cell of an editable list."""
        row.locator(f"td[name='{name}']").first.click()
        box = row.locator(f"td[name='{name}'] input").first
        box.fill(str(value))
        box.press("Tab")
        self.settle()

    def edit_date(self, row, name, text):
        """Type a date into a cell of an editable list; it shows as text until one clicks it."""
        row.locator(f"td[name='{name}']").first.click()
        if row.locator(f"td[name='{name}'] input").count() == 0:
            row.locator(f"td[name='{name}'] button").first.click()
        box = row.locator(f"td[name='{name}'] input").first
        box.fill(text)
        box.press("Tab")
        self.settle()

    def search(self, text):
        """Type into the search bar of a list and press Enter."""
        box = self.page.locator(".o_searchview_input").locator("visible=true").first
        box.click()
        box.fill(text)
        proposals = self.page.locator(".o_searchview_autocomplete")
        proposals.wait_for()
        box.press("Enter")
        # What is proposed lies over the list until it is gone.
        proposals.wait_for(state="detached")
        self.settle()

    def click_button(self, text, scope=None):
        """Click a button by its Chinese text."""
        (scope or self.page).locator("button", has_text=text).locator("visible=true").first.click()
        self.settle()

    def dialog(self):
        """Return the dialogue on top."""
        self.page.wait_for_selector(".modal.o_technical_modal, .modal-dialog")
        return self.page.locator(".modal-dialog").last

    def record_id(self):
        """Return the id of the record on the screen, read from the address."""
        return int(self.page.url.rstrip("/").split("/")[-1].split("?")[0])

    # ------------------------------------------------------------------ facts

    def call(self, model, method, *args, **kwargs):
        """Call a method as the person who is signed in, with that person's rights, in Chinese; return its answer.

        :raises AssertionError: with the server's message when it refuses.
        """
        kwargs.setdefault("context", {"lang": "zh_CN", "tz": "Asia/Shanghai"})
        answer = self.page.evaluate(
            """async ([url, body]) => {
                const headers = {"Content-Type": "application/json"};
                const response = await fetch(url, {method: "POST", headers, body: JSON.stringify(body)});
                return await response.json();
            }""",
            [
                f"{self.url}/web/dataset/call_kw/{model}/{method}",
                {
                    "jsonrpc": "2.0", "id": next(self._calls), "method": "call",
                    "params": {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
                },
            ],
        )  # fmt: skip
        assert "error" not in answer, answer.get("error", {}).get("data", {}).get("message")
        return answer.get("result")  # a method that returns nothing answers without one

    def read(self, model, ids, fields):
        """Read fields of records as the person who is signed in."""
        return self.call(model, "read", ids, fields)

    def search_read(self, model, domain, fields, **kwargs):
        """Search as the person who is signed in."""
        return self.call(model, "search_read", domain, fields, **kwargs)

    def wait_for_record(self, model, domain):
        """Return the id of the one record, once the server's own scheduler has made it."""
        for _second in range(TIMEOUT // 1000):
            found = self.search_read(model, domain, ["id"])
            if found:
                return found[0]["id"]
            self.page.wait_for_timeout(1000)
        raise AssertionError(f"no {model} {domain}")

    def errors(self):
        """Return the texts of error dialogues and danger notifications on the screen."""
        return self.page.locator(".o_error_dialog, .o_notification_bar.bg-danger").all_inner_texts()


def picture(name):
    """Return where the picture of a screen is kept."""
    folder = Path(os.environ["ERP_PICTURES"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.png"


@contextlib.contextmanager
def person(browser, url, login, password, size=(1366, 900), phone=False):
    """Give a signed-in person a fresh browser context in Chinese; keep what went wrong on the console."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai", is_mobile=phone, has_touch=phone
    )
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    client = Client(page, url)
    client.problems = problems
    try:
        client.login(login, password)
        yield client
    finally:
        context.close()
