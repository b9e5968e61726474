/* What every page shares. Pages work without it. */

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    document.getElementById("find")?.focus();
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* Where the pages are a row that scrolls, the one that is shown is in sight. */
document.querySelector(".pages a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/* Filters are folded away where there is little room. */
if (window.matchMedia("(max-width: 48rem)").matches) {
  for (const fold of document.querySelectorAll("[data-fold]")) fold.open = false;
}
document.documentElement.classList.remove("folding");
