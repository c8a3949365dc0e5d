/* Links from the error summary, the publishing checks and comments to fields: reveals and
   focuses the field. */

const reveal = (id) => {
  const target = document.getElementById(`${id}_combobox`) ?? document.getElementById(id);
  if (!target) return false;
  target.dispatchEvent(new CustomEvent("admin:reveal", { bubbles: true }));
  const details = target.closest("details");
  if (details) details.open = true;
  const editor = target.closest(".field")?.querySelector("[contenteditable=true]");
  (editor ?? target).focus();
  target.closest(".field")?.scrollIntoView({ block: "center" });
  return target.closest(".field") !== null;
};

const summary = document.querySelector(".error_summary");
summary?.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest(":is(.error_summary, .checks, .comments) a");
  if (!link?.hash || link.pathname !== location.pathname) return;
  if (reveal(link.hash.slice(1))) event.preventDefault();
});

/* For links from other pages, run after the other scripts have initialised the form. */
addEventListener("load", () => location.hash && reveal(location.hash.slice(1)));
