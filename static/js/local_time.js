// Shows a deadline in the reader's own time, and how long is left as of now rather than as of
// when the page was made.

// English as it is written in Europe; a bare "en" would read as American.
const { lang, dataset } = document.documentElement;
const language = lang === "en" ? "en-GB" : lang;
// A preview as on a day says when that is.
const now = dataset.now ? Date.parse(dataset.now) : Date.now();
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

function inUnit(number, unit) {
  const format = { style: "unit", unit, unitDisplay: "long" };
  return new Intl.NumberFormat(language, format).format(number);
}

function timeLeft(milliseconds) {
  if (milliseconds >= 2 * DAY) return inUnit(Math.floor(milliseconds / DAY), "day");
  if (milliseconds >= 2 * HOUR) return inUnit(Math.floor(milliseconds / HOUR), "hour");
  return inUnit(Math.max(1, Math.floor(milliseconds / MINUTE)), "minute");
}

function clock(date, options) {
  const format = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(language, { ...format, ...options }).format(date);
}

function showLocalTime(line, date, zone) {
  // Most readers live in the zone of the announcement: then their time says nothing new.
  if (clock(date, { timeZone: zone }) === clock(date)) return;
  line.textContent = line.dataset.local.replace("{time}", clock(date, { timeZoneName: "short" }));
  line.hidden = false;
}

for (const deadline of document.querySelectorAll("[data-deadline]")) {
  const date = new Date(deadline.dataset.deadline);
  const left = deadline.querySelector("[data-left]");
  const local = deadline.querySelector("[data-local]");
  const remaining = date - now;
  if (left && remaining > 0) {
    left.textContent = left.dataset.left.replace("{time}", timeLeft(remaining));
  }
  if (local) showLocalTime(local, date, deadline.dataset.zone);
}
