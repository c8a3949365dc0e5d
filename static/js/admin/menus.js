/* Closes an open menu on Escape and on a click elsewhere. */

const menus = "details.filter, details.account";

const close = (except) => {
  for (const menu of document.querySelectorAll(menus)) {
    if (menu.open && !menu.contains(except)) menu.open = false;
  }
};

document.addEventListener("click", (event) => close(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(menus);
  if (!menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
