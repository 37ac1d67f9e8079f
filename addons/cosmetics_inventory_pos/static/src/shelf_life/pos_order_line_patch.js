import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {dayText} from "./china_day";
import {markedDown, spread, total} from "./batch_choice";
import {tillBatches} from "./till_batches";

const {DateTime} = luxon;

/** Return the values of a batch on a line. */
export function packValues(batch, choice) {
    return {
        lot_name: batch.name,
        expiration_on: batch.expiry ? DateTime.fromISO(dayText(batch.expiry)) : undefined,
        is_near_expiry: batch.band.mustTell,
        choice,
    };
}

/** Return pieces of each batch of a product that open sales of this till hold, by batch name, without the lines in `except`. */
export function usedPieces(models, productId, except = []) {
    const used = {};
    for (const pack of models["pos.pack.operation.lot"].getAll()) {
        const line = pack.pos_order_line_id;
        const order = line?.order_id;
        const counts = order && (order.state === "draft" || order.isUnsyncedPaid);
        // A screen hands out another face of the same line, so lines are told apart by their uuid.
        const isOther = !except.some((known) => known.uuid === line?.uuid);
        if (counts && line.product_id?.id === productId && line.qty > 0 && isOther) {
            used[pack.lot_name] = (used[pack.lot_name] || 0) + line.qty;
        }
    }
    return used;
}

patch(PosOrderline.prototype, {
    /** Whether the shelf life rule chooses the batch of this line. */
    get isBatchChosen() {
        return this.product_id?.isBatchChosen && !this.combo_line_ids?.length;
    },

    get batchPack() {
        return this.pack_lot_ids[0];
    },

    /** The sellable batch of the line, as the till knows it; undefined when it holds none. */
    get batch() {
        return this.batchPack && tillBatches.find(this.product_id.id, this.batchPack.lot_name);
    },

    /** What other lines leave of each batch, by batch id. */
    usedByOthers(except = []) {
        const used = usedPieces(this.models, this.product_id.id, [this, ...except]);
        const batches = tillBatches.of(this.product_id.id);
        return Object.fromEntries(batches.map((batch) => [batch.id, used[batch.name] || 0]));
    },

    setBatch(batch, choice) {
        for (const pack of [...this.pack_lot_ids]) {
            pack.delete();
        }
        this.models["pos.pack.operation.lot"].create({...packValues(batch, choice), pos_order_line_id: this});
        this.applyBandPrice();
    },

    /** The lines the rest of this line's quantity went to while it was being typed. */
    get followers() {
        return this.order_id.lines.filter((line) => line.uiState.followsUuid === this.uuid);
    },

    setQuantity(quantity, keepPrice) {
        const result = super.setQuantity(...arguments);
        if (result !== true || !this.order_id || !this.isBatchChosen || this.refunded_orderline_id) {
            return result;
        }
        const answer = this.qty > 0 ? this.spreadOverBatches() : true;
        this.order_id.applyBandPrices();
        return answer;
    },

    /**
     * Keep what the batch of the line holds; further lines take the rest from the next batches. Return true, or a message when
     * the shop has less than asked for.
     */
    spreadOverBatches() {
        const product = this.product_id;
        const followers = this.followers;
        const batches = tillBatches.of(product.id);
        const wanted = this.qty;
        const parts = spread(batches, wanted, this.usedByOthers(followers), this.batch?.id);
        for (const line of followers) {
            line.delete();
        }
        if (!parts.length) {
            // An empty line shows what is missing; the sale of it is stopped at payment.
            this.qty = 0;
            return this.shortMessage(0);
        }
        const [first, ...rest] = parts;
        this.qty = first.quantity;
        if (this.batchPack?.lot_name !== first.batch.name) {
            this.setBatch(first.batch, "fefo");
        }
        rest.forEach((part) => this.addFollower(part));
        const found = total(parts);
        return found < wanted - 1e-6 ? this.shortMessage(found) : true;
    },

    shortMessage(found) {
        return {
            title: _t("Not enough to sell"),
            body: _t("The shop has %(quantity)s of %(product)s that may be sold. Expired or blocked batches do not count.", {
                quantity: found,
                product: this.product_id.display_name,
            }),
        };
    },

    addFollower({batch, quantity}) {
        const data = this.serializeForORM({keepCommands: true});
        for (const field of ["uuid", "id", "pack_lot_ids", "refund_orderline_ids"]) {
            delete data[field];
        }
        const line = this.models["pos.order.line"].create({...data, order_id: this.order_id, qty: quantity}, false, true);
        line.uiState.followsUuid = this.uuid;
        line.setBatch(batch, "fefo");
        return line;
    },

    /** The price of the band of the batch, unless somebody has set a price by hand. */
    applyBandPrice() {
        const batch = this.batch;
        if (this.price_type !== "original" || this.refunded_orderline_id || this.combo_parent_id || !this.isBatchChosen) {
            return;
        }
        const order = this.order_id;
        const related = [];
        const price = this.product_id.product_tmpl_id.getPrice(
            order.pricelist_id,
            this.qty,
            this.getPriceExtra(),
            false,
            this.product_id,
            this,
            related
        );
        this.setUnitPrice(batch ? markedDown(price, batch.band.percent, batch.floor) : price);
    },

    canJoinBatchLine(other) {
        return (
            other.uuid !== this.uuid &&
            other.isBatchChosen &&
            !other.refunded_orderline_id &&
            other.qty > 0 &&
            other.product_id.id === this.product_id.id &&
            other.batchPack?.lot_name === this.batchPack?.lot_name &&
            other.price_type === "original" &&
            this.price_type === "original" &&
            other.getDiscount() === this.getDiscount() &&
            other.full_product_name === this.full_product_name &&
            other.getCustomerNote() === this.getCustomerNote() &&
            other.getNote() === this.getNote() &&
            other.isPosGroupable() &&
            !this.isPartOfCombo()
        );
    },

    /** Batch and last day, in the language of the shop: on the screen, on the receipt and for the customer. */
    get packLotLines() {
        if (this.product_id?.tracking !== "lot") {
            return super.packLotLines;
        }
        return this.pack_lot_ids.map((pack) => {
            const day = pack.expiration_on?.toFormat?.("yyyy-MM-dd");
            const values = {batch: pack.lot_name, day};
            if (!day) {
                return _t("Batch %(batch)s", values);
            }
            return pack.is_near_expiry
                ? _t("Batch %(batch)s, use by %(day)s (near expiry)", values)
                : _t("Batch %(batch)s, use by %(day)s", values);
        });
    },
});
