import IndexedDB from "@point_of_sale/app/models/utils/indexed_db";
import {chinaDay} from "./china_day";
import {sellable} from "./batch_choice";

const NO_BAND = {name: "", mustTell: false, percent: 0};
const STORE = "batches";

/** The sellable batches of the till's shop: as loaded, kept on the device for work without a connection. */
export class TillBatches {
    constructor() {
        this.reset();
    }

    reset() {
        this.products = new Map();
        this.loadedOn = 0;
        this.settled = new Set();
    }

    /** Take what the server sent; with `partial` only the products in it are replaced. */
    load(payload, partial = false) {
        if (!partial) {
            this.products.clear();
            this.loadedOn = chinaDay();
        }
        for (const [productId, rows] of Object.entries(payload.products)) {
            this.products.set(
                Number(productId),
                rows.map((row) => this._unpack(row, payload.bands))
            );
        }
    }

    _unpack([id, name, expiry, stop, free, bandId, floor], bands) {
        const band = bands[bandId];
        const known = band && {name: band[0], mustTell: band[1], percent: band[2]};
        return {id, name, expiry, stop, free, band: known || NO_BAND, floor};
    }

    /** Return the batches of a product that may be sold today, first-expiring first. */
    of(productId, today = chinaDay()) {
        return sellable(this.products.get(productId) || [], today);
    }

    /** Return the sellable batch of a product by its name. */
    find(productId, name, today = chinaDay()) {
        return this.of(productId, today).find((batch) => batch.name === name);
    }

    /** Take pieces off a batch: they have been sold, and the server's next answer is still to come. */
    take(productId, name, quantity) {
        const batch = (this.products.get(productId) || []).find((batch) => batch.name === name);
        if (batch) {
            batch.free = Math.max(batch.free - quantity, 0);
        }
    }

    // ------------------------------------------------------------------ on the device

    async _open() {
        const name = `till-batches-${odoo.pos_config_id}-${odoo.info?.db}`;
        this.database = await new Promise((resolve) => {
            const database = new IndexedDB(name, false, [["id", STORE]], () => resolve(database));
        });
    }

    /** Keep the batches on the device. */
    async save() {
        if (!this.database) {
            await this._open();
        }
        const row = {id: 1, loadedOn: this.loadedOn, products: [...this.products]};
        await this.database.create(STORE, [row]);
    }

    /** Take the batches the device has kept, when the server cannot be reached. */
    async restore() {
        if (!this.database) {
            await this._open();
        }
        const rows = (await this.database.readAll([STORE]))?.[STORE] || [];
        if (rows.length) {
            this.products = new Map(rows[0].products);
            this.loadedOn = rows[0].loadedOn;
        }
    }
}

export const tillBatches = new TillBatches();
