// Closes the mobile menu on Escape. Opening and closing works without scripts.

const toggle = document.querySelector(".site_header__toggle");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !toggle?.open) return;
  toggle.open = false;
  toggle.querySelector("summary").focus();
});
