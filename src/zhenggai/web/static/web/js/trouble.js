/**
 * Says what went wrong when an act did not reach the server, or the server failed.
 * The sentences stand in the page (#trouble, data-offline and data-failed), in the reader's language.
 */
const place = document.getElementById("trouble");

function say(sentence) {
  const line = document.createElement("p");
  line.className = "message message-error";
  line.textContent = sentence;
  place.replaceChildren(line);
}

document.body.addEventListener("htmx:beforeRequest", () => place.replaceChildren());
document.body.addEventListener("htmx:sendError", () => say(place.dataset.offline));
document.body.addEventListener("htmx:timeout", () => say(place.dataset.offline));
document.body.addEventListener("htmx:responseError", () => say(place.dataset.failed));
