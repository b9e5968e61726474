/* Zoom, pan and detail for drawings. Pages work without it: each move is an address, and the next
   part of a drawing is asked of the desk and put in the place of this one. */

const PHONE = 640;
const SETTLED = 180;
const STILL = 4;
const ARROWS = {
  time: { ArrowLeft: "earlier", ArrowRight: "later" },
  map: { ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south" },
  plain: {},
};

let chart = document.getElementById("chart");
let asked = null;
let later = 0;
const detail = document.createElement("div");

if (chart) {
  document.documentElement.classList.add("scripts");
  detail.className = "told-of";
  detail.hidden = true;
  detail.setAttribute("aria-hidden", "true");
  prepare();
  if (frame() && frame().clientWidth < PHONE && !frame().classList.contains("narrow")) {
    /* Seen once it is of the screen's breadth, so that nothing jumps. */
    chart.classList.add("unseen");
    show(location.href, "replace");
  }
}

function frame() {
  return chart.querySelector(".zoomed");
}

function drawing() {
  return frame()?.querySelector("svg");
}

/* asking for another part */

async function show(address, how = "push") {
  const shown = new URL(address, location.href);
  const wanted = new URL(shown);
  const room = chart.querySelector(".frame")?.clientWidth ?? PHONE;
  if (room < PHONE) wanted.searchParams.set("w", room);
  asked?.abort();
  asked = new AbortController();
  chart.classList.add("waiting");
  try {
    const answer = await fetch(wanted, { signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (shown.href !== location.href) history[`${how}State`]({}, "", shown);
  } catch (error) {
    chart.classList.remove("unseen");
    if (error.name !== "AbortError") location.assign(shown);
  }
}

function put(page) {
  const fresh = page.getElementById("chart");
  if (!fresh) throw new Error("no drawing");
  const open = chart.querySelector("details")?.open;
  const active = document.activeElement;
  const button = chart.contains(active) ? active.dataset.move : null;
  const inside = frame()?.contains(active) ?? false;
  chart.replaceWith(fresh);
  chart = fresh;
  if (open) chart.querySelector("details").open = true;
  for (const name of ["from", "to"]) {
    const field = document.querySelector(`.filters [name="${name}"]`);
    const given = page.querySelector(`.filters [name="${name}"]`);
    if (field && given) field.value = given.value;
  }
  prepare();
  if (button) chart.querySelector(`[data-move="${button}"]`)?.focus();
  else if (inside) frame()?.focus();
}

/* What was asked for before is out of date: it would undo this move when it comes. */
function settle(address) {
  asked?.abort();
  clearTimeout(later);
  later = setTimeout(() => show(address(), "replace"), SETTLED);
}

function go(name) {
  const link = chart.querySelector(`[data-move="${name}"]`);
  if (link) show(link.href);
}

addEventListener("popstate", () => chart && show(location.href, "replace"));

/* making a drawing ready */

function prepare() {
  chart.append(detail);
  detail.hidden = true;
  for (const button of chart.querySelectorAll(".moves.scripted")) button.hidden = false;
  for (const svg of chart.querySelectorAll(".frame svg")) {
    const links = [...svg.querySelectorAll("a")];
    links.forEach((link, n) => {
      const title = link.querySelector(":scope > title");
      link.dataset.lines = title?.textContent ?? "";
      link.setAttribute("aria-label", link.dataset.lines.replaceAll("\n", ", "));
      link.setAttribute("tabindex", n ? "-1" : "0");
      title?.remove();
    });
  }
  chart.addEventListener("click", clicked);
  chart.addEventListener("pointerover", pointed);
  chart.addEventListener("pointerout", left);
  chart.addEventListener("focusin", pointed);
  chart.addEventListener("focusout", left);
  chart.addEventListener("keydown", pressed);
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  frame()?.addEventListener("wheel", wheeled, { passive: false });
  frame()?.addEventListener("pointerdown", (event) => hold(event, frame()));
  const overview = chart.querySelector(".overview");
  overview?.addEventListener("pointerdown", (event) => brush(event, overview));
}

function clicked(event) {
  const move = event.target.closest(".moves a");
  const act = event.target.closest("[data-act]");
  const many = event.target.closest("svg a.many, svg a.several");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (act) look(act.dataset.act);
  else if (plain && (move || (many && samePage(address(many))))) {
    event.preventDefault();
    show(move ? move.href : address(many));
  }
}

function address(link) {
  return link.href.baseVal ?? link.href;
}

function samePage(href) {
  return new URL(href, location.href).pathname === location.pathname;
}

/* detail beside what is pointed at */

function pointed(event) {
  const link = event.target.closest("svg a");
  if (!link?.dataset.lines) return;
  detail.replaceChildren(
    ...link.dataset.lines.split("\n").map((line) => {
      const p = document.createElement("p");
      p.textContent = line;
      return p;
    }),
  );
  detail.hidden = false;
  const at = link.getBoundingClientRect();
  const around = chart.getBoundingClientRect();
  const x = (event.type === "pointerover" ? event.clientX : at.x + at.width / 2) - around.x;
  const y = (event.type === "pointerover" ? event.clientY : at.bottom) - around.y;
  const room = around.width - detail.offsetWidth;
  detail.style.left = `${Math.max(0, Math.min(x + 14, room))}px`;
  detail.style.top = `${y + 18}px`;
  near(link);
}

function left(event) {
  if (!event.target.closest("svg a")) return;
  detail.hidden = true;
  for (const svg of chart.querySelectorAll(".pointed")) svg.classList.remove("pointed");
}

/* What hangs together with a party, or with a line between two. */
function near(link) {
  const svg = link.closest(".network");
  if (!svg) return;
  const { party, source, about } = link.dataset;
  const met = new Set([party, source, about]);
  for (const line of svg.querySelectorAll(".line")) {
    const ends = [line.dataset.source, line.dataset.about];
    const held = party ? ends.includes(party) : line === link;
    line.classList.toggle("near", held);
    if (held) ends.forEach((end) => met.add(end));
  }
  for (const node of svg.querySelectorAll(".node")) {
    node.classList.toggle("near", met.has(node.dataset.party));
  }
  svg.classList.add("pointed");
}

/* keys */

function pressed(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const link = event.target.closest("svg a");
  const kind = chart.dataset.kind;
  if (link && event.key.startsWith("Arrow")) {
    const links = [...link.closest("svg").querySelectorAll("a")];
    const step = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1;
    links[(links.indexOf(link) + step + links.length) % links.length].focus();
  } else if (event.key === "Escape") {
    detail.hidden = true;
    return;
  } else if (event.target === frame() || link) {
    const name = { "+": "in", "=": "in", "-": "out", 0: "all" }[event.key] ?? ARROWS[kind][event.key];
    if (!name) return;
    kind === "plain" ? look(name) : go(name);
  } else return;
  event.preventDefault();
}

/* the box of a drawing that is seen */

function box() {
  const { x, y, width, height } = drawing().viewBox.baseVal;
  return { x, y, width, height };
}

function whole() {
  const svg = drawing();
  svg.dataset.whole ??= svg.getAttribute("viewBox");
  const [x, y, width, height] = svg.dataset.whole.split(" ").map(Number);
  return { x, y, width, height };
}

function see({ x, y, width, height }) {
  const bounds =
    chart.dataset.kind === "map"
      ? { x: 0, y: 0, width: Number(drawing().dataset.breadth), height: Number(drawing().dataset.height) }
      : whole();
  const share = Math.min(1, bounds.width / width, bounds.height / height);
  const [w, h] = [width * share, height * share];
  const at = (low, high, value) => Math.min(Math.max(value, low), high);
  const left = at(bounds.x, bounds.x + bounds.width - w, x);
  const top = at(bounds.y, bounds.y + bounds.height - h, y);
  drawing().setAttribute("viewBox", `${left} ${top} ${w} ${h}`);
}

function scaled(by, px = 0.5, py = 0.5) {
  whole();
  const now = box();
  const [width, height] = [now.width / by, now.height / by];
  see({ x: now.x + (now.width - width) * px, y: now.y + (now.height - height) * py, width, height });
}

function look(name) {
  if (name === "all") see(whole());
  else scaled(name === "in" ? 1.4 : 1 / 1.4);
}

/* moving by wheel, mouse and fingers */

function zoom(by, event) {
  const at = drawing().getBoundingClientRect();
  const px = (event.clientX - at.x) / at.width;
  const py = (event.clientY - at.y) / at.height;
  if (chart.dataset.kind === "time") stretch(by, px);
  else {
    scaled(by, px, py);
    if (chart.dataset.kind === "map") settle(mapAddress);
  }
}

function wheeled(event) {
  const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
  const focused = frame().contains(document.activeElement);
  if (sideways && chart.dataset.kind === "time") slide(event.deltaX / frame().clientWidth);
  else if (event.ctrlKey || focused) zoom(Math.exp(-event.deltaY / 400), event);
  else return;
  event.preventDefault();
}

function hold(event, held) {
  if (event.button !== 0) return;
  const fingers = hold.fingers ?? (hold.fingers = new Map());
  fingers.set(event.pointerId, event);
  if (fingers.size > 1) return;
  let moved = 0;
  const move = (next) => {
    const before = fingers.get(next.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== next.pointerId);
    if (other) {
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoom(apart(next) / Math.max(apart(before), 1), next);
      moved = STILL + 1;
    } else {
      moved += Math.hypot(next.clientX - before.clientX, next.clientY - before.clientY);
      if (moved > STILL) {
        held.classList.add("held");
        detail.hidden = true;
        pan(next.clientX - before.clientX, next.clientY - before.clientY);
      }
    }
    fingers.set(next.pointerId, next);
  };
  const end = (last) => {
    fingers.delete(last.pointerId);
    if (fingers.size) return;
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    held.classList.remove("held");
    if (moved > STILL) {
      const stop = (click) => (click.preventDefault(), click.stopPropagation());
      addEventListener("click", stop, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
    }
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}

function pan(dx, dy) {
  const at = drawing().getBoundingClientRect();
  if (chart.dataset.kind === "time") {
    slide(-dx / at.width);
    return;
  }
  whole();
  const now = box();
  see({ ...now, x: now.x - (dx / at.width) * now.width, y: now.y - (dy / at.height) * now.height });
  if (chart.dataset.kind === "map") settle(mapAddress);
}

function mapAddress() {
  const svg = drawing();
  const now = box();
  const zoom = Number(svg.dataset.zoom) * (whole().width / now.width);
  const to = new URL(location.href);
  to.searchParams.set("x", (now.x + now.width / 2).toFixed(1));
  to.searchParams.set("y", (now.y + now.height / 2).toFixed(1));
  to.searchParams.set("zoom", zoom.toFixed(2));
  return to;
}

/* time */

const iso = (day) => new Date((day - 719163) * 86400000).toISOString().slice(0, 10);

function days(svg) {
  return { first: Number(svg.dataset.first), last: Number(svg.dataset.last) };
}

function timeAddress(first, last) {
  const to = new URL(location.href);
  const bounded = (day) => Math.min(Math.max(Math.round(day), 1), 3652059);
  to.searchParams.set("from", iso(bounded(first)));
  to.searchParams.set("to", iso(bounded(Math.max(last, first + 1))));
  return to;
}

function wanted() {
  const svg = drawing();
  svg.wanted ??= days(svg);
  return svg.wanted;
}

function slide(share) {
  const now = wanted();
  const by = share * (now.last - now.first + 1);
  now.first += by;
  now.last += by;
  const shown = days(drawing());
  const unit = (drawing().viewBox.baseVal.width - 28) / (shown.last - shown.first + 1);
  for (const group of drawing().querySelectorAll(".marks")) {
    group.setAttribute("transform", `translate(${(shown.first - now.first) * unit} 0)`);
  }
  settle(() => timeAddress(now.first, now.last));
}

function stretch(by, share) {
  const now = wanted();
  const length = now.last - now.first + 1;
  const next = Math.max(length / by, 3);
  now.first += (length - next) * share;
  now.last = now.first + next - 1;
  settle(() => timeAddress(now.first, now.last));
}

/* A window is drawn on the overview, or moved to where it is clicked. */
function brush(event, svg) {
  if (event.button !== 0) return;
  const all = days(svg);
  const at = svg.getBoundingClientRect();
  const edge = (14 / svg.viewBox.baseVal.width) * at.width;
  const day = (x) => {
    const share = (x - at.x - edge) / (at.width - 2 * edge);
    return all.first + Math.min(Math.max(share, 0), 1) * (all.last + 1 - all.first);
  };
  const start = event.clientX;
  const rect = svg.querySelector(".window");
  const unit = svg.viewBox.baseVal.width / at.width;
  const move = (next) => {
    rect.setAttribute("x", (Math.min(start, next.clientX) - at.x) * unit);
    rect.setAttribute("width", Math.max(Math.abs(next.clientX - start) * unit, 1));
  };
  const end = (last) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    const [a, b] = [day(start), day(last.clientX)].sort((one, other) => one - other);
    const shown = drawing() ? days(drawing()) : { first: a, last: b };
    const half = (shown.last - shown.first) / 2;
    const drawn = Math.abs(last.clientX - start) > STILL;
    show(drawn ? timeAddress(a, b) : timeAddress(a - half, a + half));
  };
  event.preventDefault();
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}
