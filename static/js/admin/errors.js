/* Leads from the summary of errors to the field: opens what hides it and puts the focus there. */

const reveal = (id) => {
  const target = document.getElementById(`${id}_combobox`) ?? document.getElementById(id);
  if (!target) return;
  target.dispatchEvent(new CustomEvent("admin:reveal", { bubbles: true }));
  const details = target.closest("details");
  if (details) details.open = true;
  const editor = target.parentElement.querySelector("[contenteditable=true]");
  (editor ?? target).focus();
  target.closest(".field")?.scrollIntoView({ block: "center" });
};

const summary = document.querySelector(".error_summary");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  reveal(link.hash.slice(1));
});
