/* Shows other users who have the item open, and the existence of a newer version. */

const PAUSE = 20_000;

const form = document.querySelector("form[data-autosave]");
const region = form?.querySelector(".presence");

const ask = () => {
  if (document.visibilityState === "visible") form.dispatchEvent(new Event("autosave:ask"));
};

/* Leave unchanged text alone: screen readers would announce it again. */
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
