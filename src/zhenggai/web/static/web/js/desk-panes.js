/**
 * On a narrow screen the desk shows one of its parts at a time; the links above it say which. Choosing an item shows its detail.
 * Without this script the parts stand one below the other and the links jump to them.
 */
const body = document.body;
const links = [...document.querySelectorAll(".desk-tabs a")];

function pane(name) {
  body.dataset.pane = name;
  for (const link of links) {
    if (link.dataset.pane === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    pane(link.dataset.pane);
  });
}

document.addEventListener("desk:chosen", () => pane("detail"));
document.addEventListener("desk:pane", (event) => pane(event.detail.pane));
pane(document.getElementById("detail").dataset.chosen ? "detail" : "document");
