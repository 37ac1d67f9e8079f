import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError} from "@web/core/network/rpc";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {BatchPopup} from "./batch_popup";
import {chinaDay} from "./china_day";
import {packValues, usedPieces} from "./pos_order_line_patch";
import {tillBatches} from "./till_batches";

// How long the batches of the whole shop may stand before a sale asks for all of them again.
const MAX_AGE = 15 * 60_000;

patch(PosStore.prototype, {
    async setup() {
        tillBatches.reset();
        this.batches = tillBatches;
        await super.setup(...arguments);
    },

    async afterProcessServerData() {
        await this.refreshBatches();
        return await super.afterProcessServerData(...arguments);
    },

    // ------------------------------------------------------------------ what the shop has

    /** Ask the server for the batches of some products, or of all; without a connection those of the device stand. */
    async refreshBatches(productIds = null) {
        const age = Date.now() - (this.batchesLoadedAt || 0);
        const all = !productIds || age > MAX_AGE || tillBatches.loadedOn !== chinaDay();
        try {
            const payload = await this.data.orm.silent.call("pos.session", "get_till_batches", [this.session.id, all ? null : productIds]);
            tillBatches.load(payload, !all);
            if (all) {
                this.batchesLoadedAt = Date.now();
            }
            await tillBatches.save();
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            if (!tillBatches.loadedOn) {
                await tillBatches.restore();
            }
        }
    },

    async postSyncAllOrders(orders) {
        await super.postSyncAllOrders(...arguments);
        const sold = [];
        for (const order of orders.filter((order) => order.finalized && !tillBatches.settled.has(order.uuid))) {
            tillBatches.settled.add(order.uuid);
            for (const line of order.lines.filter((line) => line.isBatchChosen)) {
                sold.push(line.product_id.id);
                if (line.qty > 0 && line.batchPack) {
                    tillBatches.take(line.product_id.id, line.batchPack.lot_name, line.qty);
                }
            }
        }
        if (sold.length) {
            this.refreshBatches([...new Set(sold)]);
        }
    },

    /** Return what may be sold of each batch of a product now: without what open sales of this till hold. */
    openBatches(product, exceptLines = []) {
        const used = usedPieces(this.models, product.id, exceptLines);
        return tillBatches
            .of(product.id)
            .map((batch) => ({...batch, free: batch.free - (used[batch.name] || 0)}))
            .filter((batch) => batch.free > 1e-6);
    },

    // ------------------------------------------------------------------ adding goods

    /** The first-expiring batch goes on the line, without a question. */
    async editLots(product, packLotLinesToEdit) {
        if (!product.isBatchChosen) {
            return await super.editLots(...arguments);
        }
        const [first] = this.openBatches(product);
        if (!first) {
            if (this.getOrder()?.preset_id?.is_return) {
                return {newPackLotLines: []};
            }
            this.tellNoBatch(product);
            return null;
        }
        return {newPackLotLines: [packValues(first, "fefo")]};
    },

    async addLineToOrder(vals, order, opts = {}, configure = true) {
        const scanned = opts.code?.type === "lot" && vals.product_id?.isBatchChosen ? opts.code.code : "";
        if (scanned && !this.openBatches(vals.product_id).some((batch) => batch.name === scanned)) {
            this.tellBlockedBatch(vals.product_id, scanned);
            return;
        }
        const line = await super.addLineToOrder(...arguments);
        const isSale = line?.isBatchChosen && !line.refunded_orderline_id && line.qty > 0;
        return isSale ? this.settleBatch(line, order, scanned) : line;
    },

    /** Make a new line right: its batch, its price, and one line for each batch. */
    settleBatch(line, order, scanned) {
        const product = line.product_id;
        const open = this.openBatches(product, [line]);
        const batch = open.find((batch) => batch.name === line.batchPack?.lot_name) || open[0];
        if (!batch) {
            this.tellNoBatch(product);
            order.removeOrderline(line);
            return;
        }
        line.setBatch(tillBatches.find(product.id, batch.name), scanned && batch !== open[0] ? "scanned" : "fefo");
        const kept = this.joinTwin(line, order);
        if (kept.batch?.band.mustTell) {
            this.notification.add(
                _t("Near expiry: tell the customer that batch %(batch)s is to be used by %(day)s.", {
                    batch: kept.batchPack.lot_name,
                    day: kept.batchPack.expiration_on.toFormat("yyyy-MM-dd"),
                }),
                {type: "warning"}
            );
        }
        return kept;
    },

    /** Let a line grow by another one of the same batch, and spread what goes beyond the batch; return the line that stays. */
    joinTwin(line, order) {
        const twin = order.lines.find((other) => line.canJoinBatchLine(other));
        const kept = twin || line;
        const quantity = line.qty + (twin ? twin.qty : 0);
        if (twin) {
            line.delete();
        }
        this.selectOrderLine(order, kept);
        const answer = kept.setQuantity(quantity);
        if (answer !== true) {
            this.dialog.add(AlertDialog, answer);
        }
        return kept;
    },

    tellNoBatch(product) {
        this.dialog.add(AlertDialog, {
            title: _t("Nothing left to sell"),
            body: _t(
                "This shop has no batch of %s that may be sold: sold out, expired or held. Ask the store manager.",
                product.display_name
            ),
        });
    },

    tellBlockedBatch(product, name) {
        this.dialog.add(AlertDialog, {
            title: _t("This batch may not be sold"),
            body: _t(
                "Batch %(batch)s of %(product)s is unknown in this shop, expired, held or used up. Put it aside and take another piece.",
                {batch: name, product: product.display_name}
            ),
        });
    },

    /** Let the clerk choose the batch of a line: what may be sold, first-expiring first. */
    async chooseBatch(line) {
        const product = line.product_id;
        this.refreshBatches([product.id]);
        this.dialog.add(BatchPopup, {
            product,
            getBatches: () => this.openBatches(product, [line]),
            current: line.batchPack?.lot_name || "",
            choose: (batch) => {
                const [first] = this.openBatches(product, [line]);
                line.setBatch(tillBatches.find(product.id, batch.name), batch.id === first?.id ? "fefo" : "chosen");
                this.joinTwin(line, line.order_id);
            },
        });
    },

    // ------------------------------------------------------------------ before the money

    async pay() {
        const order = this.getOrder();
        const wrong = order?.lines.find((line) => line.isBatchChosen && line.qty > 0 && !line.refunded_orderline_id && !line.batch);
        if (wrong) {
            const name = wrong.batchPack?.lot_name;
            name ? this.tellBlockedBatch(wrong.product_id, name) : this.tellNoBatch(wrong.product_id);
            return;
        }
        return await super.pay(...arguments);
    },
});
