/** @odoo-module **/

import {Component, markup} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** Shows a statutory statement; an amount or a warning opens the journal items behind it. */
export class StatementField extends Component {
    static template = "cosmetics_finance.StatementField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get page() {
        // The server writes the page from the definition of the statement; nothing in it comes from a user's hand unescaped.
        return markup(this.props.record.data[this.props.name] || "");
    }

    async onClick(event) {
        const link = event.target.closest("a[data-row], a[data-warning]");
        if (!link) {
            return;
        }
        event.preventDefault();
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const {row, column, warning} = link.dataset;
        const opened = warning
            ? await this.orm.call(record.resModel, "action_open_warning", [[record.resId], warning])
            : await this.orm.call(record.resModel, "action_open_items", [[record.resId], row, Number(column)]);
        await this.action.doAction(opened);
    }
}

export const statementField = {
    component: StatementField,
    displayName: _t("Statutory Statement"),
    supportedTypes: ["html"],
};

registry.category("fields").add("cosmetics_statement", statementField);
