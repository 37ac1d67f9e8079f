import {_t} from "@web/core/l10n/translation";
import {downloadReport} from "@web/webclient/actions/reports/utils";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

/**
 * Say what is missing before the web client falls back to showing the report as a web page: its own sentences speak of
 * another engine.
 *
 * @param {Object} action the report action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<Boolean>} false: the web client goes on
 */
async function explainMissingChromium(action, options, env) {
    if (action.report_type !== "qweb-pdf") {
        return false;
    }
    // The web client asks once and keeps the answer here.
    downloadReport.wkhtmltopdfStatusProm ||= rpc("/report/check_wkhtmltopdf");
    if ((await downloadReport.wkhtmltopdfStatusProm) === "chromium_missing") {
        env.services.notification.add(
            _t(
                "There is no Chromium browser on the server, so the document is shown as a web page. Ask the administrator to install it, for example with “apt install chromium fonts-noto-cjk”."
            ),
            {sticky: true, title: _t("Report")}
        );
    }
    return false;
}

registry.category("ir.actions.report handlers").add("report_chromium", explainMissingChromium);
