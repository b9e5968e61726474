/* Before anything is seen: what scripts will fold away is not shown first. */

document.documentElement.classList.add("folding");
