/**
 * Figures that wait until the server has acknowledged them: they outlive a lost network, a closed page and an empty battery.
 */

const MAX_ENTRIES = 100;

/** Return a key that no other figure has; also where the page is not served by HTTPS. */
export function newKey() {
    const numbers = crypto.getRandomValues(new Uint32Array(4));
    return Array.from(numbers, (number) => number.toString(16).padStart(8, "0")).join("");
}

export class Outbox {
    /**
     * @param {Storage} storage of the browser
     * @param {String} owner whose figures these are: two people may share a phone
     */
    constructor(storage, owner) {
        this.storage = storage;
        this.name = `cosmetics_stock_count.${owner}`;
        this.isSending = false;
    }

    all() {
        return JSON.parse(this.storage.getItem(this.name) || "[]");
    }

    _keep(waiting) {
        this.storage.setItem(this.name, JSON.stringify(waiting));
    }

    /** Keep a figure of a count; return its key. */
    add(countId, entry) {
        const key = newKey();
        this._keep([...this.all(), {countId, entry: {...entry, key}, at: Date.now()}]);
        return key;
    }

    /** Forget a figure that has not been sent; return whether it was there. */
    drop(key) {
        const before = this.all();
        this._keep(before.filter((waiting) => waiting.entry.key !== key));
        return this.all().length < before.length;
    }

    /**
     * Send what waits, count by count, and forget what was answered.
     *
     * @param {Function} enter (countId, entries) => answers; whatever it throws leaves the figures here
     * @returns {Object[]} answers of the server
     */
    async send(enter) {
        if (this.isSending) {
            return [];
        }
        this.isSending = true;
        const answers = [];
        try {
            for (let waiting = this.all(); waiting.length; waiting = this.all()) {
                const countId = waiting[0].countId;
                const part = waiting.filter((item) => item.countId === countId).slice(0, MAX_ENTRIES);
                const entries = part.map(({entry, at}) => ({...entry, age: Math.max((Date.now() - at) / 1000, 0)}));
                const answered = await enter(countId, entries);
                const keys = new Set(answered.map((answer) => answer.key));
                if (!keys.size) {
                    break;
                }
                this._keep(this.all().filter((item) => !keys.has(item.entry.key)));
                answers.push(...answered);
            }
        } finally {
            this.isSending = false;
        }
        return answers;
    }
}
