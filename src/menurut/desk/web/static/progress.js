/* How far a job is, until it is done. */

const shown = document.querySelector("[data-progress]");
const bar = shown.querySelector("progress");
const count = shown.querySelector("[data-count]");
const doing = shown.querySelector("label").textContent;
let was = null;

const look = async () => {
  const answer = await fetch(shown.dataset.progress);
  if (!answer.ok) return location.reload();
  const job = await answer.json();
  was ??= job.doing;
  if (job.doing === "done" || job.doing !== was) return location.reload();
  if (job.total) {
    bar.max = job.total;
    bar.value = job.ready;
    count.textContent = `${job.ready} / ${job.total}`;
    document.title = `${doing} ${job.ready} / ${job.total}`;
  }
  setTimeout(look, 400);
};

look();
