// Closes the phone's menu with Escape. It opens and closes without scripts.

const toggle = document.querySelector(".site_header__toggle");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !toggle?.open) return;
  toggle.open = false;
  toggle.querySelector("summary").focus();
});
