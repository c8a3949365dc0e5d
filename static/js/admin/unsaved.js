/* Asks before a form with changes is left by mistake, unless they are kept anyway. */

const form = document.querySelector("form[data-guard-changes]");
let isChanged = false;

/* Whoever keeps the changes prevents this event. */
const isKept = () => !form.dispatchEvent(new Event("unsaved:leaving", { cancelable: true }));

if (form) {
  const note = () => { isChanged = true; };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isKept()) event.preventDefault();
  });
}
