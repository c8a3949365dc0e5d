/* Saves the form's content on the server while it is edited and before it is submitted, and
   shows the status beside the buttons. A user who was logged out meanwhile cannot submit the
   form. Other modules request a message to the server with the event `autosave:ask` and get
   the response with `autosave:answer`; `unsaved:leaving` is prevented if everything is
   saved. */

const QUIET = 2_000; // debounce delay in milliseconds
const LONGEST = 15_000; // maximum delay during continuous typing
const RETRY = 10_000;
const PATIENCE = 10_000;
const LARGEST = 1_000_000; // limit of the server
const LARGEST_AT_THE_END = 60_000; // limit of browsers for keepalive requests

const NOT_OURS = new Set(["csrfmiddlewaretoken", "_opening", "_seen", "_overrule"]);

class Autosave {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.texts = status.dataset;
    /* Content known to the server; null if it differs from the form. */
    this.kept = "unsaved" in form.dataset ? null : this.typed().toString();
    this.saved = this.kept;
    this.isTouched = false;
    this.isSending = false; // the form is being submitted, or its content discarded
    for (const name of ["input", "change", "formset:added"]) {
      form.addEventListener(name, () => this.touch());
    }
    form.addEventListener("unsaved:leaving", (event) => this.isSafe() && event.preventDefault());
    form.addEventListener("autosave:ask", () => this.isSending || this.send());
    document.addEventListener("submit", (event) => this.beforeSubmission(event), true);
    document.addEventListener("visibilitychange", () => this.sendIfDirty());
    window.addEventListener("online", () => this.sendIfDirty());
    window.addEventListener("beforeunload", () => this.sendIfDirty());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) this.isSending = false; });
    if (form.dataset.unsaved === "refused") this.touch(); // it may not have been saved before
  }

  /* The form data as it would be submitted, with files reduced to their names. */
  typed() {
    const pairs = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (NOT_OURS.has(name)) continue;
      if (value instanceof File) value.name && pairs.append("_files", value.name);
      else pairs.append(name, value);
    }
    return pairs;
  }

  isDirty() {
    return this.isTouched && this.typed().toString() !== this.kept;
  }

  /* Return whether the page can be left without losing changes. */
  isSafe() {
    return this.isSending || (!this.isDirty() && !this.typed().has("_files"));
  }

  touch() {
    this.isTouched = true;
    this.isSending = false;
    this.latest ??= Date.now() + LONGEST;
    this.sendIn(Math.min(QUIET, this.latest - Date.now()));
  }

  sendIn(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendIfDirty(), delay);
  }

  sendIfDirty() {
    if (this.isDirty() && !this.isSending) this.send();
  }

  /* Serialise requests, so that an older text never overwrites a newer one. */
  send() {
    this.turn = (this.turn ?? Promise.resolve()).then(() => this.post());
    return this.turn;
  }

  message(typed) {
    const pairs = new URLSearchParams();
    if (this.isTouched && typed.toString() !== this.kept) {
      const isBack = typed.toString() === this.saved;
      pairs.set("_work", isBack ? "none" : "typed");
      if (!isBack) for (const [name, value] of typed) pairs.append(name, value);
    }
    for (const name of ["_opening", "_seen", "_overrule"]) {
      const field = this.form.elements[name];
      if (field) pairs.set(name, field.value);
    }
    pairs.set("_user", this.form.dataset.user);
    return pairs;
  }

  request(pairs, options) {
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      headers: { "X-CSRFToken": this.token() },
      body: pairs,
      redirect: "manual",
      ...options,
    });
  }

  /* Logging in again in another tab changes the token. */
  token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = this.form.elements.csrfmiddlewaretoken;
    if (cookie) field.value = cookie[1];
    return field.value;
  }

  /* Send pending changes. Return false if submitting the form now would lose something. */
  async post() {
    this.latest = undefined;
    const typed = this.typed();
    const pairs = this.message(typed);
    let response;
    try {
      if (pairs.toString().length > LARGEST) return this.tell(this.texts.tooLarge, true);
      response = await this.request(pairs, { signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      this.sendIn(RETRY);
      if (this.isTouched) this.tell(this.texts.offline, true);
      return error.name === "TimeoutError";
    }
    return this.read(response, typed, pairs.has("_work"));
  }

  async read(response, typed, hasWork) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return this.wasKept(answer, typed, hasWork);
    const { loggedOut, refused, gone, failed } = this.texts;
    const texts = { 0: loggedOut, 403: refused, 404: gone };
    this.sendIn(RETRY);
    this.tell(answer.message ?? texts[response.status] ?? failed, true);
    return ![0, 403, 404, 409].includes(response.status);
  }

  wasKept(answer, typed, hasWork) {
    if (hasWork) this.kept = typed.toString();
    const isWithoutFiles = answer.message && typed.has("_files");
    const text = isWithoutFiles
      ? this.texts.keptWithoutFiles.replace("%s", answer.message) : answer.message;
    if (text || this.isProblem) this.tell(text);
    this.form.dispatchEvent(new CustomEvent("autosave:answer", { detail: answer }));
    return true;
  }

  tell(text, isProblem = false) {
    this.isProblem = isProblem;
    this.status.classList.toggle("autosave--problem", isProblem);
    if (this.status.textContent !== text) this.status.textContent = text;
    return true;
  }

  /* Submit the form only after its content is saved, for the user who edited it. */
  async beforeSubmission(event) {
    const { submitter, target } = event;
    if ("abandons" in target.dataset) this.isSending = true;
    const isElsewhere = submitter?.formTarget || this.form.target;
    if (target !== this.form || isElsewhere || this.isSending) return;
    if (!this.isTouched) { this.isSending = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.isAsking) return;
    this.isAsking = true;
    clearTimeout(this.timer);
    const mayGo = await this.send();
    this.isAsking = false;
    if (!mayGo) { this.status.focus(); return; }
    this.token();
    this.isSending = true;
    this.form.requestSubmit(submitter);
  }

  leave() {
    if (this.isSending) return;
    const pairs = this.message(this.typed());
    if (!pairs.has("_work") && !this.form.querySelector(".presence")) return;
    pairs.set("_away", "1");
    const keepalive = pairs.toString().length < LARGEST_AT_THE_END;
    this.request(pairs, { keepalive }).catch(() => {});
  }
}

const form = document.querySelector("form[data-autosave]");
const status = document.querySelector(".autosave");

/* Wait until all modules have initialised the form. */
if (form && status) window.addEventListener("load", () => { new Autosave(form, status); });
