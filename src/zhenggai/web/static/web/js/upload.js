/**
 * Shows how far an upload has come, then that the file is being read; refuses a file that is too large before it is sent.
 * Works on any form with data-upload; without this script the form is sent as usual.
 */
function parts(form) {
  const box = form.querySelector(".progress");
  return { box, label: box.querySelector(".progress-label"), bar: box.querySelector("progress") };
}

function isUpload(event) {
  return event.target instanceof HTMLFormElement && "upload" in event.target.dataset;
}

document.body.addEventListener("htmx:xhr:loadstart", (event) => {
  if (!isUpload(event)) return;
  const { box, label, bar } = parts(event.target);
  box.hidden = false;
  label.textContent = event.target.dataset.sending;
  bar.value = 0;
});

document.body.addEventListener("htmx:xhr:progress", (event) => {
  if (!isUpload(event) || !event.detail.lengthComputable) return;
  const { label, bar } = parts(event.target);
  if (event.detail.loaded < event.detail.total) {
    bar.value = Math.floor((100 * event.detail.loaded) / event.detail.total);
  } else {
    bar.removeAttribute("value");
    label.textContent = event.target.dataset.reading;
  }
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (isUpload(event) && !event.detail.xhr.getResponseHeader("HX-Redirect")) parts(event.target).box.hidden = true;
});

document.body.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || event.target.type !== "file") return;
  const [file] = event.target.files;
  event.target.setCustomValidity(file && file.size > Number(form.dataset.limit) ? form.dataset.tooLarge : "");
  event.target.reportValidity();
});

document.body.addEventListener("htmx:confirm", (event) => {
  if (!isUpload(event)) return;
  const file = event.target.querySelector("input[type=file]");
  if (file.validity.customError) {
    event.preventDefault();
    file.reportValidity();
  }
});
