// Submits the filters as soon as a choice changes, and restores the focus on the next page.
// Text and dates wait for the button or the Enter key.

const KEY = "filter_form_focus";
const form = document.querySelector("[data-filter-form]");

function selectorOf(input) {
  return `[name="${CSS.escape(input.name)}"]` +
    (input.type === "checkbox" || input.type === "radio" ? `[value="${CSS.escape(input.value)}"]` : "");
}

function dropEmptyFields() {
  for (const input of form.elements) {
    if (input.name && input.value === "") input.disabled = true;
  }
}

if (form) {
  const wide = window.matchMedia("(min-width: 62rem)");

  form.addEventListener("submit", dropEmptyFields);
  form.addEventListener("change", ({ target }) => {
    if (!wide.matches || !target.matches("[type=checkbox], [type=radio], select")) return;
    sessionStorage.setItem(KEY, selectorOf(target));
    form.requestSubmit();
  });
  // Re-enable the fields of a page restored from the back/forward cache.
  window.addEventListener("pageshow", () => {
    for (const input of form.elements) input.disabled = false;
  });

  const focused = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (focused) form.querySelector(focused)?.focus({ preventScroll: true });
}
