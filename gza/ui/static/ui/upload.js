// Sends a form with a file and shows how far it is. The answer takes the page's place, as without scripts.
import { awake, focus } from "./once.js";

function send(form, submitter) {
  const bar = form.querySelector("[data-sending]");
  const progress = bar?.querySelector("progress");
  const body = new FormData(form, submitter ?? undefined);
  const request = new XMLHttpRequest();
  const target = form.action || location.href;
  if (bar) bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && progress) progress.value = 100 * event.loaded / event.total;
  });
  request.addEventListener("load", () => {
    const to = request.getResponseHeader("X-Gza-To");
    if (to) {
      location.assign(to);
      return;
    }
    if (request.responseURL && request.responseURL !== new URL(target, location.href).href) {
      location.assign(request.responseURL);
      return;
    }
    const fresh = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
    const here = document.getElementById("main");
    if (!fresh) {
      form.submit();
      return;
    }
    here.replaceWith(document.adoptNode(fresh));
    document.dispatchEvent(new Event("gza:fresh"));
    focus();
    scrollTo(0, 0);
  });
  request.addEventListener("error", () => {
    if (bar) bar.hidden = true;
    awake(form);
    form.submit(); // the browser's own page says that there is no line; going back keeps what was typed
  });
  request.open("POST", target);
  request.setRequestHeader("X-Gza-Upload", "1");
  request.send(body);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]") || event.defaultPrevented) return;
  if (![...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length)) return;
  event.preventDefault();
  send(form, event.submitter);
});
