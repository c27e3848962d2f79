/**
 * Pasting into the text of a draft: plain text goes in as it is; markup is asked for only where it has a table, and then the server makes
 * clean paragraphs of it. Nothing pasted is ever put into the page as markup. Works on any textarea with data-paste.
 */
function told(area, sentence) {
  const place = document.getElementById("paste-wrong");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function put(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function cleaned(area, markup) {
  const body = new FormData();
  body.append("html", markup);
  body.append("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(area.dataset.paste, { method: "POST", body, credentials: "same-origin" });
  const type = answer.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/json")) throw new Error(String(answer.status));
  return answer.json();
}

document.addEventListener("paste", (event) => {
  const area = event.target.closest?.("textarea[data-paste]");
  if (!area) return;
  told(area, "");
  const markup = event.clipboardData.getData("text/html");
  if (!/<table\b/i.test(markup)) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  cleaned(area, markup).then(
    (said) => (said.sentence ? told(area, said.sentence) : put(area, said.paragraphs.join("\n"))),
    () => {
      put(area, plain);
      told(area, area.dataset.failed);
    },
  );
});
