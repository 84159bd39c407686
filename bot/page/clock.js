/** The movable clock on top, and the button that saves the conversation. */

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
  find("wind").addEventListener("click", () => wind(find("wind").getAttribute("aria-expanded") !== "true"));
  find("save").addEventListener("click", () => save(say));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closeOther(); wind(false); } });
}

function closeOther() {
  const other = document.querySelector(".other");
  if (!other.open) return;
  other.open = false;
  other.querySelector("summary").focus();
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
  showStatus(world.status);
}

/** The status line; where room is short it may be put away, and comes back with the clock's buttons. */
function showStatus(text) {
  const line = find("status");
  line.hidden = !text;
  line.classList.toggle("read", sessionStorage.getItem("status-read") === text);
  line.querySelector("span").textContent = text;
  line.querySelector("button").onclick = () => { sessionStorage.setItem("status-read", text); line.classList.add("read"); };
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
    say(`存好了：下载文件夹里的 ${name}。放进 tests/conversations/zh/ 就是一个测试。`);
  } catch (error) {
    say(error instanceof TypeError ? "没存成，请再试一次" : error.message);
  }
}
