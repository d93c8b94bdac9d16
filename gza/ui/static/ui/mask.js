// Shows a name on asking and hides it again: after half a minute, on the button, when the page is covered or left.
import { COVER, post, renew } from "./kit.js";

const shown = new Map(); // what is shown -> what stood there before

function hide(element) {
  const before = shown.get(element);
  if (!before) return;
  shown.delete(element);
  const focused = element.contains(document.activeElement);
  element.replaceWith(before);
  if (focused) before.querySelector("button")?.focus();
}

function hideAll() {
  for (const element of [...shown.keys()]) hide(element);
}

async function show(form, submitter) {
  const place = form.dataset.target ? document.querySelector(form.dataset.target) : form;
  submitter?.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await post(form.action, new FormData(form), { headers: { "HX-Request": "true" } });
  } catch {
    answer = null;
  }
  submitter?.removeAttribute("aria-busy");
  if (!answer?.ok) {
    form.submit(); // the whole page says better what is wrong
    return;
  }
  renew(answer.headers.get("X-Form-Key"));
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.firstElementChild;
  const element = fresh?.matches("[data-shown]") ? fresh : fresh?.querySelector("[data-shown]");
  if (!fresh || !element) return;
  place.replaceWith(fresh);
  shown.set(fresh, place);
  const button = fresh.querySelector("[data-hide]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => hide(fresh));
    button.focus();
  }
  setTimeout(() => hide(fresh), 1000 * Number(element.dataset.shown || 30));
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-mask]");
  if (!form) return;
  event.preventDefault();
  show(form, event.submitter);
});

document.addEventListener(COVER, hideAll);
addEventListener("pagehide", hideAll);
