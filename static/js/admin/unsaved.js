/* Asks for confirmation before leaving a form with changes, unless they are saved. */

const form = document.querySelector("form[data-guard-changes]");
let isChanged = false;

/* Handlers that save the changes prevent this event. */
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
