/** One phone: who holds it, which chat is open, what was said there. */

import { Compose } from "./compose.js";
import { drawEntry, drawIntroduction, drawTime, initial } from "./message.js";

const NEAR = 120;
const SOON = 3;
const URGENT = "急";

export class Phone {
  constructor(data, link, entriesOf, menus, changed) {
    this.data = data;
    this.link = link;
    this.entriesOf = entriesOf;
    this.menus = menus;
    this.changed = changed;
    this.waiting = new Map();
    this.sounds = new Map();
    this.stuck = true;
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.root.id = `phone-${data.key}`;
    this.root.classList.add(data.key);
    this.root.setAttribute("aria-label", `${data.title}的手机`);
    this.log = this.find(".log");
    this.find(".title").textContent = data.title;
    this.compose = new Compose(this);
    this.people();
    this.listen();
    this.hold(this.remembered());
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  people() {
    const options = this.data.people.map((person) => new Option(person.name, person.account));
    this.find("select").replaceChildren(...options);
    this.find("select").setAttribute("aria-label", `${this.data.title}：现在是谁`);
  }

  listen() {
    this.find("select").addEventListener("change", (event) => this.hold(event.target.value));
    this.find(".newer").addEventListener("click", () => { this.log.scrollTop = this.log.scrollHeight; });
    this.log.addEventListener("focusin", (event) => this.reach(event.target.closest(".message")));
    this.find(".elsewhere").addEventListener("click", (event) => this.goTo(event.currentTarget.dataset));
    this.log.addEventListener("scroll", () => { this.scrolled(); });
    this.log.addEventListener("keydown", (event) => this.walk(event));
    new ResizeObserver(() => this.stay()).observe(this.log);
  }

  remembered() {
    const kept = sessionStorage.getItem(`holder-${this.data.key}`);
    return this.data.people.some((person) => person.account === kept) ? kept : this.data.people[0].account;
  }

  /** Give the phone to somebody; the chat stays open if they have it too. */
  hold(account, chat = this.chat?.chat ?? sessionStorage.getItem(`chat-${this.data.key}`)) {
    this.person = this.data.people.find((person) => person.account === account);
    this.find("select").value = account;
    this.find(".face").textContent = initial(this.person.name);
    sessionStorage.setItem(`holder-${this.data.key}`, account);
    this.openChat(this.person.chats.find((one) => one.chat === chat) ?? this.person.chats[0]);
  }

  openChat(chat) {
    this.chat = chat;
    sessionStorage.setItem(`chat-${this.data.key}`, chat.chat);
    this.compose.turn();
    this.redraw();
  }

  goTo({ account, chat }) {
    this.hold(account, chat);
    this.focus();
  }

  get entries() {
    return this.entriesOf(this.chat.chat);
  }

  /** Draw the open chat from nothing. */
  redraw() {
    this.log.replaceChildren();
    this.lastAt = null;
    this.find(".doing").textContent = "";
    this.log.setAttribute("aria-label", `${this.person.name}的手机：${this.chat.title}`);
    this.log.setAttribute("aria-live", "off");
    if (!this.entries.size) this.log.append(drawIntroduction(this.chat, this.person, this.data.key, this.compose));
    for (const entry of this.entries.values()) this.append(entry);
    this.asking();
    this.showMenu();
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 200);
    this.toEnd();
    this.look();
  }

  append(entry) {
    this.log.querySelector(".introduction")?.remove();
    const time = drawTime(entry, this.lastAt);
    if (time) this.log.append(time);
    this.lastAt = entry.at;
    this.log.append(drawEntry(entry, this));
  }

  /** A new or changed entry of any chat. */
  take(entry, fresh) {
    if (entry.chat !== this.chat.chat) {
      if (fresh && entry.by !== this.person.account) this.miss(entry.chat);
      return;
    }
    const near = this.stuck || entry.by === this.person.account;
    if (!entry.by) this.find(".doing").textContent = "";
    if (!this.replace(entry)) this.append(entry);
    this.settle(entry);
    if (entry.form === "press" && this.entries.has(entry.about)) this.replace(this.entries.get(entry.about));
    this.asking();
    if (near) this.toEnd();
    else if (fresh) this.find(".newer").hidden = false;
    if (fresh && !this.visible()) this.miss(entry.chat);
  }

  /** With something new said, the recording before it can no longer be put right. */
  settle(entry) {
    const own = [...this.entries.values()].filter((one) => one.by === this.person.account);
    const before = own.at(-2);
    if (entry === own.at(-1) && before?.form === "voice") this.replace(before);
  }

  /** Draw an entry again in its place, with the focus where it was; false when it is not there. */
  replace(entry) {
    const old = this.node(entry.id);
    if (!old) return false;
    const pressed = old.contains(document.activeElement) ? document.activeElement.dataset.data ?? "" : null;
    const drawn = drawEntry(entry, this);
    old.replaceWith(drawn);
    if (pressed === null) return true;
    const same = [...drawn.querySelectorAll("button")].find((button) => pressed && button.dataset.data === pressed);
    (same ?? drawn).focus();
    return true;
  }

  /** Keep a recording for listening again, as long as this window is open. */
  keepSound(id, bytes) {
    this.sounds.set(id, URL.createObjectURL(new Blob([bytes])));
    if (this.entries.has(id)) this.replace(this.entries.get(id));
  }

  /** Only the last thing the holder said can be put right, and only their own recording. */
  mayAmend(entry) {
    return entry.by === this.person.account && [...this.entries.values()].findLast((one) => one.by === this.person.account) === entry;
  }

  node(id) {
    return [...this.log.children].find((child) => child.dataset.id === id);
  }

  withdraw({ id, chat }) {
    if (chat !== this.chat.chat) return;
    if (this.entries.size) this.node(id)?.remove();
    else this.redraw();
  }

  /** While the bot waits for an answer the menu steps back; only the newest buttons, or those of a message reached by arrows, take the Tab key. */
  asking() {
    const newest = [...this.entries.values()].at(-1);
    const asks = newest && !newest.by && (newest.buttons.length > 0 || /[？?]\s*$/.test(newest.text));
    this.root.classList.toggle("asking", Boolean(asks));
    this.reach(null);
  }

  /** Let the buttons of the newest message that has some, and of this one, take the Tab key; all others not. */
  reach(message) {
    const newest = [...this.log.querySelectorAll(".message")].filter((one) => one.querySelector(".buttons")).at(-1);
    for (const button of this.log.querySelectorAll(".buttons button")) {
      const owner = button.closest(".message");
      button.tabIndex = owner === newest || owner === message ? 0 : -1;
    }
  }

  /** The bot writes, listens, or answers a press. */
  receipt({ chat, kind }, press) {
    if (chat !== this.chat.chat || (press && press.by !== this.person.account)) return;
    const doing = { typing: "邻声正在写……", listening: "邻声正在听……" }[kind];
    if (doing) this.find(".doing").textContent = doing;
    else if (/[^\x00-\x7f]/.test(kind)) this.compose.notice(kind, null, true);
    clearTimeout(this.still);
    if (doing) this.still = setTimeout(() => { this.find(".doing").textContent = ""; }, 20000);
  }

  /** The labels that stay below: those the bot gave this chat, else a resident's usual ones. */
  showMenu() {
    const box = this.find(".menu");
    const labels = this.menus.of[this.chat.chat] ?? (this.data.key === "resident" ? this.menus.usual : []);
    if (box.dataset.labels === labels.join("\n")) return;
    box.dataset.labels = labels.join("\n");
    const buttons = labels.map((label) => this.label(label));
    const urgent = buttons.filter((button) => button.textContent === URGENT);
    const words = Object.assign(document.createElement("div"), { className: "words" });
    words.append(...buttons.filter((button) => !urgent.includes(button)));
    for (const button of urgent) button.classList.add("urgent-now");
    box.replaceChildren(...(labels.length ? [words, ...urgent] : []));
  }

  label(label) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => this.compose.say(label));
    return button;
  }

  visible() {
    return this.root.offsetParent !== null;
  }

  miss(chat) {
    if (!this.data.people.some((person) => person.chats.some((one) => one.chat === chat))) return;
    this.waiting.set(chat, (this.waiting.get(chat) ?? 0) + 1);
    this.headings();
  }

  /** What is open has been seen, if the phone is in view. */
  look() {
    if (this.visible()) this.waiting.delete(this.chat.chat);
    else this.compose.recorder.hush();
    this.headings();
    this.changed();
  }

  unread() {
    return [...this.waiting.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The chats of the holder as buttons, and who else has something new. */
  headings() {
    const box = this.find(".chats");
    box.hidden = this.person.chats.length < 2;
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
    box.replaceChildren(...this.person.chats.map((chat) => this.heading(chat)));
    [...box.children].find((button) => focused && button.dataset.chat === focused)?.focus();
    const mine = new Set(this.person.chats.map((chat) => chat.chat));
    const other = this.data.people.flatMap((person) => person.chats.map((chat) => ({ person, chat })))
      .find(({ chat }) => !mine.has(chat.chat) && this.waiting.has(chat.chat));
    const button = this.find(".elsewhere");
    button.hidden = !other;
    if (!other) return;
    button.textContent = `${other.person.name} ${this.waiting.get(other.chat.chat)} 条新消息`;
    Object.assign(button.dataset, { account: other.person.account, chat: other.chat.chat });
  }

  heading(chat) {
    const button = document.createElement("button");
    const count = this.waiting.get(chat.chat);
    button.type = "button";
    button.dataset.chat = chat.chat;
    button.setAttribute("aria-pressed", String(chat.chat === this.chat.chat));
    button.append(chat.queue ? chat.title : `和${chat.title}私聊`);
    if (count) button.append(Object.assign(document.createElement("b"), { textContent: count, role: "img", ariaLabel: `${count} 条没看` }));
    button.addEventListener("click", () => this.openChat(chat));
    return button;
  }

  /** Remember whether the reader is at the end: only then does a new message move the page. */
  scrolled() {
    if (!this.visible()) return;
    const left = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
    const moved = Math.abs(this.log.scrollTop - this.resting) >= 3;
    if (left < NEAR && moved) this.seen = this.log.querySelector(".message:last-child")?.dataset.id;
    this.stuck = left < NEAR || !moved;
    if (left < NEAR) this.find(".newer").hidden = true;
  }

  /** Go to the end, but not past the top of a message taller than the pane, nor of an emergency that came just now, until its reader went to the end. */
  toEnd() {
    const all = [...this.log.querySelectorAll(".message")];
    const end = this.log.scrollHeight - this.log.clientHeight;
    const seen = all.length > 0 && all.at(-1).dataset.id === this.seen;
    const first = seen ? null : this.emergency(all) ?? all.at(-1);
    const top = first ? first.getBoundingClientRect().top - this.log.getBoundingClientRect().top + this.log.scrollTop - 8 : end;
    this.stuck = true;
    this.resting = Math.max(0, Math.min(end, Math.floor(top)));
    this.log.scrollTop = this.resting;
    this.find(".newer").hidden = !first || first === all.at(-1) || end - this.resting < NEAR;
  }

  /** The newest emergency among the last few messages, unless the holder has spoken since. */
  emergency(all) {
    const mine = all.findLastIndex((one) => one.classList.contains("mine"));
    return all.slice(Math.max(mine + 1, all.length - SOON)).findLast((one) => one.classList.contains("kind-emergency"));
  }

  stay() {
    if (this.stuck) this.toEnd();
  }

  focus() {
    this.compose.field.focus();
  }

  /** Up and down go from message to message, Enter offers the answer. */
  walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !(event.target === this.log || event.target.classList.contains("message"))) return;
    const all = [...this.log.querySelectorAll(".message")];
    const at = all.indexOf(event.target);
    const next = at < 0 ? all.at(-1) : all[at + step];
    event.preventDefault();
    if (next) next.focus();
    else if (step > 0) this.focus();
  }
}
