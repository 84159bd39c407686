/** The movable clock on top, what it says at night, and the button that saves the conversation. */

import { showSteps, startSteps } from "./steps.js";

const find = (id) => document.getElementById(id);

/** Join the top bar to the server; `say(text)` shows one line to everybody. */
export function startClock(link, say) {
  const move = (fields) => link.ask({ do: "move", ...fields }).catch((error) => say(error.message));
  for (const button of document.querySelectorAll("#moves [data-minutes]"))
    button.addEventListener("click", () => move({ minutes: Number(button.dataset.minutes) }));
  document.querySelector("[data-morning]").addEventListener("click", () => move({ morning: true }));
  find("move-to").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ to: find("to").value });
    closeOther();
  });
  startSteps();
  find("status").querySelector("button").addEventListener("click", unfold);
  find("wind").addEventListener("click", () => wind(find("wind").getAttribute("aria-expanded") !== "true"));
  find("save").addEventListener("click", () => save(say));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closeOther(); wind(false); } });
}

function closeOther() {
  for (const other of document.querySelectorAll(".other[open]")) {
    other.open = false;
    other.querySelector("summary").focus();
  }
}

function wind(open) {
  find("wind").setAttribute("aria-expanded", String(open));
  find("moves").classList.toggle("open", open);
  document.body.classList.toggle("winding", open);
}

/** Show the time, whether it is moving, and the status line. */
export function showWorld(world) {
  find("now").textContent = world.walking ? `${world.shown} 时间正在走……` : world.shown;
  find("now").dateTime = world.now;
  find("now").classList.toggle("walking", world.walking);
  find("to").min = world.now;
  if (document.activeElement !== find("to")) find("to").value = world.now;
  for (const button of document.querySelectorAll("#moves button:not(#save)")) button.disabled = world.walking;
  find("night").hidden = !world.night;
  find("night").textContent = world.night;
  showSteps(world.steps);
  showStatus(world.status);
}

function unfold() {
  const open = find("status").classList.toggle("open");
  find("status").querySelector("button").setAttribute("aria-expanded", String(open));
}

/** The status line, folded to one line; where room is short it stands with the steps. */
function showStatus(text) {
  const line = find("status");
  line.hidden = !text;
  line.querySelector("span").textContent = text;
}

async function save(say) {
  try {
    const answer = await fetch("/save");
    if (!answer.ok) throw new Error(await answer.text());
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    closeOther();
    say(`存好了：下载文件夹里的 ${name}。放进 tests/conversations/zh/ 就是一个测试。`);
  } catch (error) {
    say(error instanceof TypeError ? "没存成，请再试一次" : error.message);
  }
}
