/* Comments beside an item's form: submitted without leaving it, linked from the fields they
   refer to, and started from the current field. Without this script, they are on their own
   page. */

const sender = document.getElementById("comment_form");
const panel = document.querySelector(".edit .comments");

class Comments {
  constructor() {
    this.threads = panel.querySelector(".comments__threads");
    this.status = panel.querySelector(".comments__status");
    this.drawer = panel.querySelector(".comments__new");
    this.texts = this.drawer.dataset;
    [this.place, this.text] = ["place", "text"].map((name) => panel.querySelector(`[name=comment-${name}]`));
    panel.classList.add("comments--live");
    this.listen();
    this.mark();
  }

  listen() {
    sender.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter);
    });
    const form = panel.closest("form");
    this.button = this.makeButton();
    for (const name of ["focusin", "pointerover"]) {
      form.addEventListener(name, (event) => this.offer(event.target.closest(".edit__main .field")));
    }
  }

  async send(submitter) {
    const data = new FormData(sender, submitter);
    data.set("fragment", "1");
    submitter.disabled = true;
    try {
      const response = await fetch(sender.action, { method: "POST", body: data, redirect: "error" });
      if (response.ok) return this.show(await response.text(), submitter);
      this.status.textContent = response.status === 400 ? await response.text() : this.texts.failed;
    } catch {
      this.status.textContent = this.texts.failed;
    } finally {
      submitter.disabled = false;
    }
  }

  show(html, submitter) {
    this.threads.innerHTML = html;
    this.status.textContent = this.texts.done;
    if (!submitter.name) {
      this.text.value = "";
      this.drawer.open = false;
    }
    if (!submitter.isConnected) this.drawer.querySelector("summary").focus();
    this.mark();
  }

  /* Add a link to the comments at each commented field. */
  mark() {
    for (const old of document.querySelectorAll(".comment_mark")) old.remove();
    for (const thread of this.threads.querySelectorAll("[data-control]")) {
      const { control, mark } = thread.dataset;
      const target = document.getElementById(control) ?? document.getElementById(`${control}_0`);
      const place = target?.closest(".field") ?? target?.closest(".row")?.querySelector(".row__fields");
      if (!place) continue;
      const link = document.createElement("a");
      Object.assign(link, { className: "comment_mark", href: `#${thread.id}`, textContent: mark });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        thread.scrollIntoView({ block: "center" });
        thread.focus();
      });
      place.append(link);
    }
  }

  makeButton() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "comment_button", textContent: this.texts.button });
    button.addEventListener("click", () => this.begin(button.closest(".field")));
    return button;
  }

  /* One button for all fields, moved to the field that has the focus. */
  offer(field) {
    if (!field || this.button.parentElement === field || !placeOf(field)) return;
    this.button.setAttribute("aria-label", `${this.texts.button}: ${labelOf(field)}`);
    field.append(this.button);
  }

  begin(field) {
    const place = placeOf(field);
    const known = [...this.place.options].some(({ value }) => value === place);
    if (!known) this.place.add(new Option(labelOf(field), place));
    this.place.value = place;
    this.drawer.open = true;
    this.text.focus();
  }
}

const labelOf = (field) =>
  (field.querySelector(".label")?.textContent ?? "").replace(/\s+/g, " ").trim();

/* Return the server's field path; null in unsaved rows. */
const placeOf = (field) => {
  const name = [...field.classList].find((part) => part.startsWith("field-"))?.slice("field-".length);
  const row = field.closest(".row");
  if (!row || !name) return name || null;
  const { prefix } = row.closest(".rows").dataset;
  const key = row.querySelector(`input[name^="${prefix}-"][name$="-id"]`)?.value;
  return key ? `${prefix}/${key}/${name}` : null;
};

/* Input in other forms must not mark the item as changed. */
const shield = (review) => {
  for (const name of ["input", "change"]) {
    review.addEventListener(name, (event) => {
      if (event.target.form !== review.closest("form")) event.stopPropagation();
    });
  }
};

const review = document.querySelector(".edit .review");
if (review) shield(review);
if (sender && panel) new Comments();
