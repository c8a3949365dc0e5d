// Copies the page's URL or text, and opens the print dialogue; without scripts, the buttons
// stay hidden.

const status = document.querySelector("[data-share-status]");

function whatToCopy({ copyText, copyLink }) {
  return copyText ? document.getElementById(copyText).value : copyLink || location.href;
}

for (const button of document.querySelectorAll("[data-copy-link], [data-copy-text]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const words = button.querySelector("span");
  const invitation = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(whatToCopy(button.dataset));
    words.textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = invitation; }, 3000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
