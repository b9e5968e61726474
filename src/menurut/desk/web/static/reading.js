/* The reading room: what was read at the words under the pointer, or those with the focus. */

const pop = document.getElementById("pop");
const body = document.querySelector("[data-body]");
const record = document.querySelector(".record");
const MOST = 3;
let held = null;
let closing = 0;

const cardOf = (id) => document.getElementById(id)?.querySelector(".brief");

const light = (ids) => {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!ids.length) return;
  for (const piece of body.querySelectorAll("[data-of]")) {
    if (piece.dataset.of.split(" ").includes(ids[0])) piece.classList.add("lit");
  }
  document.getElementById(ids[0])?.classList.add("lit");
};

/* Below the words where there is room, else above; never over them. */
const place = (piece) => {
  const at = piece.getClientRects()[0];
  const below = window.innerHeight - at.bottom - 14;
  const above = at.top - 14;
  const under = pop.scrollHeight <= below || below >= above;
  pop.style.maxHeight = `${Math.min(under ? below : above, window.innerHeight * 0.6)}px`;
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.left, room - pop.offsetWidth - 8));
  const top = under ? at.bottom + 6 : at.top - pop.offsetHeight - 6;
  pop.style.left = `${left + window.scrollX}px`;
  pop.style.top = `${top + window.scrollY}px`;
};

const open = (piece) => {
  clearTimeout(closing);
  if (held === piece) return;
  held = piece;
  const ids = piece.dataset.of.split(" ");
  const cards = ids.map(cardOf).filter(Boolean).slice(0, MOST);
  pop.replaceChildren(...cards.map((card) => card.cloneNode(true)));
  for (const others of pop.querySelectorAll("details.others")) others.open = true;
  pop.hidden = !cards.length;
  if (cards.length) place(piece);
  piece.setAttribute("aria-describedby", "pop");
  light(ids);
};

const close = () => {
  held?.removeAttribute("aria-describedby");
  held = null;
  pop.hidden = true;
  light([]);
};

const leave = () => {
  clearTimeout(closing);
  closing = setTimeout(close, 250);
};

const pieceAt = (target) => target.closest?.("[data-of]");

body.addEventListener("pointerover", (event) => {
  const piece = pieceAt(event.target);
  if (piece && event.pointerType !== "touch") open(piece);
});
body.addEventListener("pointerout", (event) => {
  if (event.pointerType !== "touch") leave();
});
pop.addEventListener("pointerenter", () => clearTimeout(closing));
pop.addEventListener("pointerleave", leave);
body.addEventListener("focusin", (event) => {
  const piece = pieceAt(event.target);
  if (piece) open(piece);
});
body.addEventListener("focusout", leave);

/* A finger has no hover: the first touch shows, the link stands in what is shown. */
let touched = false;
body.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
});
body.addEventListener("click", (event) => {
  const piece = pieceAt(event.target);
  if (piece && touched) {
    event.preventDefault();
    open(piece);
  }
});
document.addEventListener("pointerdown", (event) => {
  if (!pop.contains(event.target) && !pieceAt(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

/* A card shows its words in the text. */
record.addEventListener("pointerover", (event) => {
  const card = event.target.closest("[data-value]");
  if (card) light([card.dataset.value]);
});
record.addEventListener("pointerleave", () => light([]));

/* A link to a card opens the group that holds it. */
const reveal = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const card = id ? document.getElementById(id) : null;
  const group = card?.closest("details.sort");
  if (group && !group.open) {
    group.open = true;
    card.scrollIntoView({ block: "nearest" });
  }
};
window.addEventListener("hashchange", reveal);
reveal();
