// A form is sent once: its buttons rest after the first click. The server has its own guard; this spares the wait.
// What asks for an answer (errors, refusal, two versions) takes the focus, so that it is read first.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Later, since a disabled button would not be sent along.
  setTimeout(() => {
    for (const button of form.querySelectorAll('button[type="submit"]')) {
      button.setAttribute("aria-disabled", "true");
      if (button === event.submitter) button.setAttribute("aria-busy", "true");
    }
  });
});

/** Back from the history: the form may be sent again. */
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) awake(form);
});

export function awake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
}

export function focus(root = document) {
  root.querySelector("[data-focus]")?.focus();
}

focus();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
