/* Brings what stands against publishing into its place beside the form. Without this, the place
   holds a link to the page that tells it. */

const panel = document.querySelector("[data-checks]");

const bring = async () => {
  const response = await fetch(panel.dataset.checks, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const result = page.querySelector("main .checks__result");
  if (!result) return;
  // Beside the form there is little room: what doesn't block is folded away.
  result.querySelectorAll(".checks__level--warning").forEach((level) => { level.open = false; });
  panel.querySelector(".checks__result").replaceWith(document.adoptNode(result));
};

/* What can't be brought stays a link. */
if (panel) bring().catch(() => {});
