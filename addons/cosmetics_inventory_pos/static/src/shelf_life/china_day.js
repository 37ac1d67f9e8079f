/**
 * Days, as the shelf life rule counts them: whole days in China, as numbers of days since 1970-01-01.
 * China has had one time zone and no summer time since 1991, so a day is a division. "Today" is the China day of the clock of the
 * device, whatever time zone the device is set to.
 */

const DAY = 86_400_000;
const CHINA_OFFSET = 8 * 3_600_000;

/** Return the China day of a moment in milliseconds; of now without one. */
export function chinaDay(moment = Date.now()) {
    return Math.floor((moment + CHINA_OFFSET) / DAY);
}

/** Return "2027-02-28" for a day number, "" for 0 (no date). */
export function dayText(day) {
    return day ? new Date(day * DAY).toISOString().slice(0, 10) : "";
}

/** Return the day number of "2027-02-28", 0 for nothing. */
export function dayNumber(text) {
    return text ? Math.round(Date.parse(`${text}T00:00:00Z`) / DAY) : 0;
}

/** Return how many days are left after today: 0 on the last usable day, negative when expired. */
export function remainingDays(expiry, today = chinaDay()) {
    return expiry - today;
}
