// Shows a deadline in the reader's local time, and the remaining time as of now rather than of
// when the page was rendered.

// European English; a bare "en" would be formatted as American.
const { lang, dataset } = document.documentElement;
const language = lang === "en" ? "en-GB" : lang;
// Previews at a simulated time provide that time.
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
  // Skip readers in the announced time zone, for whom the time is the same.
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
