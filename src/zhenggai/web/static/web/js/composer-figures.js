/**
 * Choosing a number of a draft: it is marked on the paper, and what it rests on is fetched into the panel beside it.
 * Numbers are links to the same page with them chosen; without this script they load it.
 */
const composer = document.getElementById("composer");

function plainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function mark(link) {
  for (const old of composer.querySelectorAll("a.fig[aria-current]")) old.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
}

composer.addEventListener("click", (event) => {
  const link = event.target.closest("a.fig, a.figure-line, .panel .tabs a");
  if (!link || !plainClick(event)) return;
  event.preventDefault();
  const code = new URL(link.href).searchParams.get("figure");
  const place = code && document.getElementById(`f-${code}`);
  if (!link.closest(".tabs")) mark(place);
  if (link.matches(".figure-line")) place?.scrollIntoView({ block: "center" });
  const address = new URL(link.href);
  window.htmx.ajax("GET", address.pathname + address.search, { source: link, target: "#panel", swap: "outerHTML" }).then(() => {
    history.replaceState(history.state, "", address.pathname + address.search);
    document.getElementById("panel").focus({ preventScroll: getComputedStyle(composer).gridTemplateColumns.includes(" ") });
  });
});

document.addEventListener("click", (event) => {
  for (const open of composer.querySelectorAll("details.tools[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

composer.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest?.("details.tools[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
