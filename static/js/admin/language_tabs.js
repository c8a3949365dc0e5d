/* Shows a form's translated texts one language at a time, or all side by side. Each tab
   indicates missing texts and errors in its language. */

const texts = document.getElementById("admin-texts").dataset;
const bar = document.getElementById("language-tabs");
const ALL = "all";
const KEY = "admin-language";

const fields = () => [...document.querySelectorAll(".field[data-language]")];
const control = (field) => field.querySelector("input, textarea, select");

const isEmpty = (field) => {
  const text = control(field)?.value ?? field.querySelector(".readonly").textContent;
  return !text.replace(/<[^>]*>/g, "").replace("–", "").trim();
};

/* A text is missing if another language has it. */
const lacking = (language) => {
  const written = new Set();
  const missing = new Set();
  for (const field of fields()) {
    const name = field.dataset.text;
    if (!isEmpty(field)) written.add(name);
    else if (field.dataset.language === language) missing.add(name);
  }
  return [...missing].filter((name) => written.has(name)).length;
};

const mark = (button) => {
  const { language } = button.dataset;
  if (language === ALL) return;
  const inLanguage = fields().filter((field) => field.dataset.language === language);
  const hasError = inLanguage.some((field) => field.querySelector(".errorlist"));
  const count = lacking(language);
  const isUnwritten = inLanguage.every(isEmpty);
  const note = button.querySelector(".language_tabs__note");
  button.dataset.state = hasError ? "error" : isUnwritten ? "empty" : count ? "partial" : "full";
  note.textContent = hasError
    ? texts.hasErrors
    : isUnwritten ? texts.notTranslated : count ? texts.missing.replace("%s", count) : texts.complete;
};

const show = (language) => {
  for (const field of fields()) {
    field.hidden = language !== ALL && field.dataset.language !== language;
  }
  for (const button of bar.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.dataset.language === language);
  }
  document.body.dataset.formLanguage = language;
  sessionStorage.setItem(KEY, language);
};

const refresh = () => bar.querySelectorAll("button").forEach(mark);

const isWritten = (button) => ["full", "partial"].includes(button?.dataset.state);

/* Initial language: one with errors, else the last one used, else the admin's. */
const start = () => {
  const buttons = [...bar.querySelectorAll("button")];
  const languages = buttons.map((button) => button.dataset.language);
  const withError = buttons.find((button) => button.dataset.state === "error");
  const written = buttons.find(isWritten);
  const own = buttons.find(({ dataset }) => dataset.language === document.documentElement.lang);
  const last = sessionStorage.getItem(KEY);
  const first = isWritten(own) ? own : written ?? own ?? buttons[0];
  show(withError?.dataset.language ?? (languages.includes(last) ? last : first.dataset.language));
};

if (bar && new Set(fields().map((field) => field.dataset.language)).size > 1) {
  bar.hidden = false;
  refresh();
  start();
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(button.dataset.language);
  });
  document.addEventListener("formset:added", () => show(document.body.dataset.formLanguage));
  document.addEventListener("change", refresh);
  document.addEventListener("focusout", refresh);
  document.addEventListener("admin:reveal", (event) => {
    const field = event.target.closest(".field[data-language]");
    if (field?.hidden) show(field.dataset.language);
  });
}
