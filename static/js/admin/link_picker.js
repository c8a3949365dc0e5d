/* Offers portal items in the editor's link dialog; selecting one fills in its URL. Without
   this script, a URL can be pasted. */

const { linkTargets, linkItem } = document.getElementById("admin-texts").dataset;

const picker = (dialog, language) => {
  const address = dialog.querySelector("input[name=href]");
  const field = document.createElement("div");
  const label = document.createElement("label");
  const select = document.createElement("select");
  field.className = "prose-editor-dialog-field link_picker";
  select.id = `${address.id}-item`;
  label.htmlFor = select.id;
  label.textContent = linkItem;
  select.dataset.comboboxUrl = `${linkTargets}?language=${encodeURIComponent(language)}`;
  select.addEventListener("change", (event) => {
    event.stopPropagation(); // not a field of the form
    if (select.value) address.value = select.value;
  });
  field.append(label, select);
  address.closest(".prose-editor-dialog-field").before(field);
  field.dispatchEvent(new CustomEvent("admin:added", { bubbles: true }));
  address.focus();
};

new MutationObserver((changes) => {
  for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
    const dialog = added.querySelector?.(":scope > .prose-editor-dialog");
    if (!dialog?.querySelector("input[name=href]")) continue;
    const text = dialog.closest(".prose-editor")?.querySelector(":scope > textarea");
    picker(dialog, text?.lang || document.documentElement.lang);
  }
}).observe(document.body, { childList: true, subtree: true });
