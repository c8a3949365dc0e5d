/* Turns selects that only contain their selected options into comboboxes (ARIA 1.2, list
   autocomplete). Options come from the URL in data-combobox-url or the datalist that
   data-combobox-list names. The select stays in the form and keeps the value. */

const texts = document.getElementById("admin-texts").dataset;
const WAIT = 200; // debounce delay in milliseconds

const folded = (text) =>
  text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

class Combobox {
  constructor(select) {
    this.select = select;
    this.isMultiple = select.multiple;
    this.active = -1;
    this.found = [];
    this.build();
    this.listen();
    this.showChosen();
  }

  build() {
    this.input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", class: "combobox__input",
      placeholder: this.isMultiple ? texts.add : texts.search,
    });
    this.clear = element("button", { type: "button", class: "combobox__clear", hidden: "" }, "×");
    this.clear.setAttribute("aria-label", texts.clear);
    this.list = element("ul", { role: "listbox", class: "combobox__list", hidden: "" });
    this.chips = element("ul", { class: "combobox__chips" });
    this.status = element("p", { role: "status", class: "visually-hidden" });
    const field = element("div", { class: "combobox__field" }, this.input, this.clear, this.list);
    this.box = element("div", { class: "combobox" }, this.chips, field, this.status);
    if (!this.isMultiple) this.chips.remove();
    this.select.hidden = true;
    this.select.before(this.box);
    this.adoptLabel();
  }

  adoptLabel() {
    const { id } = this.select;
    this.input.id = `${id}_combobox`;
    this.input.disabled = this.select.disabled;
    for (const name of ["aria-describedby", "aria-invalid", "required"]) {
      if (this.select.hasAttribute(name)) {
        this.input.setAttribute(name, this.select.getAttribute(name));
        this.select.removeAttribute(name);
      }
    }
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    this.name = label ? label.textContent.replace(/\s+/g, " ").trim() : this.select.getAttribute("aria-label") || "";
    if (label) label.htmlFor = this.input.id;
    else this.input.setAttribute("aria-label", this.name);
    this.list.setAttribute("aria-label", this.name);
    this.list.id = `${id}_choices`;
    this.input.setAttribute("aria-controls", this.list.id);
  }

  listen() {
    this.input.addEventListener("input", () => this.searchSoon());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.leave());
    this.clear.addEventListener("click", () => {
      this.choose(null);
      this.input.focus();
    });
    // Keep the focus in the text field while the mouse selects or scrolls.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      const choice = this.found[[...this.list.children].indexOf(option)];
      if (choice) this.choose(choice);
    });
    this.list.addEventListener("scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = this.list;
      if (scrollTop + clientHeight > scrollHeight - 40) this.more();
    });
    // "Add another" windows add their new object to the select.
    new MutationObserver(() => this.showChosen()).observe(this.select, {
      childList: true, subtree: true, characterData: true,
    });
  }

  chosen() {
    return [...this.select.options].filter((option) => option.selected && option.value);
  }

  showChosen() {
    const options = this.chosen();
    if (!this.isMultiple) {
      this.input.value = options.length ? options[0].textContent : "";
      this.clear.hidden = !options.length || this.select.disabled;
      return;
    }
    this.chips.hidden = !options.length;
    this.chips.replaceChildren(...options.map((option) => this.chip(option)));
  }

  chip(option) {
    const remove = element("button", { type: "button", class: "combobox__remove" }, "×");
    remove.setAttribute("aria-label", texts.remove.replace("%s", option.textContent));
    remove.addEventListener("click", () => {
      const place = [...this.chips.children].indexOf(remove.parentElement);
      this.drop(option);
      const next = this.chips.children[Math.min(place, this.chips.children.length - 1)];
      (next ? next.querySelector("button") : this.input).focus();
    });
    return element("li", { class: "combobox__chip" }, option.textContent, remove);
  }

  drop(option) {
    option.remove();
    this.say(texts.removed.replace("%s", option.textContent));
    this.changed();
  }

  choose(choice) {
    if (!this.isMultiple) {
      for (const option of [...this.select.options]) option.remove();
      this.select.append(new Option("", "", !choice, !choice));
    }
    const known = choice && this.chosen().some((option) => option.value === choice.id);
    if (choice && !known) this.select.append(new Option(choice.text, choice.id, true, true));
    if (this.isMultiple) this.input.value = "";
    this.close();
    this.showChosen();
    this.changed();
    if (choice) this.say(texts.chosen.replace("%s", choice.text));
  }

  changed() {
    this.showChosen();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    if ("submits" in this.select.dataset) this.select.form.requestSubmit();
  }

  press(event) {
    const isOpen = !this.list.hidden;
    switch (event.key) {
      case "ArrowDown": isOpen ? this.move(1) : this.open(); break;
      case "ArrowUp": isOpen ? this.move(-1) : this.open(); break;
      // Never submit the form from the search field.
      case "Enter": if (isOpen && this.active >= 0) this.choose(this.found[this.active]); break;
      case "Escape": if (!isOpen) return; this.close(); this.restore(); break;
      case "Backspace": if (this.isMultiple && !this.input.value) this.dropLast(); return;
      default: return;
    }
    event.preventDefault();
  }

  dropLast() {
    const last = this.chosen().at(-1);
    if (last) this.drop(last);
  }

  restore() {
    if (this.isMultiple) this.input.value = "";
    else this.showChosen();
  }

  leave() {
    this.close();
    if (!this.isMultiple && !this.input.value && this.chosen().length) this.choose(null);
    else this.restore();
  }

  open() {
    if (!this.input.disabled && this.list.hidden) this.search("");
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(this.input.value), WAIT);
  }

  async search(term) {
    this.term = term;
    this.page = 1;
    this.found = [];
    this.list.replaceChildren();
    await this.load();
  }

  async more() {
    if (!this.hasMore || this.isLoading) return;
    this.page += 1;
    await this.load();
  }

  async load() {
    const term = this.term;
    this.isLoading = true;
    try {
      const { results, hasMore } = await this.fetch(term, this.page);
      if (term !== this.term || document.activeElement !== this.input) return;
      this.hasMore = hasMore;
      this.offer(results);
    } catch (error) {
      if (error.name !== "AbortError") this.note(texts.failed);
    } finally {
      this.isLoading = false;
    }
  }

  async fetch(term, page) {
    if (this.select.dataset.comboboxList) return this.local(term);
    this.request?.abort();
    this.request = new AbortController();
    const url = new URL(this.select.dataset.comboboxUrl, document.baseURI);
    url.searchParams.set("term", term);
    url.searchParams.set("page", page);
    const response = await fetch(url, { signal: this.request.signal });
    if (!response.ok) throw new Error(response.statusText);
    const data = await response.json();
    return { results: data.results, hasMore: data.pagination.more };
  }

  local(term) {
    const options = [...document.getElementById(this.select.dataset.comboboxList).options];
    const wanted = folded(term);
    const results = options
      .map(({ value, label }) => ({ id: value, text: label, note: label === value ? "" : value }))
      .filter(({ id, text }) => folded(`${id} ${text}`).includes(wanted));
    return { results, hasMore: false };
  }

  offer(results) {
    const chosen = this.chosen().map((option) => option.value);
    const fresh = this.isMultiple ? results.filter(({ id }) => !chosen.includes(id)) : results;
    const start = this.found.length;
    this.found.push(...fresh);
    this.list.append(...fresh.map((choice, index) => this.option(choice, start + index, chosen)));
    if (!this.found.length) return this.note(texts.none);
    this.expand();
    if (start === 0) this.activate(this.term ? 0 : -1);
    this.say(texts.count.replace("%s", `${this.found.length}${this.hasMore ? "+" : ""}`));
  }

  option({ id, text, note }, index, chosen) {
    const option = element("li", {
      role: "option", id: `${this.list.id}_${index}`, "aria-selected": chosen.includes(id),
    }, text);
    if (note) option.append(element("span", { class: "combobox__note" }, note));
    return option;
  }

  note(text) {
    this.found = [];
    this.list.replaceChildren(element("li", { class: "combobox__empty", role: "option",
      "aria-disabled": "true", "aria-selected": "false" }, text));
    this.expand();
    this.say(text);
  }

  expand() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.term = null;
    this.list.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  move(step) {
    const last = this.found.length - 1;
    if (this.active === last && step > 0) this.more();
    this.activate(Math.min(Math.max(this.active + step, 0), last));
  }

  activate(index) {
    this.list.querySelector(".is-active")?.classList.remove("is-active");
    this.active = index;
    const option = index >= 0 ? this.list.children[index] : null;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.classList.add("is-active");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  say(text) {
    this.status.textContent = text;
  }
}

const enhance = (root) => {
  for (const select of root.querySelectorAll("select[data-combobox-url], select[data-combobox-list]")) {
    if (!select.hidden) new Combobox(select);
  }
};

enhance(document);
for (const name of ["formset:added", "admin:added"]) {
  document.addEventListener(name, (event) => enhance(event.target));
}
