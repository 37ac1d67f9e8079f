import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {dayText, remainingDays} from "./china_day";

/** The batches of a product that may be sold, first-expiring first; a tap takes one. */
export class BatchPopup extends Component {
    static template = "cosmetics_inventory_pos.BatchPopup";
    static components = {Dialog};
    static props = {
        product: Object,
        getBatches: Function,
        current: String,
        choose: Function,
        close: Function,
    };

    setup() {
        this.state = useState({batches: []});
        onWillStart(() => {
            this.state.batches = this.props.getBatches();
        });
    }

    day(batch) {
        return dayText(batch.expiry);
    }

    days(batch) {
        return remainingDays(batch.expiry);
    }

    choose(batch) {
        this.props.choose(batch);
        this.props.close();
    }
}
