// Looks every two seconds how far a job is, and shows the page again when it is done.
"use strict";
for (const box of document.querySelectorAll("[data-job]")) {
  const bar = box.querySelector("progress");
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" }, cache: "no-store" });
      const job = await answer.json();
      if (!answer.ok || !["queued", "running"].includes(job.state)) return location.reload();
      if (job.total) { bar.max = job.total; bar.value = job.done; }
    } catch { /* the service is away for a moment: look again */ }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
}
