// The keyboard of the review: J and K move, E opens the fields; every other key is that of a button (data-key).
"use strict";

const items = [...document.querySelectorAll("article.item")];
const at = () => items.findIndex((item) => item.contains(document.activeElement));

function move(step) {
  const next = items[Math.min(Math.max(at() + step, 0), items.length - 1)];
  if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
}

function press(key) {
  const item = items[Math.max(at(), 0)];
  const button = item && item.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  if (button) button.form.requestSubmit(button);
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    if (event.key === "Escape") event.target.closest("article.item")?.focus();
    return;
  }
  const key = event.key.toLowerCase();
  const moves = { j: () => move(1), k: () => move(-1), e: edit };
  if (moves[key]) moves[key]();
  else if (!press(key)) return;
  event.preventDefault();
});

function edit() {
  const fields = items[Math.max(at(), 0)]?.querySelector("details.edit");
  if (fields) { fields.open = true; fields.querySelector(".inputs select, .inputs input").focus(); }
}

if (items.length && !location.hash) items[0].focus({ preventScroll: true });
