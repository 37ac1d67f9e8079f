import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {QtyAtDatePopover, qtyAtDateWidget} from "@sale_stock/widgets/qty_at_date_widget";

// The figures of the pop-over are those for this customer on the promised day, so it says so.
patch(QtyAtDatePopover.prototype, {
    get availableLabel() {
        return this.props.record.data.use_expiration_date ? _t("Deliverable to This Customer") : super.availableLabel;
    },
});

patch(qtyAtDateWidget, {
    fieldDependencies: [...qtyAtDateWidget.fieldDependencies, {name: "shelf_life_message", type: "char"}],
});
