// What is wrong with the page as it is laid out now: a list of sentences.
async () => {
  const found = [];
  const name = (element) => {
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}.${element.classList[0] ?? ""} "${text}"`;
  };

  // Decoding is refused while the browser changes to a file that suits a new width better.
  const isShown = async (image, attempts = 20) => {
    image.loading = "eager";
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await image.decode().then(() => true, () => false)) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  };
  await Promise.all([...document.images].map(async (image) => {
    if (!(await isShown(image))) found.push(`not loaded: ${image.currentSrc}`);
  }));

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    found.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
  }

  // Whether what stands in a box is hidden, or may be scrolled or cut off: as in the boxes around it.
  const boxes = new Map([[null, { hidden: false, scrolls: false }]]);
  const boxOf = (element) => {
    if (!boxes.has(element)) {
      const { hidden, scrolls } = boxOf(element.parentElement);
      const style = getComputedStyle(element);
      boxes.set(element, {
        hidden: hidden || style.clipPath !== "none" || element.matches(".skip_link"),
        scrolls: scrolls || style.overflowX === "auto" || style.overflowY === "auto" || style.webkitLineClamp !== "none",
      });
    }
    return boxes.get(element);
  };

  // Text as it is painted, a rectangle a line, without the room above and below the letters.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, svg, select, option")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { hidden, scrolls } = boxOf(element);
    if (hidden) continue;
    if (getComputedStyle(element).overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1) {
      found.push(`cut off: ${name(element)}`);
    }
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const { left, right, top, bottom, height } of range.getClientRects()) {
      if (right < 0) continue; // out of everybody's sight on purpose
      if (!scrolls && (right > width + 1 || left < -1)) found.push(`outside the window: ${name(element)}`);
      if (!scrolls) lines.push({ element, left, right, top: top + height / 4, bottom: bottom - height / 4 });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < line.bottom - 1; next += 1) {
      const other = lines[next];
      if (Math.min(line.right, other.right) - Math.max(line.left, other.left) > 2) {
        found.push(`overlap: ${name(line.element)} and ${name(other.element)}`);
      }
    }
  });
  return [...new Set(found)];
}
