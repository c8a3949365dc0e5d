/* Previews the form's content on its public page: beside the form if there is room,
   otherwise over it. Each update loads into a new frame that replaces the old one when it is
   ready, to avoid flicker and extra history entries. */

const REST = 700; // debounce delay in milliseconds
const WIDE = matchMedia("(min-width: 80rem)");
const KEY = "admin-preview-width";

class Preview {
  constructor(pane, toggle) {
    this.pane = pane;
    this.toggle = toggle;
    this.texts = pane.dataset;
    this.form = document.getElementById(pane.dataset.form);
    this.stage = pane.querySelector(".preview__stage");
    this.status = pane.querySelector(".preview__status");
    this.on = pane.querySelector("#preview-on");
    this.lists = pane.querySelector(".preview__lists");
    this.language = pane.dataset.language;
    this.width = Number(sessionStorage.getItem(KEY)) || (WIDE.matches ? 1280 : 375);
    this.listen();
    this.mark();
    toggle.hidden = false;
  }

  listen() {
    this.toggle.addEventListener("click", () => (this.pane.open ? this.close() : this.open()));
    this.pane.querySelector(".preview__close").addEventListener("click", () => this.close());
    this.pane.addEventListener("close", () => this.closed());
    this.pane.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.pane.querySelector(".preview__bar").addEventListener("click", (event) => {
      const { language, width } = event.target.closest("button")?.dataset ?? {};
      if (language) this.speak(language);
      if (width) this.widen(Number(width));
    });
    this.on.addEventListener("change", () => this.setDate());
    this.pane.querySelector(".preview__today").addEventListener("click", () => {
      this.on.value = "";
      this.setDate();
      this.on.focus();
    });
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.loadSoon());
    new MutationObserver(() => this.followTabs())
      .observe(document.body, { attributeFilter: ["data-form-language"] });
    new ResizeObserver(() => this.scale()).observe(this.stage);
    WIDE.addEventListener("change", () => {
      if (!this.pane.open) return;
      this.pane.close();
      this.open();
    });
  }

  open() {
    if (WIDE.matches) this.pane.show();
    else this.pane.showModal();
    this.pane.querySelector(".preview__heading").focus();
    this.toggle.setAttribute("aria-expanded", "true");
    document.body.classList.toggle("has-preview", WIDE.matches);
    this.followTabs();
    this.load();
  }

  close() {
    this.pane.close();
    this.toggle.focus();
  }

  closed() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.toggle.setAttribute("aria-expanded", "false");
    document.body.classList.remove("has-preview");
  }

  followTabs() {
    const language = document.body.dataset.formLanguage;
    if (language && language !== "all") this.speak(language);
  }

  speak(language) {
    if (language === this.language) return;
    this.language = language;
    this.mark();
    if (this.pane.open) this.load();
  }

  widen(width) {
    this.width = width;
    sessionStorage.setItem(KEY, width);
    this.mark();
    this.scale();
  }

  setDate() {
    const on = this.on.value;
    this.pane.querySelector(".preview__today").hidden = !on;
    this.lists.hidden = !on;
    this.lists.href = `${this.texts.chooseUrl}?${new URLSearchParams({ on, page: `/${this.language}/` })}`;
    this.load();
  }

  mark() {
    for (const button of this.pane.querySelectorAll(".preview__button")) {
      const { language, width } = button.dataset;
      const isPressed = language ? language === this.language : Number(width) === this.width;
      button.setAttribute("aria-pressed", isPressed);
    }
  }

  loadSoon() {
    clearTimeout(this.timer);
    if (this.pane.open) this.timer = setTimeout(() => this.load(), REST);
  }

  async load() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = new AbortController();
    const body = new FormData(this.form);
    body.set("_preview_language", this.language);
    body.set("_preview_on", this.on.value);
    this.say(this.texts.loading);
    try {
      const response = await fetch(this.texts.url, { method: "POST", body, signal: this.request.signal });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      this.show(await response.json());
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.texts.failed);
    }
  }

  show({ page, missing, left_out: leftOut }) {
    this.list(leftOut);
    if (page === null) {
      this.stage.replaceChildren();
      this.say(this.texts.missing.replace("%s", missing.join(", ")));
      return;
    }
    const former = this.stage.lastElementChild;
    const frame = document.getElementById("preview-frame").content.firstElementChild.cloneNode();
    frame.srcdoc = page;
    frame.addEventListener("load", () => this.ready(frame, former));
    this.stage.append(frame);
    this.scale();
  }

  ready(frame, former) {
    const place = former?.contentWindow?.scrollY ?? 0;
    while (frame.previousElementSibling) frame.previousElementSibling.remove();
    frame.contentWindow.scrollTo({ top: place, behavior: "instant" });
    frame.contentDocument.addEventListener("click", (event) => this.follow(event));
    frame.contentDocument.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(this.texts.noForms);
    });
    frame.classList.add("preview__frame--ready");
    this.say(this.texts.shown);
  }

  /* Links must not replace the preview: its language links switch languages here, others
     open in a new tab. */
  follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      link.ownerDocument.getElementById(href.slice(1))?.scrollIntoView();
    } else if (link.closest(".language_switch")) {
      this.speak(link.hreflang);
    } else {
      window.open(link.href, "_blank", "noopener");
    }
  }

  list(leftOut) {
    const details = this.pane.querySelector(".preview__left_out");
    const text = document.getElementById("preview-left-out").content.textContent;
    details.hidden = !leftOut.length;
    details.querySelector("summary").textContent = text.replace("%s", leftOut.length);
    details.querySelector("ul").replaceChildren(...leftOut.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
  }

  /* Scale a desktop page down to fit. */
  scale() {
    const { clientWidth, clientHeight } = this.stage;
    const factor = Math.min(1, clientWidth / this.width);
    for (const { style } of this.stage.children) {
      style.width = `${this.width}px`;
      style.height = `${clientHeight / factor}px`;
      style.transform = `scale(${factor})`;
      style.left = `${Math.max(0, (clientWidth - this.width * factor) / 2)}px`;
    }
  }

  say(text) {
    this.status.textContent = text;
  }
}

/* Page of preview links in the pane: its forms are submitted from here. */
class PreviewLinks {
  constructor(details, pane) {
    this.box = details.querySelector(".preview__links");
    this.pane = pane;
    details.addEventListener("toggle", () => details.open && this.load(pane.dataset.linksUrl));
    this.box.addEventListener("submit", (event) => this.send(event));
  }

  send(event) {
    event.preventDefault();
    const { target, submitter } = event;
    this.load(target.action, { method: "POST", body: new FormData(target, submitter) });
  }

  async load(url, options) {
    const say = (text) => { this.pane.querySelector(".preview__status").textContent = text; };
    try {
      const response = await fetch(url, options);
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.getElementById("preview-links");
      if (!found) throw new Error("logged out");
      this.box.replaceChildren(found);
      this.complete();
    } catch {
      say(this.pane.dataset.failed);
    }
  }

  complete() {
    const made = this.box.querySelector("#preview-made");
    made?.focus();
    made?.select();
    const asOn = this.box.querySelector("[name=as_on]");
    if (!asOn.value) asOn.value = this.pane.querySelector("#preview-on").value;
    offerCopying(this.box);
  }
}

const offerCopying = (root) => {
  const button = root.querySelector(".preview_links__copy");
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(root.querySelector("#preview-made").value);
    button.textContent = document.getElementById("preview").dataset.copied;
  });
};

const pane = document.getElementById("preview");
const toggle = document.querySelector(".preview__toggle");

if (pane && toggle) {
  new Preview(pane, toggle);
  const share = pane.querySelector(".preview__share");
  if (share) new PreviewLinks(share, pane);
}
