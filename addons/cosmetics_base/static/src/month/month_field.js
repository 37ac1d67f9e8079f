import {DateTimeField, dateField} from "@web/views/fields/datetime/datetime_field";
import {registry} from "@web/core/registry";

/** Shows a date that stands for its month as a year and a month. */
export class MonthField extends DateTimeField {
    /** @override */
    getFormattedValue(valueIndex) {
        const day = this.values[valueIndex];
        return day ? day.toLocaleString({year: "numeric", month: "long"}) : "";
    }
}

registry.category("fields").add("cosmetics_month", {...dateField, component: MonthField});
