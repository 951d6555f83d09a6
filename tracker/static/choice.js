// Ticking a whole page without loading it again, and how many are ticked. Without this the links do it.
for (const form of document.querySelectorAll("form[data-choice]")) {
  const boxes = [...form.querySelectorAll("input[name=task]")];
  const count = form.querySelector("[data-count]");
  const tell = () => { count.textContent = `(${boxes.filter((box) => box.checked).length})`; };
  form.addEventListener("change", tell);
  const all = form.querySelector("[data-choose]");
  all.addEventListener("click", (event) => {
    event.preventDefault();
    const wanted = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = wanted;
    tell();
  });
  tell();
}
