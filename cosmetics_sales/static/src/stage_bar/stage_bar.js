/** @odoo-module **/

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Shows how far an order has come: all steps in one line, readable on a phone. */
export class StageBar extends Component {
    static template = "cosmetics_sales.StageBar";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isCancelled() {
        return this.value === "cancelled";
    }

    get label() {
        const chosen = this.options.find(([key]) => key === this.value);
        return chosen ? chosen[1] : "";
    }

    get options() {
        return this.props.record.fields[this.props.name].selection;
    }

    get steps() {
        const options = this.options.filter(([key]) => key !== "cancelled");
        const reached = options.findIndex(([key]) => key === this.value);
        return options.map(([key, label], index) => ({
            key,
            label,
            isDone: index < reached,
            isCurrent: index === reached,
        }));
    }
}

export const stageBar = {
    component: StageBar,
    displayName: _t("Progress of an Order"),
    supportedTypes: ["selection"],
};

registry.category("fields").add("cosmetics_stage_bar", stageBar);
