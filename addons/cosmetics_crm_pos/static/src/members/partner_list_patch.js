import {useEffect} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {useDebounced} from "@web/core/utils/timing";
import {PartnerList} from "@point_of_sale/app/screens/partner_list/partner_list";
import {makeAwaitable} from "@point_of_sale/app/utils/make_awaitable_dialog";
import {MemberJoin} from "./member_join";
import "@pos_loyalty/app/screens/partner_list_screen/partner_list_screen";

const SHORTEST_TEXT = 2;

patch(PartnerList.prototype, {
    setup() {
        super.setup(...arguments);
        this.foundIds = new Map();
        this.state.isOffline = false;
        this.searchMembers = useDebounced(() => this.findMembers(), 150);
        useEffect(
            (query) => {
                if (query.trim().length >= SHORTEST_TEXT) {
                    this.searchMembers();
                }
            },
            () => [this.state.query || ""]
        );
    },

    /** Ask the server while the clerk types; it knows tails, initials and spellings of everybody. */
    async findMembers() {
        const query = this.state.query.trim();
        const found = await this.pos.findMembers(query);
        this.state.isOffline = !found;
        if (!found) {
            return;
        }
        const partners = found["res.partner"] || [];
        this.foundIds.set(query, new Set(partners.map((partner) => partner.id)));
        for (const partner of partners.filter((one) => !this.loadedPartnerIds.has(one.id))) {
            this.loadedPartnerIds.add(partner.id);
            this.state.loadedPartners.push(partner);
        }
        // Those that were loaded before are shown, too, though their text alone does not match.
        this.state.foundFor = query;
    },

    getPartners(partners) {
        const shown = super.getPartners(...arguments);
        const found = this.state.foundFor !== undefined && this.foundIds.get((this.state.query || "").trim());
        return found ? [...shown, ...partners.filter((one) => found.has(one.id) && !shown.includes(one))] : shown;
    },

    async searchPartner() {
        try {
            return await super.searchPartner(...arguments);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.state.isOffline = true;
            return [];
        }
    },

    /** Let a customer join, and sell to the member. */
    async joinMember() {
        const partner = await makeAwaitable(this.dialog, MemberJoin, {text: (this.state.query || "").trim()});
        if (partner) {
            this.clickPartner(partner);
        }
    },

    get joinLabel() {
        return _t("Join");
    },
});
