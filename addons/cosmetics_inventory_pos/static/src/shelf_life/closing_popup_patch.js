import {ClosePosPopup} from "@point_of_sale/app/components/popups/closing_popup/closing_popup";

ClosePosPopup.props = [...ClosePosPopup.props, "till_exception_count?"];
