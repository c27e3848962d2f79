/**
 * The reading desk by keyboard: j ↓ and k ↑ go through the ledger, o to the next open item, a accepts, c corrects, x rejects,
 * v keeps what stands, ? shows the keys.
 * Single keys can be switched off in the help (WCAG 2.1.4); the choice is kept in this browser. Typing in a field is never a command.
 */
import { choose, chosen } from "./desk-select.js";

const STORED = "zhenggai.desk-keys";
const help = document.getElementById("keys");
const toggle = document.getElementById("keys-on");

toggle.checked = localStorage.getItem(STORED) !== "off";
toggle.addEventListener("change", () => localStorage.setItem(STORED, toggle.checked ? "on" : "off"));

function nodes() {
  return [...document.querySelectorAll("#trees a.node[data-item]:not(.is-context)")];
}

function step(direction, wanted = () => true) {
  const list = nodes();
  let at = list.findIndex((link) => link.dataset.item === chosen());
  if (at < 0 && direction < 0) at = 0;
  for (let next = at + direction; next >= 0 && next < list.length; next += direction) {
    if (wanted(list[next])) {
      choose(list[next].dataset.item, list[next].href, { focus: true });
      return;
    }
  }
}

function press(key) {
  const control = document.querySelector(`#detail [data-key="${key}"]`);
  if (!control) return;
  control.click();
  const box = control.closest("details[open]");
  box?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

function toggleHelp() {
  help.open = !help.open;
  help.querySelector("summary").focus();
}

const COMMANDS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  o: () => step(1, (link) => link.dataset.state === "open"),
  a: () => press("a"),
  c: () => press("c"),
  x: () => press("x"),
  v: () => press("v"),
  "?": toggleHelp,
  "？": toggleHelp,
};

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** Arrows scroll the document where the reader is in it; elsewhere on the desk they go through the ledger. */
function scrolls(event) {
  return event.key.startsWith("Arrow") && !event.target.closest(".pane-tree, .pane-detail");
}

document.addEventListener("keydown", (event) => {
  if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) {
    document.getElementById("detail-title")?.focus({ preventScroll: true });
    return;
  }
  const command = COMMANDS[event.key];
  if (!command || typing(event.target) || scrolls(event)) return;
  event.preventDefault();
  command();
});
