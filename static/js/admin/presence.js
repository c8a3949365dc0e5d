/* Tells who else has the item open, and that there is a newer version of it. */

const PAUSE = 20_000;

const form = document.querySelector("form[data-autosave]");
const region = form?.querySelector(".presence");

const ask = () => {
  if (document.visibilityState === "visible") form.dispatchEvent(new Event("autosave:ask"));
};

/* What stays the same isn't written again: it would be read out again. */
const show = (html) => {
  const next = document.createElement("div");
  next.innerHTML = html;
  if (next.textContent.trim() !== region.textContent.trim()) {
    region.replaceChildren(...next.childNodes);
  }
};

if (region) {
  form.addEventListener("autosave:answer", ({ detail }) => show(detail.presence));
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, PAUSE);
  window.addEventListener("load", ask);
}
