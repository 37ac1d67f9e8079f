"""A robot in a group chat, and what it tells."""

import time
from datetime import timedelta

import requests
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import chat_robot

HOSTS = {"wecom": "https://qyapi.weixin.qq.com", "dingtalk": "https://oapi.dingtalk.com"}
TIMEOUT = 10
# What both services allow a robot; DingTalk makes one that is too fast rest for ten minutes.
PER_MINUTE = 20
REST = timedelta(minutes=10)
TOPICS = [("stock_alert", "Stock Alerts"), ("late_order", "Overdue Orders")]
SYSTEM = "base.group_system"


class CosmeticsNotifyChannel(models.Model):
    """A group robot of WeCom or DingTalk."""

    _name = "cosmetics.notify.channel"
    _description = "Group Chat"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(string="Group", required=True)
    provider = fields.Selection([("wecom", "WeCom"), ("dingtalk", "DingTalk")], required=True, default="wecom")
    key = fields.Char(string="Address or Key", required=True, copy=False, groups=SYSTEM, help="As the robot shows it when it is added.")
    secret = fields.Char(copy=False, groups=SYSTEM, help="Of a DingTalk robot with signature (加签), e.g. SEC…")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_ids = fields.Many2many("stock.warehouse", string="Warehouses", check_company=True, help="Empty: all of the company.")
    tells_stock_alerts = fields.Boolean(string="Stock Alerts", default=True)
    tells_late_orders = fields.Boolean(string="Overdue Orders", default=True)
    rests_until = fields.Datetime(readonly=True, copy=False)
    active = fields.Boolean(default=True)
    message_ids = fields.One2many("cosmetics.notify.message", "channel_id", string="Messages", readonly=True)

    @api.constrains("provider", "key", "secret")
    def _check_key(self):
        for channel in self.sudo():  # sudo: the check reads the key, whoever changes the rest
            if not channel._get_key():
                raise ValidationError(
                    self.env._("There is no key in this address. Copy the whole address of the robot, e.g. %s", channel._get_example())
                )
            if channel.provider == "dingtalk" and not channel.secret:
                raise ValidationError(self.env._("Enter the secret: choose “signature” (加签) as the security of the DingTalk robot."))

    def action_test(self):
        """Send a word at once, and say what the service answers."""
        self.check_access("write")
        for channel in self:
            answer = channel.sudo()._send(self.env._("Test"), [self.env._("This group gets messages of %s.", channel.company_id.name)])
            if not answer.is_sent:
                raise UserError(self.env._("The service refuses the message: %s", answer.error))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("Sent. Look into the group.")},
        }

    @api.model
    def _notify(self, topic, warehouse, title, lines):
        """Queue a text for every robot that tells the topic for a warehouse; return the messages.

        :param str topic: "stock_alert" or "late_order"
        :param list lines: texts, one a line
        """
        field = {"stock_alert": "tells_stock_alerts", "late_order": "tells_late_orders"}[topic]
        # sudo: whoever makes the news need not know the robots
        channels = self.sudo().search([("company_id", "=", warehouse.company_id.id), (field, "=", True)])
        wanted = channels.filtered(lambda channel: not channel.warehouse_ids or warehouse in channel.warehouse_ids)
        messages = self.env["cosmetics.notify.message"].sudo()
        return messages.create([{"channel_id": channel.id, "topic": topic, "title": title, "text": "\n".join(lines)} for channel in wanted])

    def _send(self, title, lines):
        """Post a text to the robot; return the :class:`tools.chat_robot.Answer`."""
        self.ensure_one()
        url, params, body, codes = self._prepare_call(title, lines)
        try:
            response = requests.post(url, params=params, json=body, timeout=TIMEOUT, allow_redirects=False)
            content = response.json()
        except requests.JSONDecodeError:
            content = None
        except requests.RequestException as error:
            return chat_robot.Answer(False, error=type(error).__name__)  # never its text: the key is in the address
        return chat_robot.read_answer(response.status_code, content, *codes)

    def _prepare_call(self, title, lines):
        """Return (address, parameters, body, codes of answers) of a call."""
        host, key = HOSTS[self.provider], self._get_key()
        if self.provider == "wecom":
            codes = chat_robot.WECOM_TOO_FAST, chat_robot.WECOM_WRONG
            return f"{host}/cgi-bin/webhook/send", {"key": key}, chat_robot.wecom_body(title, lines), codes
        moment = int(time.time() * 1000)
        # The signature is quoted already; requests would do it a second time.
        url = f"{host}/robot/send?timestamp={moment}&sign={chat_robot.sign(moment, self.secret.strip())}"
        codes = chat_robot.DINGTALK_TOO_FAST, chat_robot.DINGTALK_WRONG
        return url, {"access_token": key}, chat_robot.dingtalk_body(title, lines), codes

    def _get_key(self):
        return chat_robot.key_of(self.key, "key" if self.provider == "wecom" else "access_token")

    def _get_example(self):
        return f"{HOSTS[self.provider]}/" + ("cgi-bin/webhook/send?key=…" if self.provider == "wecom" else "robot/send?access_token=…")
