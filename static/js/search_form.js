// Search suggestions: a combobox (ARIA 1.2, list autocomplete). The form works without it and
// is never blocked by it: Enter submits the search unless a suggestion is selected.

const WAIT = 180;
const SHORTEST = 2;

class SearchForm {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.status = document.createElement("p");
    this.active = -1;
    this.list.className = "search_form__list";
    this.list.id = `${input.id}_list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.label);
    this.status.className = "visually_hidden";
    this.status.setAttribute("role", "status");
    // A search field cannot have the role combobox; a text field can.
    input.type = "text";
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.closest("form").append(this.list, this.status);
    input.addEventListener("input", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // Keep the focus in the field until the link is followed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  get options() {
    return [...this.list.children];
  }

  askSoon() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const url = new URL(this.input.dataset.suggestions, document.baseURI);
    url.searchParams.set("q", this.input.value.trim().slice(0, 100));
    this.request = new AbortController();
    try {
      const response = await fetch(url, { signal: this.request.signal });
      if (response.ok) this.offer((await response.json()).suggestions);
    } catch {
      this.close();  // the form still works
    }
  }

  offer(suggestions) {
    if (document.activeElement !== this.input) return;
    this.list.replaceChildren(...suggestions.map((suggestion, index) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      option.id = `${this.list.id}_${index}`;
      option.className = "search_form__option";
      option.dataset.url = suggestion.url;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (suggestion.language) option.lang = suggestion.language;
      kind.className = "search_form__kind";
      kind.lang = document.documentElement.lang;
      kind.textContent = suggestion.kind;
      option.append(suggestion.title, " ", kind);
      return option;
    }));
    this.activate(-1);
    this.show(suggestions.length > 0);
    const { one, many, none } = this.input.dataset;
    const number = suggestions.length;
    this.status.textContent = number === 0 ? none : number === 1 ? one : many.replace("%s", number);
  }

  press(event) {
    const last = this.options.length - 1;
    if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter" && this.active >= 0) {
      location.assign(this.options[this.active].dataset.url);
    } else if (event.key === "ArrowDown" && last >= 0) {
      this.show(true);
      this.activate(this.active < last ? this.active + 1 : -1);
    } else if (event.key === "ArrowUp" && last >= 0) {
      this.show(true);
      this.activate(this.active >= 0 ? this.active - 1 : last);
    } else return;
    event.preventDefault();
  }

  activate(index) {
    this.active = index;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", at === index));
    const option = this.options[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  show(isShown) {
    this.list.hidden = !isShown;
    this.input.setAttribute("aria-expanded", isShown);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.activate(-1);
    this.show(false);
    this.status.textContent = "";
  }
}

for (const input of document.querySelectorAll("[data-suggestions]")) new SearchForm(input);
