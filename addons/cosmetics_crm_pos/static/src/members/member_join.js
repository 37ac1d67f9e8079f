import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {useAutofocus} from "@web/core/utils/hooks";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";

/** A customer joins at the till: number, name, consent; who has joined already is offered instead. */
export class MemberJoin extends Component {
    static template = "cosmetics_crm_pos.MemberJoin";
    static components = {Dialog};
    static props = {text: String, getPayload: Function, close: Function};

    setup() {
        this.pos = usePos();
        useAutofocus({refName: "phone"});
        const isNumber = /^[+\d\s-]{5,}$/.test(this.props.text);
        this.state = useState({
            phone: isNumber ? this.props.text : "",
            name: isNumber || /^[\d\s]*$/.test(this.props.text) ? "" : this.props.text,
            birthday: "",
            consents: [],
            ticked: {},
            open: {},
            message: "",
            found: null,
            isBusy: false,
        });
        onWillStart(async () => {
            this.state.consents = (await this.ask("get_till_consents", [])) || [];
        });
    }

    get mayJoin() {
        const {phone, name, consents, ticked, isBusy} = this.state;
        const isAgreed = consents.length > 0 && consents.every((consent) => !consent.is_required || ticked[consent.code]);
        return !isBusy && Boolean(phone.trim() && name.trim()) && isAgreed;
    }

    /** Call a method of members; what goes wrong is said on the spot. */
    async ask(method, args) {
        this.state.message = "";
        try {
            return await this.pos.data.call("res.partner", method, [this.pos.config.id, ...args]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.message = _t("No connection: nobody can join now. Note name and number, and let the customer join later.");
            } else if (error instanceof RPCError) {
                this.state.message = error.data?.message || error.message;
            } else {
                throw error;
            }
            return null;
        }
    }

    async join() {
        if (!this.mayJoin) {
            return;
        }
        this.state.isBusy = true;
        this.state.found = null;
        const vals = {phone: this.state.phone.trim(), name: this.state.name.trim()};
        if (this.state.birthday) {
            vals.birthday = this.state.birthday;
        }
        const codes = Object.keys(this.state.ticked).filter((code) => this.state.ticked[code]);
        const answer = await this.ask("join_till_member", [vals, codes]);
        this.state.isBusy = false;
        if (!answer) {
            return;
        }
        const {is_new: isNew, message, ...records} = answer;
        const partner = this.pos.models.connectNewData(records)["res.partner"]?.[0];
        if (isNew) {
            this.choose(partner);
        } else {
            this.state.message = message;
            this.state.found = partner || null;
        }
    }

    choose(partner) {
        this.props.getPayload(partner);
        this.props.close();
    }
}
