import {Component, onMounted, onPatched, onWillStart, onWillUnmount, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {user} from "@web/core/user";
import {useBus, useService} from "@web/core/utils/hooks";
import {Outbox} from "./outbox";
import {findLines, readQuantity} from "./sheet";
import {playTone} from "./feedback";

const MODEL = "cosmetics.stock.count";
const RETRY = 5000;
const SHOWN = 50;

/** The screen on which goods are scanned and counted: a phone, a scanner, and a network that comes and goes. */
export class StockCountScan extends Component {
    static template = "cosmetics_inventory.StockCountScan";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.outbox = new Outbox(window.localStorage, user.userId);
        this.code = useRef("code");
        this.quantity = useRef("quantity");
        this.hasCamera = isBarcodeScannerSupported();
        this.state = useState({
            counts: [],
            sheet: null,
            locationId: false,
            goods: null,
            choices: [],
            typed: "",
            message: null,
            pending: 0,
            last: [],
            refused: [],
            showRest: false,
        });
        useBus(useService("barcode").bus, "barcode_scanned", (event) => this.onCode(event.detail.barcode, "scan"));
        useExternalListener(window, "online", () => this.send());
        onWillStart(() => this.open(this.props.action.params?.count_id || this.props.action.context?.active_id));
        onMounted(() => {
            this.timer = setInterval(() => this.send(), RETRY);
            this.send();
            this.focus("code");
            this.moveFocus();
        });
        onPatched(() => this.moveFocus());
        onWillUnmount(() => clearInterval(this.timer));
    }

    // ------------------------------------------------------------------ sheets
    async open(countId) {
        if (countId) {
            this.state.sheet = await this.orm.call(MODEL, "load_sheet", [countId]);
            const places = this.state.sheet.locations;
            if (!places.some((place) => place.id === this.state.locationId)) {
                this.state.locationId = places.find((place) => this.rest(place.id).length)?.id || places[0]?.id;
            }
        } else {
            this.state.sheet = null;
            this.state.counts = await this.orm.call(MODEL, "load_open_counts", []);
        }
        Object.assign(this.state, {goods: null, choices: [], pending: this.outbox.all().length});
    }

    choose(countId) {
        return this.open(countId).then(() => this.focus("code"));
    }

    onPlace(event) {
        Object.assign(this.state, {locationId: Number(event.target.value), goods: null, choices: []});
        this.focus("code");
    }

    rest(locationId = this.state.locationId) {
        return this.state.sheet.lines.filter((line) => line.location_id === locationId && !line.is_counted);
    }

    get shownRest() {
        return this.rest().slice(0, SHOWN);
    }

    // ------------------------------------------------------------------ goods
    onCodeKey(event) {
        if (event.key === "Enter" && event.target.value.trim()) {
            event.preventDefault();
            const code = event.target.value;
            event.target.value = "";
            this.onCode(code, "scan");
        }
    }

    async onCode(code, way) {
        if (!this.state.sheet) {
            return;
        }
        const found = findLines(this.state.sheet.lines, code, this.state.locationId, this.state.goods?.product_id || false);
        if (found.lines.length === 1) {
            return this.take(found.lines[0], way, found.pieces);
        }
        if (found.lines.length > 1) {
            Object.assign(this.state, {choices: found.lines, goods: null});
            return this.say("warning", _t("Several batches: scan the batch, or choose it."));
        }
        try {
            const scan = await this.orm.silent.call(MODEL, "read_scan", [
                [this.state.sheet.id],
                code,
                this.state.locationId,
                this.state.goods?.product_id || false,
            ]);
            this.takeScan(scan, way);
        } catch (error) {
            this.say(
                "danger",
                this.isOffline(error) ? _t("No network, and this code is not on the sheet. Choose the goods below.") : this.text(error)
            );
        }
    }

    take(line, way, pieces = 1) {
        const goods = {...line, line_id: line.id, way};
        Object.assign(this.state, {goods, choices: [], typed: pieces > 1 ? String(pieces) : ""});
        this.say("success", [line.product, line.lot].filter(Boolean).join(" "));
        this.focus("quantity");
    }

    takeScan(scan, way) {
        if (!scan.product_id || scan.message) {
            return this.say("danger", scan.message);
        }
        const lines = this.state.sheet.lines.filter(
            (line) => line.location_id === this.state.locationId && line.product_id === scan.product_id
        );
        const line = lines.find((known) => scan.lot_id && known.lot_id === scan.lot_id);
        if (line) {
            return this.take(line, way, scan.quantity || 1);
        }
        if (scan.tracking !== "none" && !scan.lot && lines.length) {
            Object.assign(this.state, {choices: lines, goods: {...scan, line_id: false, way}});
            return this.say("warning", _t("Several batches: scan the batch, or choose it."));
        }
        const goods = {...scan, line_id: false, way, mine: 0, book: false};
        Object.assign(this.state, {goods, choices: [], typed: scan.quantity ? String(scan.quantity) : ""});
        this.say("warning", _t("%s: not expected here", [scan.product, scan.lot].filter(Boolean).join(" ")));
        this.focus("quantity");
    }

    async scanWithCamera() {
        this.onCode(await scanBarcode(this.env), "scan");
    }

    get isBatchAsked() {
        const goods = this.state.goods;
        return goods && !goods.line_id && !goods.lot_id && goods.tracking !== "none";
    }

    // ------------------------------------------------------------------ figures
    onQuantityKey(event) {
        if (event.key === "Enter") {
            event.preventDefault();
            this.state.typed = event.target.value;
            this.enter();
        }
    }

    enter() {
        const goods = this.state.goods;
        const quantity = readQuantity(this.state.typed);
        if (!goods || quantity === null) {
            const code = String(this.state.typed);
            this.state.typed = "";
            // A scanner types into whatever has the focus: a code in the quantity is the next pack.
            return code.trim().length > 6 ? this.onCode(code, "scan") : this.say("danger", _t("Type the quantity as a number, e.g. 12."));
        }
        if (this.isBatchAsked && (!goods.lot || (goods.needs_date && !goods.expiration_on))) {
            return this.say("danger", _t("Type the batch and the use-by date that stand on the pack."));
        }
        const entry = {quantity, way: goods.way, device: navigator.userAgent.slice(0, 100)};
        if (goods.line_id) {
            entry.line_id = goods.line_id;
        } else {
            Object.assign(entry, {
                product_id: goods.product_id,
                location_id: this.state.locationId,
                lot_id: goods.lot_id || false,
                lot_name: goods.lot || false,
                expiration_on: goods.expiration_on || false,
            });
        }
        const key = this.outbox.add(this.state.sheet.id, entry);
        const line = this.state.sheet.lines.find((known) => known.id === goods.line_id);
        if (line) {
            Object.assign(line, {mine: line.mine + quantity, is_counted: true});
        }
        this.state.last.push({key, quantity, line, name: [goods.product, goods.lot].filter(Boolean).join(" ")});
        Object.assign(this.state, {goods: null, choices: [], typed: "", pending: this.outbox.all().length});
        this.say("success", _t("%(quantity)s × %(goods)s", {quantity, goods: this.state.last.at(-1).name}));
        this.focus("code");
        this.send();
    }

    async undo() {
        const last = this.state.last.at(-1);
        if (!last) {
            return;
        }
        try {
            if (this.outbox.isSending || !this.outbox.drop(last.key)) {
                await this.orm.silent.call(MODEL, "take_back", [[this.state.sheet.id], last.key]);
            }
        } catch (error) {
            return this.say("danger", this.isOffline(error) ? _t("No network: take it back once the figure is sent.") : this.text(error));
        }
        this.state.last.pop();
        if (last.line) {
            last.line.mine -= last.quantity;
            last.line.is_counted = this.state.last.some((other) => other.line === last.line);
        }
        this.state.pending = this.outbox.all().length;
        this.say("warning", _t("Taken back: %(quantity)s × %(goods)s", {quantity: last.quantity, goods: last.name}));
        this.focus("code");
    }

    async send() {
        try {
            const answers = await this.outbox.send((countId, entries) => this.orm.silent.call(MODEL, "enter", [[countId], entries]));
            for (const answer of answers.filter(({state}) => state === "refused")) {
                this.state.refused.push(answer.message);
                this.state.last = this.state.last.filter(({key}) => key !== answer.key);
                this.say("danger", answer.message);
            }
        } catch (error) {
            if (!this.isOffline(error)) {
                this.say("danger", this.text(error));
            }
        }
        this.state.pending = this.outbox.all().length;
    }

    async finish() {
        await this.send();
        if (this.state.pending) {
            return this.say("danger", _t("Figures are still waiting for the network."));
        }
        try {
            await this.orm.silent.call(MODEL, "action_review", [[this.state.sheet.id]]);
            await this.open(false);
        } catch (error) {
            this.say("danger", this.text(error));
            await this.open(this.state.sheet.id);
        }
    }

    // ------------------------------------------------------------------ people
    isOffline(error) {
        return error?.name === "ConnectionLostError" || error?.name === "ConnectionAbortedError" || !navigator.onLine;
    }

    text(error) {
        return error?.data?.message || error?.message || String(error);
    }

    say(kind, text) {
        this.state.message = {kind, text};
        playTone(kind);
    }

    /** Put the cursor there as soon as the screen is drawn: the field may not exist yet. */
    focus(name) {
        this.wanted = name;
    }

    moveFocus() {
        const input = this.wanted && this[this.wanted].el;
        if (input) {
            this.wanted = "";
            input.focus();
            input.select();
        }
    }
}

registry.category("actions").add("cosmetics_stock_count_scan", StockCountScan);
