// Keeps the ticked items of a list across pages, counts them, and ticks a whole page at once.
// Items ticked on other pages are submitted with the form.

const form = document.querySelector("[data-export-list]");

if (form) {
  const KEY = `export_list ${location.pathname}`;
  const boxes = [...document.querySelectorAll('[name="item"][form="export_list"]')];
  const all = form.querySelector("[data-tick-all]");
  const none = form.querySelector("[data-untick]");
  const status = form.querySelector("[data-ticked]");
  const most = Number(form.dataset.max);
  const ticked = new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));

  function show() {
    for (const box of boxes) box.checked = ticked.has(box.value);
    all.checked = boxes.every((box) => box.checked);
    all.indeterminate = !all.checked && boxes.some((box) => box.checked);
    none.hidden = ticked.size === 0;
    const words = ticked.size > most ? status.dataset.tooMany : status.dataset.ticked;
    status.textContent = ticked.size === 0 ? ""
      : words.replace("{number}", ticked.size).replace("{most}", most);
  }

  function tick(chosen, isTicked) {
    for (const box of chosen) ticked[isTicked ? "add" : "delete"](box.value);
    sessionStorage.setItem(KEY, JSON.stringify([...ticked]));
    show();
  }

  for (const box of boxes) box.addEventListener("change", () => tick([box], box.checked));
  all.addEventListener("change", () => tick(boxes, all.checked));
  none.addEventListener("click", () => {
    ticked.clear();
    tick([], false);
    all.focus();
  });
  form.addEventListener("formdata", ({ formData }) => {
    const here = new Set(boxes.map((box) => box.value));
    for (const value of ticked) if (!here.has(value)) formData.append("item", value);
  });
  // A page restored from the back/forward cache may show outdated checkboxes.
  window.addEventListener("pageshow", show);

  form.querySelector("[data-ticks]").hidden = false;
  show();
}
