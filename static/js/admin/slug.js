/* Derives the slug from the title. If the portal would generate the slug itself (avoiding
   duplicates), it is only a placeholder; otherwise the field is filled in. */

const slug = (text, length) =>
  text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").toLowerCase()
    .replace(/[^a-z0-9\s-]/g, "").trim().replace(/[\s-]+/g, "-").slice(0, length);

for (const input of document.querySelectorAll("[data-slug-source]")) {
  const name = new RegExp(`^${input.dataset.slugSource}(_[a-z]{2})?$`);
  const sources = [...input.form.elements].filter((field) => name.test(field.name));
  let isOurs = !input.value;
  input.addEventListener("input", () => { isOurs = !input.value; });
  const suggest = () => {
    const title = sources.find((field) => field.value.trim())?.value ?? "";
    input[input.required ? "value" : "placeholder"] = slug(title, input.maxLength);
  };
  for (const source of sources) source.addEventListener("input", () => isOurs && suggest());
}
