/* Rows of a form: adds rows from the template and reorders them by drag and drop or with the
   buttons. Removal works without scripts: ticked rows are deleted on save. */

const texts = document.getElementById("admin-texts").dataset;

class Rows {
  constructor(group) {
    this.group = group;
    this.list = group.querySelector(".rows__list");
    this.template = group.querySelector("template");
    this.status = group.querySelector(".rows__status");
    const { prefix } = group.dataset;
    this.prefix = prefix;
    this.total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    this.maximum = Number(document.getElementById(`id_${prefix}-MAX_NUM_FORMS`).value);
    group.querySelector(".rows__add")?.addEventListener("click", () => this.add());
    this.list.addEventListener("click", (event) => this.shift(event));
    if ("ordered" in group.dataset) {
      this.sort();
      this.allowDragging();
    }
    this.refresh();
  }

  rows() {
    return [...this.list.querySelectorAll(":scope > .row")];
  }

  /* Restore the row order of a form that was rejected or autosaved. */
  sort() {
    const place = (row) => Number(row.querySelector("input[name$='-position']")?.value || Infinity);
    const rows = this.rows();
    const sorted = rows.toSorted((a, b) => place(a) - place(b) || 0);
    if (sorted.some((row, index) => row !== rows[index])) this.list.append(...sorted);
  }

  add() {
    const index = Number(this.total.value);
    const html = this.template.innerHTML.replaceAll("__prefix__", index);
    this.list.insertAdjacentHTML("beforeend", html);
    this.total.value = index + 1;
    const row = this.list.lastElementChild;
    row.dispatchEvent(new CustomEvent("formset:added", {
      bubbles: true, detail: { formsetName: this.prefix },
    }));
    this.refresh();
    this.number();
    const control = "input:not([type=hidden]), textarea, select:not([hidden])";
    [...row.querySelectorAll(`.row__fields :is(${control})`)].find((field) => field.checkVisibility())?.focus();
  }

  shift(event) {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const rows = this.rows();
    const row = button.closest(".row");
    if (button.dataset.move === "up") rows[rows.indexOf(row) - 1]?.before(row);
    else rows[rows.indexOf(row) + 1]?.after(row);
    this.moved(row);
    // At either end, only one button applies.
    (button.disabled ? row.querySelector("[data-move]:enabled") : button)?.focus();
  }

  moved(row) {
    this.number();
    this.refresh();
    const rows = this.rows();
    this.status.textContent = texts.moved
      .replace("%s", rows.indexOf(row) + 1)
      .replace("%s", rows.length);
  }

  number() {
    this.rows().forEach((row, position) => {
      const field = row.querySelector("input[name$='-position']");
      if (!field || field.value === String(position)) return;
      field.value = position;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  refresh() {
    const rows = this.rows();
    rows.forEach((row, index) => {
      row.querySelector("[data-move=up]")?.toggleAttribute("disabled", index === 0);
      row.querySelector("[data-move=down]")?.toggleAttribute("disabled", index === rows.length - 1);
    });
    const add = this.group.querySelector(".rows__add");
    if (add) add.hidden = rows.length >= this.maximum;
  }

  allowDragging() {
    let dragged = null;
    this.list.addEventListener("dragstart", (event) => {
      if (!event.target.matches?.(".row__handle")) return;
      dragged = event.target.closest(".row");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(dragged, 0, 0);
      dragged.classList.add("row--dragged");
    });
    this.list.addEventListener("dragover", (event) => {
      const over = event.target.closest(".row");
      if (!dragged || !over || over.parentElement !== this.list) return;
      event.preventDefault();
      const { top, height } = over.getBoundingClientRect();
      if (over !== dragged) over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
    });
    this.list.addEventListener("drop", (event) => dragged && event.preventDefault());
    this.list.addEventListener("dragend", () => {
      if (!dragged) return;
      dragged.classList.remove("row--dragged");
      this.moved(dragged);
      dragged = null;
    });
  }
}

for (const group of document.querySelectorAll(".rows")) new Rows(group);
