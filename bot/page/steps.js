/** The steps of a first try: the one that is due in full, all of them when the line is opened. */

const find = (id) => document.getElementById(id);

/** Join the button that opens the list. */
export function startSteps() {
  find("guide-open").addEventListener("click", () => open(find("guide-open").getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
}

function open(wanted) {
  find("guide-open").setAttribute("aria-expanded", String(wanted));
  find("guide").classList.toggle("open", wanted);
  document.body.classList.toggle("guided", wanted);
}

/** Show how far it has come. */
export function showSteps(steps) {
  const key = JSON.stringify(steps);
  if (find("steps").dataset.key === key) return;
  find("steps").dataset.key = key;
  const due = steps.findIndex((step) => !step.done);
  find("guide").hidden = !steps.length;
  find("steps").replaceChildren(...steps.map((step, at) => draw(step, at, at === due)));
  find("guide-all").hidden = due >= 0;
  const count = steps.filter((step) => step.done).length;
  const word = Object.assign(document.createElement("span"), { className: "word", textContent: "步骤 " });
  find("guide-open").replaceChildren(word, `${count}/${steps.length}`);
  find("guide-open").setAttribute("aria-label", `试一试的步骤 ${count}/${steps.length}，做了 ${count} 步`);
}

function draw(step, at, due) {
  const line = document.createElement("li");
  line.className = step.done ? "done" : due ? "due" : "";
  if (due) line.setAttribute("aria-current", "step");
  const mark = Object.assign(document.createElement("b"), { textContent: step.done ? "✓" : String(at + 1) });
  mark.setAttribute("aria-hidden", "true");
  const words = Object.assign(document.createElement("span"), { textContent: step.text });
  const state = Object.assign(document.createElement("span"), { className: "unseen", textContent: step.done ? "做过了：" : "" });
  line.append(mark, state, words);
  return line;
}
