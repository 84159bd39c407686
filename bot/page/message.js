/** Draws what was said: bubbles, buttons, pictures, and the times between them. All text goes in as text. */

const WEEK = "日一二三四五六";
const APART = 10 * 60 * 1000;

/** Make an element with a class and, if given, a text. */
function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** The line with the time above an entry, or null when it is close to the one before. */
export function drawTime(entry, before) {
  if (before && Math.abs(Date.parse(`${entry.at}Z`) - Date.parse(`${before}Z`)) < APART) return null;
  const [day, time] = entry.at.split("T");
  const [, month, date] = day.split("-").map(Number);
  const line = make("p", "when", `${month}月${date}日 周${WEEK[new Date(`${day}T00:00Z`).getUTCDay()]} ${time}`);
  return line;
}

/** What an empty chat shows: what this phone is for, and a sentence to try. */
export function drawIntroduction(chat, person, phone, compose) {
  const texts = {
    volunteers: "居民的事会变成卡片，出现在这里。点卡片上的按钮就能接。",
    desk: "机器办不了的事会到这里。回复卡片，话就由邻声转给居民。",
    private: `这是${person.name}和邻声的私聊。接了任务以后，地址和暗语会发到这里。`,
    staff: "想看数字，就说“今天的情况”。",
    resident: "有什么事，跟邻声说就行。打字、说话、发图片都可以。",
  };
  const key = chat.queue || (phone === "volunteer" ? "private" : phone);
  const box = make("div", "introduction");
  box.append(make("p", "", texts[key] ?? `${chat.title}的消息会出现在这里。`));
  const sample = { resident: "厨房水管漏水了", staff: "今天的情况" }[key];
  if (!sample) return box;
  const button = make("button", "", `试试说：${sample}`);
  button.type = "button";
  button.addEventListener("click", () => compose.fill(sample));
  box.append(button);
  return box;
}

/** One message with everything that belongs to it. */
export function drawEntry(entry, phone) {
  const mine = entry.by === phone.person.account;
  const node = make("article", `message ${mine ? "mine" : entry.by ? "theirs" : "bot"} form-${entry.form} kind-${entry.kind}`);
  node.dataset.id = entry.id;
  node.tabIndex = -1;
  node.classList.toggle("unsaved", !entry.saved);
  const body = make("div", "body");
  body.append(make("span", phone.chat.queue && !mine ? "name" : "unseen", entry.by ? entry.name : "邻声"));
  body.append(drawBubble(entry, phone));
  if (entry.buttons.length) body.append(drawButtons(entry, phone));
  body.append(drawAnswer(entry, phone, node));
  if (!mine) node.append(drawFace(entry));
  node.append(body);
  return node;
}

/** The character that stands for a person: the family name where it is said. */
export function initial(name) {
  return [...name.replace(/^[小老阿](?=.)/, "")][0] ?? "";
}

function drawFace(entry) {
  const face = make("span", "face", entry.by ? initial(entry.name) : "");
  face.ariaHidden = "true";
  if (entry.by) return face;
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.append(document.createElementNS(space, "use"));
  picture.firstChild.setAttribute("href", "#home");
  face.append(picture);
  return face;
}

function drawBubble(entry, phone) {
  const bubble = make("div", "bubble");
  const quoted = entry.form !== "press" && phone.entries.get(entry.about);
  if (quoted) bubble.append(make("blockquote", "", excerpt(quoted)));
  if (entry.kind === "emergency" && !entry.text.startsWith("急")) bubble.append(make("strong", "urgent", "急"));
  if (entry.form === "press") bubble.append(make("span", "tick", "✓ "));
  if (entry.file) bubble.append(drawFile(entry, phone));
  if (entry.form === "voice" && entry.by) bubble.append(...drawVoice(entry, phone));
  else if (entry.text) bubble.append(make("p", "text", entry.text));
  return bubble;
}

/** A recording: how long it is, what was heard in it, and the button to listen again. */
function drawVoice(entry, phone) {
  const line = make("p", "text spoken", ` ${entry.text}`);
  line.prepend(make("span", "waves"), make("span", "unseen", "语音"));
  const parts = [line];
  if (entry.heard) parts.push(make("p", "text heard", `${entry.edited ? "改成" : "听到"}：${entry.heard}`));
  const row = make("div", "again-row");
  if (phone.sounds.has(entry.id)) row.append(drawSmall("▶ 再听", "再听一遍", () => new Audio(phone.sounds.get(entry.id)).play().catch(() => phone.compose.notice("这段录音放不出来"))));
  if (entry.heard && phone.mayAmend(entry)) row.append(drawSmall("听错了，改", "听错了，改", () => phone.compose.amend(entry)));
  if (row.children.length) parts.push(row);
  return parts;
}

/** A small button inside a bubble of one's own. */
function drawSmall(label, name, act) {
  const button = make("button", "replay", label);
  button.type = "button";
  button.ariaLabel = name;
  button.addEventListener("click", act);
  return button;
}

function drawPicture(address, alt, phone) {
  const image = Object.assign(make("img"), { alt });
  image.addEventListener("load", () => phone.stay());
  image.src = address;
  return image;
}

function drawFile(entry, phone) {
  const address = `/file/${entry.id}`;
  if (entry.form === "picture") return drawPicture(address, entry.text || "图片", phone);
  if (entry.form === "voice") return Object.assign(make("audio"), { src: address, controls: true });
  return Object.assign(make("a", "download", `下载：${entry.file.name}`), { href: address, download: entry.file.name });
}

/** The buttons under a message; what the holder has pressed stays marked. */
function drawButtons(entry, phone) {
  const mine = [...phone.entries.values()].filter((one) => one.form === "press" && one.by === phone.person.account);
  const pressed = mine.filter((one) => one.about === entry.id).at(-1)?.data;
  const box = make("div", "buttons");
  for (const row of entry.buttons) {
    const line = make("div", "row");
    line.append(...row.map((button) => drawButton(button, pressed, entry, phone)));
    box.append(line);
  }
  return box;
}

function drawButton({ label, data }, pressed, entry, phone) {
  const button = make("button", pressed === data ? "done" : "", label);
  button.type = "button";
  button.dataset.data = data;
  if (pressed === data) button.ariaLabel = `${label}，已选`;
  button.addEventListener("click", async () => {
    button.classList.add("busy");
    await phone.compose.send({ do: "press", data, about: entry.id }, null, "没存上，请再按一次");
    button.classList.remove("busy");
  });
  return button;
}

/** The 回复 button, offered once the message is tapped or Enter is pressed on it. */
function drawAnswer(entry, phone, node) {
  const button = make("button", "reply", "回复");
  button.type = "button";
  button.hidden = true;
  button.addEventListener("click", () => { button.hidden = true; phone.compose.answer(entry); });
  const offer = () => { button.hidden = !button.hidden; if (!button.hidden) button.scrollIntoView({ block: "nearest" }); };
  node.addEventListener("click", (event) => {
    if (!event.target.closest("button, a, audio") && getSelection().isCollapsed) offer();
  });
  node.addEventListener("keydown", (event) => {
    if (event.target !== node || event.key !== "Enter") return;
    event.preventDefault();
    offer();
    if (!button.hidden) button.focus();
  });
  return button;
}

/** The first words of a message, to name it. */
export function excerpt(entry) {
  const text = entry.text || { picture: "图片", voice: "语音", file: "文件" }[entry.form] || "";
  const who = entry.by ? entry.name : "邻声";
  return `${who}：${[...text].slice(0, 30).join("")}${[...text].length > 30 ? "……" : ""}`;
}
