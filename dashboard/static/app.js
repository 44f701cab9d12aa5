// What pages do beyond links and forms, which work without it: opens the fact that an address names, lights its words.
"use strict";
document.documentElement.classList.add("js");

const small = matchMedia("(max-width: 760px)").matches;
if (small) for (const tree of document.querySelectorAll(".tree details")) tree.open = false;

const byId = (id) => document.getElementById(id);

function goTo(hash) {
  const id = decodeURIComponent(hash.slice(1));
  const key = id.slice(2);
  const row = byId("r-" + key);
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const words of document.querySelectorAll("[data-fact]")) if (words.dataset.fact === key) words.classList.add("lit");
  if (row) {
    for (let at = row; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const list = row.closest("aside");
    if (id.startsWith("w-") && list && getComputedStyle(list).position === "sticky") list.scrollTop = row.offsetTop - 80;
  }
  const aim = byId(id);
  if (aim) aim.scrollIntoView({ block: "center" });
  if (id.startsWith("r-") && row) row.querySelector("summary").focus({ preventScroll: true });
}

addEventListener("hashchange", () => goTo(location.hash));
if (location.hash.length > 3) addEventListener("load", () => goTo(location.hash));

// The same address clicked twice changes no hash.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href^="#w-"], a[href^="#r-"]');
  if (link && link.getAttribute("href") === location.hash) goTo(location.hash);
});

// An open row is a row to jump from: opening it shows its words, without leaving the row.
for (const row of document.querySelectorAll("details.fact")) {
  row.addEventListener("toggle", () => {
    if (!row.open) return;
    const words = byId("w-" + row.id.slice(2));
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const mark of document.querySelectorAll("[data-fact]")) if (mark.dataset.fact === row.id.slice(2)) mark.classList.add("lit");
    if (words && matchMedia("(min-width: 761px)").matches) words.scrollIntoView({ block: "center" });
  });
}

// Filters that were left empty don't stand in the address. A choice by pointer filters at once; one by keyboard waits
// for Enter or the button, since a closed list goes from choice to choice with the arrows. The field keeps the focus.
const FOCUS = "focus " + location.pathname;
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    const field = form.contains(document.activeElement) && document.activeElement.name;
    if (field) sessionStorage.setItem(FOCUS, field);
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  for (const choice of form.querySelectorAll("select")) {
    let byKeys = false;
    choice.addEventListener("pointerdown", () => { byKeys = false; });
    choice.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && choice.dataset.changed) { event.preventDefault(); form.requestSubmit(); }
      else if (!["Tab", "Shift"].includes(event.key)) byKeys = true;
    });
    choice.addEventListener("change", () => {
      if (byKeys) choice.dataset.changed = "yes";
      else { choice.focus(); form.requestSubmit(); }
    });
  }
  const kept = sessionStorage.getItem(FOCUS);
  if (kept && form.elements[kept] && !location.hash) form.elements[kept].focus({ preventScroll: true });
}
sessionStorage.removeItem(FOCUS);
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form.filters [disabled]")) field.disabled = false;
});

const theme = document.querySelector("[data-theme-link]");
if (theme && document.documentElement.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches) {
  theme.href = theme.href.replace("theme=dark", "theme=light");
  theme.textContent = theme.dataset.light;
}
