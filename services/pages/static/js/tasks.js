// One task open at a time, and one tap from wherever it is named.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens]");
  const task = link && document.getElementById(`task-${link.dataset.opens}`);
  if (!task) return;
  event.preventDefault();
  task.open = true;
  const body = document.getElementById(`do-${link.dataset.opens}`);
  task.scrollIntoView();
  (document.getElementById(link.dataset.focus || "") || body).focus({ preventScroll: !link.dataset.focus });
});

// Browsers that do not know <details name>.
if (!("name" in HTMLDetailsElement.prototype)) {
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.(".task") || !event.target.open) return;
      for (const other of document.querySelectorAll(".task[open]")) if (other !== event.target) other.open = false;
    },
    true,
  );
}
