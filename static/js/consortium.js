// Adds, removes and checks partners without reloading the page, by requesting the same URLs in
// the background. On failure, the form is submitted normally.

const root = document.querySelector("[data-consortium]");

function addressOf(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return `${location.pathname}?${new URLSearchParams(data)}`;
}

function focusAfter(button) {
  const added = root.querySelector("fieldset:last-of-type select");
  const target = button?.name === "add" ? added : root.querySelector(
    button?.name === "remove" ? "#partners button" : ".form_errors a, #result",
  );
  target?.focus();
}

async function show(address, button) {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-consortium]");
  if (!fresh) throw new Error(`No form at ${address}`);
  root.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  history.replaceState(null, "", response.url);
  renewLanguages(page);
  focusAfter(button);
}

// Update the links to the other languages.
function renewLanguages(page) {
  const fresh = page.querySelector(".language_switch");
  if (fresh) document.querySelector(".language_switch")?.replaceWith(fresh);
}

root?.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  event.preventDefault();
  show(addressOf(form, submitter), submitter).catch(() => {
    location.assign(addressOf(form, submitter));
  });
});
