/* A file may be dropped onto the field; it is read at once. */

const zone = document.querySelector("[data-drop]");
const input = zone.querySelector("input[type=file]");

const over = (on) => (event) => {
  event.preventDefault();
  zone.classList.toggle("over", on);
};

zone.addEventListener("dragenter", over(true));
zone.addEventListener("dragover", over(true));
zone.addEventListener("dragleave", over(false));
zone.addEventListener("drop", (event) => {
  over(false)(event);
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  zone.closest("form").requestSubmit();
});
