// What a browser can do better than a page alone. Everything works without it.
"use strict";

// A report that is being written is kept in this browser until it is saved: a lost connection or an expired session costs nothing.
const KEY = "draft:";

function texts(form) {
  return [...form.querySelectorAll("textarea, input[type=text]")].filter((field) => field.name);
}

function keepDraft(form) {
  const key = KEY + form.dataset.draft;
  const saved = Object.fromEntries(texts(form).map((field) => [field.name, field.value]));
  const offer = form.querySelector("[data-draft-offer]");
  const kept = JSON.parse(localStorage.getItem(key) || "{}");
  const isNew = (name) => name in kept && kept[name] !== saved[name];

  if (document.querySelector(".banner-success")) {
    localStorage.removeItem(key); // it has just been saved
  } else if (offer && Object.keys(saved).some(isNew)) {
    offer.hidden = false;
  }
  offer?.querySelector("[data-restore]").addEventListener("click", () => {
    texts(form).filter((field) => isNew(field.name)).forEach((field) => {
      field.value = kept[field.name];
      field.closest("details")?.setAttribute("open", "");
    });
    offer.hidden = true;
  });
  offer?.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    offer.hidden = true;
  });
  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(texts(form).map((field) => [field.name, field.value]))));
  });
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);

// The next person at this screen must not find it.
document.querySelectorAll("form[data-leaves]").forEach((form) => form.addEventListener("submit", () => {
  Object.keys(localStorage).filter((key) => key.startsWith(KEY)).forEach((key) => localStorage.removeItem(key));
}));

// One box ticks all boxes of its form.
document.querySelectorAll("[data-ticks-all]").forEach((all) => {
  all.hidden = false;
  const box = all.querySelector("input");
  box.addEventListener("change", () => {
    box.form.querySelectorAll(`input[type=checkbox][name="${all.dataset.ticksAll}"]`).forEach((one) => {
      one.checked = box.checked;
    });
  });
});
