import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from odoo.tests import tagged

from .common import ChromiumCommon, texts


@tagged("post_install", "-at_install")
class TestSecurity(ChromiumCommon):
    def start_server(self):
        """A web server on this machine that notes what it is asked for."""
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write("泄露".encode())

            def log_message(self, *args):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}", asked

    def test_no_request_leaves_the_page(self):
        address, asked = self.start_server()
        body = f"""
            <html><head>
                <link rel="stylesheet" href="{address}/style.css"/>
                <link rel="preconnect" href="{address}/preconnect"/>
                <link rel="prefetch" href="{address}/prefetch"/>
                <style>@font-face {{ font-family: F; src: url({address}/font.woff); }} p {{ font-family: F; }}</style>
            </head><body>
                <p style="background: url({address}/background.png)">正文</p>
                <img src="{address}/picture.png"/><iframe src="{address}/frame"></iframe>
                <object data="{address}/object"></object><embed src="{address}/embed"/>
                <script>fetch("{address}/script"); new WebSocket("{address.replace("http", "ws")}/socket");</script>
            </body></html>
        """
        text = "".join(texts(self.print_html(body)))
        self.assertIn("正文", text)
        self.assertNotIn("泄露", text)
        self.assertEqual(asked, [])

    def test_page_cannot_send_itself_elsewhere(self):
        address, asked = self.start_server()
        body = f'<html><head><meta http-equiv="refresh" content="0; url={address}/away"/></head><body><p>正文</p></body></html>'
        self.assertIn("正文", "".join(texts(self.print_html(body))))
        self.assertEqual(asked, [])

    def test_files_of_the_server_are_not_read(self):
        with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as secret:
            secret.write("<meta charset='utf-8'><p>服务器秘密</p>")
            secret.flush()
            url = f"file://{secret.name}"
            body = f'<p>正文</p><iframe src="{url}"></iframe><object data="{url}"></object><embed src="{url}"/>'
            text = "".join(texts(self.print_html(body)))
        self.assertIn("正文", text)
        self.assertNotIn("秘密", text)

    def test_scripts_in_a_document_do_not_run(self):
        body = "<p id='a'>原文</p><script>document.getElementById('a').textContent = '改写';</script>"
        self.assertEqual(texts(self.print_html(body)), ["原文"])

    def test_own_address_on_another_port_is_foreign(self):
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:8069")
        assets = self.env["report.chromium.asset"]
        path = "/web/static/img/placeholder.png"
        self.assertTrue(assets._get_asset(f"http://127.0.0.1:8069{path}", "http://127.0.0.1:8069"))
        self.assertIsNone(assets._get_asset(f"http://127.0.0.1:8070{path}", "http://127.0.0.1:8069"))
        self.assertIsNone(assets._get_asset(f"http://example.com{path}", "http://127.0.0.1:8069"))
        self.assertIsNone(assets._get_asset("file:///etc/hostname", "http://127.0.0.1:8069"))
