/** The lower edge of a phone: writing, recording, photographing, answering, and saying when it was not stored. */

import { excerpt } from "./message.js";
import { RecordButton } from "./record.js";

const LARGEST = 19 * 1024 * 1024;

export class Compose {
  constructor(phone) {
    this.phone = phone;
    this.field = phone.find("textarea");
    this.drafts = new Map(JSON.parse(sessionStorage.getItem(`drafts-${phone.data.key}`) ?? "[]"));
    addEventListener("pagehide", () => this.keep());
    phone.find(".compose").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.grow());
    phone.find(".replying button").addEventListener("click", () => { this.answer(null); this.field.focus(); });
    phone.find(".photo input").addEventListener("change", (event) => this.picture(event.target));
    phone.find(".again").addEventListener("click", () => this.retry?.());
    this.recorder = new RecordButton(phone, (bytes, seconds, where) => this.send({ do: "voice", seconds }, bytes, null, where), (text) => this.notice(text));
  }

  /** Keep the drafts over a reload. */
  keep() {
    if (this.place) this.drafts.set(this.place, { text: this.amends ? "" : this.field.value, about: this.about });
    sessionStorage.setItem(`drafts-${this.phone.data.key}`, JSON.stringify([...this.drafts].filter(([, one]) => one.text)));
  }

  /** Another chat or holder: put this draft away and take out theirs. */
  turn() {
    if (this.place) this.keep();
    this.amends = null;
    this.place = `${this.phone.person.account} ${this.phone.chat.chat}`;
    const draft = this.drafts.get(this.place) ?? { text: "", about: null };
    this.field.value = draft.text;
    const { person, chat } = this.phone;
    this.field.setAttribute("aria-label", `${person.name}在${chat.queue ? chat.title : "和邻声的私聊"}里说`);
    this.field.placeholder = "打字";
    this.answer(draft.about, false);
    this.notice("");
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    if (event.key === "Escape" && (this.about || this.amends)) this.answer(null);
    if (event.key === "ArrowUp" && !this.field.value) {
      event.preventDefault();
      [...this.phone.log.querySelectorAll(".message")].at(-1)?.focus();
    }
  }

  grow() {
    this.phone.root.classList.toggle("writing", Boolean(this.field.value || this.about));
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 4, 160)}px`;
  }

  fill(text) {
    this.field.value = text;
    this.grow();
    this.field.focus();
  }

  /** Send the line; it leaves the field only once it is stored. */
  async submit() {
    const text = this.field.value;
    const place = this.place;
    if (!text.trim() || this.busy) return;
    this.busy = true;
    const stored = await this.send(this.amends ? { do: "amend", text, about: this.amends.id } : { do: "say", text }, null, null);
    this.busy = false;
    if (!stored) return;
    if (this.place !== place) this.drafts.delete(place);
    else if (this.field.value === text) { this.field.value = ""; this.grow(); }
  }

  /** Say a label of the menu. */
  say(text) {
    return this.send({ do: "say", text }, null, "没存上，请再按一次");
  }

  /** Who would speak now, where, and in answer to what. */
  where() {
    return { account: this.phone.person.account, chat: this.phone.chat.chat, about: this.about?.id ?? null, place: this.place };
  }

  /** Send anything from this phone; true when it is stored. A recording or a picture may be sent again. */
  async send(fields, bytes, failed, { place, ...where } = this.where()) {
    this.notice("");
    try {
      const { entry } = await this.phone.link.ask({ ...where, ...fields }, bytes);
      if (fields.do === "voice") this.phone.keepSound(entry, bytes);
    } catch (error) {
      const again = bytes && (() => this.send(fields, bytes, failed, { place, ...where }));
      this.notice(error.message.startsWith("没存上") ? failed ?? error.message : error.message, again);
      return false;
    }
    if (fields.do !== "press" && this.place === place) this.answer(null, false);
    return true;
  }

  /** Choose the message to answer, or none. */
  answer(entry, go = true) {
    if (this.amends) this.field.value = "";
    this.amends = null;
    this.about = entry;
    this.strip(entry ? `回复 ${excerpt(entry)}` : "", "不回复这条了");
    if (entry && go) this.field.focus();
  }

  /** Put right what was heard in a recording: its words lie in the field, and are sent in their place. */
  amend(entry) {
    this.answer(null, false);
    this.amends = entry;
    this.strip("改好了再发送", "不改了");
    this.fill(entry.heard);
    this.field.select();
  }

  /** The line above the field that says what will be sent; without a text there is none. */
  strip(text, leave) {
    const strip = this.phone.find(".replying");
    strip.hidden = !text;
    strip.querySelector("span").textContent = text;
    strip.querySelector("button").setAttribute("aria-label", leave);
    this.grow();
  }

  async picture(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST) { this.notice("图片太大了，请换一张小一点的"); return; }
    const text = this.field.value.trim();
    const stored = await this.send({ do: "picture", text }, await file.arrayBuffer());
    if (stored && this.field.value.trim() === text) { this.field.value = ""; this.grow(); }
  }

  /** The line to the server is back: what can be sent again still can. */
  reconnected() {
    this.notice(this.retry ? "没存上，请再发一次" : "", this.retry);
  }

  /** One line above the field; `again` offers to send the same thing once more, a calm one goes away by itself. */
  notice(text, again = null, calm = false) {
    const line = this.phone.find(".notice");
    line.classList.toggle("calm", calm);
    clearTimeout(this.fading);
    if (calm) this.fading = setTimeout(() => this.notice(""), 6000);
    line.hidden = !text;
    line.querySelector("span").textContent = text;
    this.retry = again;
    this.phone.find(".again").hidden = !again;
  }
}
