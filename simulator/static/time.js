// Time as the shop sees it: India's, moved by the shop's clock.

const ZONE = { timeZone: "Asia/Kolkata" };
const CLOCK = new Intl.DateTimeFormat("en-IN", {
  ...ZONE, weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit",
});
const TIME = new Intl.DateTimeFormat("en-IN", { ...ZONE, hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-IN", { ...ZONE, weekday: "long", day: "numeric", month: "long" });

let shift = 0;

export function setNow(iso) { shift = Date.parse(iso) - Date.now(); }
export function now() { return new Date(Date.now() + shift); }
export function clockFace() { return CLOCK.format(now()); }
export function timeOf(iso) { return TIME.format(new Date(iso)); }

export function dayOf(iso) {
  const day = DAY.format(new Date(iso));
  return day === DAY.format(now()) ? "Today" : day;
}

export function shiftInWords(seconds) {
  const hours = Math.round(seconds / 3600);
  const days = Math.trunc(hours / 24);
  const parts = [];
  if (days) parts.push(`${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`);
  if (hours % 24) parts.push(`${Math.abs(hours % 24)} h`);
  return parts.length ? `${parts.join(" ")} ${seconds > 0 ? "ahead" : "behind"}` : "";
}
