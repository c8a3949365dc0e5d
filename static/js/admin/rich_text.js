/* Accessibility fixes for the rich-text editor: a name, the language of its text, and a
   toolbar labelled in the language of staff. */

const texts = document.getElementById("admin-texts").dataset;

/* The library names most buttons in English, some in capitals. Idempotent: translated names
   are returned unchanged. */
const said = (name) => {
  const text = gettext(name.toLowerCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const nameTools = (bar) => {
  for (const button of bar.querySelectorAll(".prose-menubar__button[title]")) {
    const name = said(button.title);
    button.title = name;
    button.setAttribute("aria-label", name);
  }
  for (const option of bar.querySelectorAll(".prose-menubar__option > *")) {
    const name = said(option.textContent);
    if (option.textContent !== name) option.textContent = name;
  }
};

const completeBar = (bar, field) => {
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", texts.formatting.replace("%s", field));
  nameTools(bar);
  /* The button for the current block type is replaced whenever it changes. */
  new MutationObserver(() => nameTools(bar)).observe(bar, { childList: true, subtree: true });
};

const complete = (textarea) => {
  const box = textarea.closest(".prose-editor");
  const area = box?.querySelector("[contenteditable=true]");
  if (!area || area.hasAttribute("aria-label")) return;
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const name = label ? label.textContent.replace(/\s+/g, " ").trim() : "";
  area.setAttribute("aria-label", name);
  area.setAttribute("aria-multiline", "true");
  if (textarea.lang) area.lang = textarea.lang;
  for (const attribute of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(attribute)) {
      area.setAttribute(attribute, textarea.getAttribute(attribute));
    }
  }
  const finish = () => completeBar(box.querySelector(".prose-menubar"), name);
  if (area.editor.isInitialized) finish();
  else area.editor.on("create", finish); // creates the toolbar in a later task
  label?.addEventListener("click", () => area.focus());
};

const completeAll = () => document.querySelectorAll(".prose-editor > textarea").forEach(complete);

document.addEventListener("prose-editor:ready", (event) => complete(event.target));
window.addEventListener("load", completeAll);
