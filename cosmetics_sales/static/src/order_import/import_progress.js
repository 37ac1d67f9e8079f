import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 3000;

/** Loads the form again while its files are being imported, so that the clerk sees the bar move. */
export class ImportProgress extends Component {
    static template = "cosmetics_sales.ImportProgress";
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            (state) => {
                this.stop();
                if (state === "running") {
                    this.timer = setInterval(() => this.reload(), EVERY);
                }
                return () => this.stop();
            },
            () => [this.props.record.data.state]
        );
        onWillUnmount(() => this.stop());
    }

    stop() {
        clearInterval(this.timer);
    }

    async reload() {
        if (!document.hidden && !(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry
    .category("view_widgets")
    .add("cosmetics_import_progress", {component: ImportProgress, fieldDependencies: [{name: "state", type: "selection"}]});
