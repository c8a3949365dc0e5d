// Copies the page's address and opens the print dialogue; the buttons stay hidden without it.

const status = document.querySelector("[data-share-status]");

for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const words = button.querySelector("span");
  const invitation = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyLink || location.href);
    words.textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = invitation; }, 3000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
