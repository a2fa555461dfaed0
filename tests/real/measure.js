// Runs beside the cards: tells the parent window what does not fit, what MathJax could not set,
// and what cannot be read because its colour is too near to that of its background.
const body = document.body;
const faults = [];
const seen = new Set();

function fault(element, what) {
  const side = element.closest(".side");
  const line = [side ? side.dataset.name : "", what];
  if (!seen.has(line.join())) {
    seen.add(line.join());
    faults.push(line);
  }
}

function scrolls(element) {
  for (let up = element; up && up !== body; up = up.parentElement) {
    if (up.matches("pre, mjx-container[display=true]")) return true;
  }
  return false;
}

function channels(colour) {
  const [r, g, b, a] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [r, g, b], alpha: a === undefined ? 1 : a };
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(element) {
  let behind = element;
  while (behind !== document.documentElement && channels(getComputedStyle(behind).backgroundColor).alpha < 1) {
    behind = behind.parentElement;
  }
  const colours = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];
  const [a, b] = colours.map((colour) => luminance(channels(colour).rgb));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function measure() {
  const right = body.getBoundingClientRect().right + 0.5;
  if (document.documentElement.scrollWidth > innerWidth) {
    fault(body, "the page is wider than the screen");
    for (const element of document.querySelectorAll(".side *")) {
      if (element.getBoundingClientRect().right > innerWidth && !scrolls(element)) {
        fault(element, `${element.localName} makes the page wider`);
      }
    }
  }
  for (const element of document.querySelectorAll(".side *:not(code, .cloze:has(> code), .cloze-inactive:has(> code), mjx-assistive-mml, mjx-assistive-mml *)")) {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > right && !scrolls(element)) fault(element, `${element.localName} is cut off`);
  }
  for (const element of document.querySelectorAll("mjx-merror, [data-mjx-error]")) fault(element, "MathJax error");
  const texts = document.createTreeWalker(document.getElementById("qa"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("style, script, mjx-assistive-mml")) continue;
    if (/\\[()[\]]/.test(text.data) && !parent.closest("code, pre")) fault(parent, `not set: ${text.data}`);
    if (contrast(parent) < 4.5) fault(parent, `hard to read: ${parent.localName}.${parent.className}`);
  }
  parent.postMessage(
    { view: body.dataset.view, sides: document.querySelectorAll(".side").length, faults }, "*",
  );
}

onload = () => MathJax.startup.promise.then(() => document.fonts.ready).then(measure);
