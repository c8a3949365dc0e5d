/* Loads the findings of the publishing checks beside the form. Without this script, there is
   a link to their own page. */

const panel = document.querySelector("[data-checks]");

const bring = async () => {
  const response = await fetch(panel.dataset.checks, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const result = page.querySelector("main .checks__result");
  if (!result) return;
  // Space is limited beside the form: collapse non-blocking findings.
  result.querySelectorAll(".checks__level--warning").forEach((level) => { level.open = false; });
  panel.querySelector(".checks__result").replaceWith(document.adoptNode(result));
};

/* If loading fails, the link remains. */
if (panel) bring().catch(() => {});
