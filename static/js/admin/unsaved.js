/* Asks before a form with changes is left by mistake. */

const form = document.querySelector("form[data-guard-changes]");
let isChanged = false;

if (form) {
  const note = () => { isChanged = true; };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
