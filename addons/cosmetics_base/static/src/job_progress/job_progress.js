import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 3000;
const BUSY = new Set(["waiting", "running"]);

/** Loads a form again while its job waits or runs in the background, so that its bar is seen to move. */
export class JobProgress extends Component {
    static template = "cosmetics_base.JobProgress";
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            (state) => {
                this.stop();
                if (BUSY.has(state)) {
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
    .add("cosmetics_job_progress", {component: JobProgress, fieldDependencies: [{name: "state", type: "selection"}]});
