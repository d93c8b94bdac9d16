// Quick exit: by the button, or by pressing Esc three times. Signs out, covers the page at once, leaves no way back.
import { COVER, key } from "./kit.js";

const WITHIN = 1500; // milliseconds for three presses
const link = document.querySelector("[data-exit]");
let presses = [];

export function leave() {
  if (!link) return;
  document.documentElement.hidden = true;
  document.dispatchEvent(new Event(COVER));
  if (link.dataset.leave) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", key());
    navigator.sendBeacon(link.dataset.leave, body);
  }
  location.replace(link.href);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-exit]")) return;
  event.preventDefault();
  leave();
});

// Captured, so that a dialog or a field that uses Esc itself does not swallow it.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    presses = [];
    return;
  }
  const now = performance.now();
  presses = [...presses.filter((then) => now - then < WITHIN), now];
  if (presses.length >= 3) leave();
}, true);
