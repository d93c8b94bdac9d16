// What the small modules share.

/** The CSRF token of this page; an element of the head, since the cookie is closed to scripts. */
export function key() {
  return document.querySelector('meta[name="form-key"]')?.content
    ?? document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}

/** Takes over a new token, so that forms already on the page still count. */
export function renew(token) {
  if (!token) return;
  const meta = document.querySelector('meta[name="form-key"]');
  if (meta) meta.content = token;
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = token;
}

/** POST to our own server, never following to another one. */
export function post(url, body = new FormData(), options = {}) {
  return fetch(url, {
    method: "POST", body, credentials: "same-origin", cache: "no-store", redirect: "manual",
    headers: { "X-CSRFToken": key(), ...options.headers }, keepalive: options.keepalive ?? false,
  });
}

/** Tells every part of the page that it is being covered. */
export const COVER = "gza:cover";
