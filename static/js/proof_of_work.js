// Finds a number whose hash, together with the form's token, starts with enough zero bits, so
// that the reader need not wait. Without the Web Crypto API (plain HTTP), the delay applies.

const form = document.querySelector("[data-proof-of-work]");
const status = form?.querySelector("[data-proof-status]");
const TOGETHER = 256;

function zeroBits(hash) {
  const bytes = new Uint8Array(hash);
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]) - 24;
}

async function search(token, bits) {
  const encoder = new TextEncoder();
  for (let start = 0; ; start += TOGETHER) {
    const numbers = Array.from({ length: TOGETHER }, (_item, index) => start + index);
    const hashes = await Promise.all(
      numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(`${token}.${number}`))),
    );
    const found = hashes.findIndex((hash) => zeroBits(hash) >= bits);
    if (found >= 0) return start + found;
  }
}

async function work() {
  const button = form.querySelector("button");
  status.textContent = status.dataset.working;
  button.disabled = true;
  form.elements.nonce.value = await search(form.dataset.proofOfWork, Number(form.dataset.bits));
  button.disabled = false;
  button.focus();
  status.textContent = status.dataset.done;
}

if (form && globalThis.crypto?.subtle) work();
