// What a browser can do better than a page alone. Everything works without it.
"use strict";

// A form that came back with something wrong: that is what is read and heard first.
document.querySelector("[data-problems]")?.focus();

// A report that is being written is kept in this browser until it is saved: a lost connection, an expired session or
// another form of the page that was sent meanwhile costs nothing.
const KEY = "draft:";

function fields(form) {
  return [...form.querySelectorAll("textarea, select, input[type=text], input[type=checkbox]")].filter((field) => field.name);
}

function written(form) {
  return Object.fromEntries(fields(form).map((field) => {
    const isBox = field.type === "checkbox";
    return [isBox ? `${field.name}=${field.value}` : field.name, isBox ? field.checked : field.value];
  }));
}

function putBack(form, kept) {
  fields(form).forEach((field) => {
    const isBox = field.type === "checkbox";
    const value = kept[isBox ? `${field.name}=${field.value}` : field.name];
    if (value === undefined) return;
    if (isBox) field.checked = value; else field.value = value;
    if (value) field.closest("details")?.setAttribute("open", "");
  });
}

function keepDraft(form) {
  const key = KEY + form.dataset.draft;
  const offer = form.querySelector("[data-draft-offer]");
  const standing = written(form);
  if ("saved" in form.dataset) {
    localStorage.removeItem(key);
    const address = new URL(location); // loading the page again must not drop what is written next
    address.searchParams.delete("saved");
    history.replaceState(null, "", address);
  }
  if ("unsaved" in form.dataset) localStorage.setItem(key, JSON.stringify(standing)); // it stands nowhere else
  const kept = JSON.parse(localStorage.getItem(key) || "{}");
  if (Object.keys(standing).some((name) => name in kept && kept[name] !== standing[name])) {
    offer.hidden = false;
  } else if (!("unsaved" in form.dataset)) {
    localStorage.removeItem(key);
  }
  offer.querySelector("[data-restore]").addEventListener("click", () => {
    putBack(form, kept);
    offer.hidden = true;
  });
  offer.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    offer.hidden = true;
  });
  form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(written(form))));
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);

// What an address leads to is shown, whatever it is folded into.
function unfold() {
  let place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
}

addEventListener("hashchange", unfold);
unfold();

// The next person at this screen must not find it.
document.querySelectorAll("form[data-leaves]").forEach((form) => form.addEventListener("submit", () => {
  Object.keys(localStorage).filter((key) => key.startsWith(KEY)).forEach((key) => localStorage.removeItem(key));
}));

// Ticking all tasks of a form without loading the page again, and how many are ticked. Without this its link does it.
function choose(form) {
  const boxes = [...form.querySelectorAll("input[name=task]")];
  const count = form.querySelector("[data-count]");
  const tell = () => { count.textContent = `(${boxes.filter((box) => box.checked).length})`; };
  form.addEventListener("change", tell);
  form.querySelector("[data-choose]").addEventListener("click", (event) => {
    event.preventDefault();
    const wanted = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = wanted; });
    tell();
  });
  tell();
}

document.querySelectorAll("form[data-choice]").forEach(choose);

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Copies a field or the lines of a list. Without https there is no clipboard to write to: the browser is asked as of old.
async function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  const text = source.value ?? [...source.children].map((line) => line.textContent.trim()).join("\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    if (!document.execCommand("copy")) return; // what is selected can still be copied by hand
  }
  button.nextElementSibling.textContent = button.dataset.done;
}

document.querySelectorAll("[data-copies]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
});
