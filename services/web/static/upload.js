// Sending a group's files so that they arrive. Without it the forms still send in one go.
//
// Only this much comes with the page: what measures, asks and sends is fetched when a file is first chosen.
(() => {
  const AGAIN_MS = 3000;
  let parts = null;

  const script = (address) => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.async = false; // fetched together, run in order
    element.onload = resolve;
    element.onerror = () => { element.remove(); reject(new Error(address)); };
    element.src = address;
    document.head.append(element);
  });

  function load(form) {
    if (!parts) {
      parts = Promise.all(form.dataset.scripts.split(" ").map(script));
      parts.catch(() => { parts = null; });
    }
    return parts;
  }

  // The desk of a form; tried until the scripts are here.
  async function desk(form) {
    const note = form.querySelector("[data-loading]");
    for (;;) {
      try {
        await load(form);
        note.textContent = "";
        return window.omsap.sending.desk(form);
      } catch (error) {
        note.textContent = form.dataset.textUnready;
        await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
      }
    }
  }

  document.documentElement.classList.add("js");
  for (const input of document.querySelectorAll("form[data-upload] input[type=file]")) {
    input.multiple = Number(input.form.dataset.maxFiles) > 1;
    if (input.files.length) desk(input.form).then((found) => found.choose()); // what the browser kept of the page before
  }

  document.addEventListener("change", (event) => {
    const { form } = event.target;
    if (form && form.matches("form[data-upload]") && event.target.type === "file") desk(form).then((found) => found.choose());
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload]")) return;
    event.preventDefault();
    desk(event.target).then((found) => found.submit());
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-give-up]");
    if (button) desk(button.closest("form")).then((found) => found.giveUp({ id: button.dataset.giveUp, sent: button.dataset.sent }));
  });
})();
