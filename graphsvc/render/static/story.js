// A story leads through views of the map, each with a caption. Its steps count from 1; 0 is the map by itself.
const captions = byId("captions") ? [...byId("captions").children].map((each) => each.textContent.trim()) : [];
const steps = ["", ...more.story];
steps.length = more.story.length ? steps.length : 0;

function stepBy(change) {
  const step = Math.min(more.story.length, Math.max(1, state.step + change));
  if (step === state.step) return;
  restore(`step=${step}`);
  remember();
}

function showStep() {
  if (!captions.length) return;
  byId("caption").textContent = captions[state.step - 1] || "";
  byId("caption").hidden = !state.step;
  byId("story-step").textContent = state.step ? say("step", { step: state.step, steps: captions.length }) : "";
  byId("story-back").disabled = state.step < 2;
  byId("story-next").disabled = state.step === captions.length;
}

// All steps for paper, each as a figure with its caption; then everything is as it was.
function storyFigures(drawing) {
  const before = fragment();
  const figures = captions.map((caption, index) => {
    restore(`step=${index + 1}`);
    return make("figure", {}, drawing(), make("figcaption", {}, `${index + 1}. ${caption}`));
  });
  restore(before);
  return figures;
}

function startStory() {
  if (!captions.length) return;
  byId("captions").hidden = true;
  byId("story-back").addEventListener("click", () => stepBy(-1));
  byId("story-next").addEventListener("click", () => stepBy(1));
  document.querySelector(".story").addEventListener("keydown", ({ key }) => {
    if (key === "PageDown") stepBy(1);
    if (key === "PageUp") stepBy(-1);
  });
  showStep();
}
