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

// Filters that were left empty don't stand in the address; a choice filters at once.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", () => form.requestSubmit());
}
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form.filters [disabled]")) field.disabled = false;
});

const theme = document.querySelector("[data-theme-link]");
if (theme && document.documentElement.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches) {
  theme.href = theme.href.replace("theme=dark", "theme=light");
  theme.textContent = theme.dataset.light;
}
