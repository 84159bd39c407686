/** Starts the try page: keeps what was said, hands it to the phones, and switches between them. */

import { showWorld, startClock } from "./clock.js";
import { Link } from "./link.js";
import { Phone } from "./phone.js";

const talk = new Map();
const menus = { usual: [], of: {} };
let phones = [];
let quiet = 0;

/** The entries of a chat in order, by id. */
const entriesOf = (chat) => talk.get(chat) ?? talk.set(chat, new Map()).get(chat);

const link = new Link(hear, (open) => say(open ? "" : "连接断了，正在重连……"));
startClock(link, say);

function hear(message) {
  const act = { hello, world: (m) => world(m.world), entry: (m) => entry(m.entry), gone, receipt };
  act[message.is]?.(message);
}

function hello(message) {
  talk.clear();
  for (const item of message.entries) entriesOf(item.chat).set(item.id, item);
  world(message.world);
  if (!phones.length) build(message.phones);
  for (const phone of phones) {
    phone.redraw();
    phone.compose.reconnected();
  }
}

function world(now) {
  showWorld(now);
  menus.usual = now.menu;
  menus.of = now.menus;
  for (const phone of phones) phone.showMenu();
}

function entry(item) {
  const fresh = !entriesOf(item.chat).has(item.id);
  entriesOf(item.chat).set(item.id, item);
  for (const phone of phones) phone.take(item, fresh);
  showUnread();
}

function gone(message) {
  entriesOf(message.chat).delete(message.id);
  for (const phone of phones) phone.withdraw(message);
}

function receipt(message) {
  const press = entriesOf(message.chat).get(message.key);
  for (const phone of phones) phone.receipt(message, press);
}

/** One line under the top bar; an empty one takes it away. */
function say(text) {
  const line = document.getElementById("trouble");
  line.textContent = text;
  line.hidden = !text;
  clearTimeout(quiet);
  if (text && !text.startsWith("连接断了")) quiet = setTimeout(() => say(""), 12000);
}

function build(list) {
  const room = document.getElementById("phones");
  phones = list.map((data) => new Phone(data, link, entriesOf, menus, showUnread));
  room.replaceChildren(...phones.map((phone) => phone.root));
  room.dataset.count = String(phones.length);
  document.getElementById("tabs").replaceChildren(...phones.map(tab));
  turnTo(0);
  if (matchMedia("(pointer: fine)").matches) phones[0]?.focus();
  document.addEventListener("keydown", arrows);
}

function tab(phone, index) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", id: `tab-${phone.data.key}` });
  button.setAttribute("role", "tab");
  button.setAttribute("aria-controls", phone.root.id);
  button.append(phone.data.title, Object.assign(document.createElement("b"), { hidden: true, role: "img" }));
  button.addEventListener("click", () => turnTo(index));
  return button;
}

/** Show this phone where only one fits. */
function turnTo(index) {
  phones.forEach((phone, at) => phone.root.classList.toggle("chosen", at === index));
  [...document.getElementById("tabs").children].forEach((button, at) => {
    button.setAttribute("aria-selected", String(at === index));
    button.tabIndex = at === index ? 0 : -1;
  });
  for (const phone of phones) phone.look();
}

function showUnread() {
  phones.forEach((phone, at) => {
    const badge = document.getElementById("tabs").children[at]?.querySelector("b");
    if (!badge) return;
    const count = phone.unread();
    badge.hidden = !count;
    badge.textContent = String(count);
    badge.setAttribute("aria-label", `${count} 条没看`);
  });
}

/** Left and right arrows go to the neighbouring phone, unless they are needed inside a field. */
function arrows(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const field = event.target.closest("textarea, input, select, details");
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
  if (field && !(field.matches("textarea") && !field.value)) return;
  const onTabs = event.target.closest("#tabs");
  const here = onTabs ? [...onTabs.children].indexOf(event.target) : phones.findIndex((p) => p.root.contains(event.target));
  if (here < 0) return;
  const there = (here + step + phones.length) % phones.length;
  event.preventDefault();
  turnTo(there);
  if (onTabs) onTabs.children[there].focus();
  else phones[there].focus();
}
