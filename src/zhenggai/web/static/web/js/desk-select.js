/**
 * Choosing an item at the reading desk: whatever shows it is marked and scrolled to, on both sides, and its detail is fetched.
 * Links carry data-item; segments of the document carry data-items, outermost first. Without this script the links load the page.
 */
const desk = document.getElementById("desk");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The key of the item whose detail is shown; empty for none. */
export function chosen() {
  return document.getElementById("detail")?.dataset.chosen ?? "";
}

/** The tree's link to an item. */
export function node(item) {
  return document.getElementById(`n-${item}`);
}

/** Bring an element into view within its pane; on a narrow screen, where the page scrolls, only when that is what was asked for. */
function reveal(element, { whole = false } = {}) {
  if (!element) return;
  for (let box = element.closest("details:not([open])"); box; box = box.parentElement.closest("details:not([open])")) {
    if (box.firstElementChild !== element) box.open = true;
  }
  const pane = element.closest(".pane");
  if (!pane) return;
  const frame = pane.getBoundingClientRect();
  const place = element.getBoundingClientRect();
  if (getComputedStyle(pane).overflowY === "visible") {
    if (whole) element.scrollIntoView({ block: "center", behavior: "instant" });
    return;
  }
  const scrolls = pane.scrollHeight > pane.clientHeight + 1;
  const hidden = place.top < frame.top + 56 || place.bottom > frame.bottom - 24;
  if (scrolls && hidden) {
    const top = pane.scrollTop + place.top - frame.top - frame.height / 3;
    const near = Math.abs(top - pane.scrollTop) < 2 * frame.height;
    pane.scrollTo({ top, behavior: near && !calm.matches ? "smooth" : "instant" });
  }
}

/** Mark an item on both sides and bring both into view. */
export function show(item) {
  for (const old of desk.querySelectorAll("[aria-current=true][data-item]")) old.removeAttribute("aria-current");
  for (const old of desk.querySelectorAll(".is-chosen, .is-within")) old.classList.remove("is-chosen", "is-within");
  if (!item) return;
  for (const link of desk.querySelectorAll(`[data-item="${item}"]`)) link.setAttribute("aria-current", "true");
  const mark = node(item)?.matches(".node-finding, .node-area") ? "is-within" : "is-chosen";
  for (const segment of desk.querySelectorAll(`[data-items~="${item}"]`)) segment.classList.add(mark);
  reveal(document.getElementById(`m-${item}`));
  reveal(node(item));
}

/** Choose an item as if its link had been followed, and give the keyboard to its node in the ledger. */
export function choose(item, href, { focus = false } = {}) {
  show(item);
  if (focus) node(item)?.focus({ preventScroll: true });
  const address = new URL(href, location.href);
  address.hash = "";
  const detail = document.getElementById("detail");
  window.htmx.ajax("GET", address.pathname + address.search, { source: detail, target: "#detail", swap: "outerHTML" });
  document.dispatchEvent(new CustomEvent("desk:chosen", { detail: { item } }));
}

function plainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

desk.addEventListener("click", (event) => {
  if (!plainClick(event)) return;
  const link = event.target.closest("a[data-item]");
  if (link) {
    event.preventDefault();
    choose(link.dataset.item, link.href);
    return;
  }
  const segment = event.target.closest("[data-items]");
  if (!segment || !document.getSelection().isCollapsed) return;
  const inner = segment.dataset.items.split(" ").pop();
  const place = desk.querySelector(`a[data-item="${inner}"]`);
  if (place) choose(inner, place.href);
});

desk.addEventListener("click", (event) => {
  const back = event.target.closest("a.to-document");
  if (!back) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("desk:pane", { detail: { pane: "document" } }));
  reveal(document.getElementById(`m-${chosen()}`), { whole: true });
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "ledger") return;
  show(chosen());
  const title = document.getElementById("detail-title");
  title?.focus({ preventScroll: true });
});

show(chosen());
