/* Gives the rich-text editor what it lacks: a name, the language of its text, and a toolbar
   that says what it belongs to. */

const texts = document.getElementById("admin-texts").dataset;

const complete = (textarea) => {
  const editor = textarea.closest(".prose-editor");
  const area = editor?.querySelector("[contenteditable=true]");
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
  const bar = editor.querySelector(".prose-menubar");
  bar?.setAttribute("role", "toolbar");
  bar?.setAttribute("aria-label", texts.formatting.replace("%s", name));
  for (const button of bar?.querySelectorAll(".prose-menubar__button[title]") ?? []) {
    button.setAttribute("aria-label", button.title);
  }
  label?.addEventListener("click", () => area.focus());
};

const completeAll = () => document.querySelectorAll(".prose-editor > textarea").forEach(complete);

document.addEventListener("prose-editor:ready", (event) => complete(event.target));
window.addEventListener("load", completeAll);
