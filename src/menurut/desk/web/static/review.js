/* The review queue by keyboard: j and k move, y and n answer, u takes the last decision back. */

const doubts = [...document.querySelectorAll("[data-doubt]")];

const current = () => doubts.findIndex((doubt) => doubt.contains(document.activeElement));

const show = (index) => {
  const doubt = doubts[Math.max(0, Math.min(index, doubts.length - 1))];
  doubt?.focus();
  doubt?.scrollIntoView({ block: "nearest" });
};

const press = (within, selector) => {
  const button = within?.querySelector(selector);
  button?.click();
  return Boolean(button);
};

const keys = {
  j: () => show(current() + 1),
  k: () => show(current() < 0 ? 0 : current() - 1),
  y: () => press(doubts[Math.max(0, current())], "button[value=right]"),
  n: () => press(doubts[Math.max(0, current())], "button[value=wrong]"),
  u: () => press(document, ".told .undo button") || press(document, ".decisions .undo button"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

/* An answer leads back to where it was given: the next link has moved up there. */
for (const [index, doubt] of doubts.entries()) {
  doubt.addEventListener("submit", (event) => {
    event.target.elements.back.value = `/review?at=${index}`;
  });
}

const asked = Number(new URLSearchParams(location.search).get("at"));
const first = Math.min(asked || 0, doubts.length - 1);
if (first > 0) show(first);
else doubts[0]?.focus({ preventScroll: true });
