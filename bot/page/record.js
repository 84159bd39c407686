/** The record button: hold it and speak, or tap once to begin and once to send; a meter shows the voice. */

import { Recording, kind } from "./recording.js";

const HOLD = 400;
const DOUBLE = 0.8;
const LONGEST = 120;

/** Why the microphone cannot be used, as a sentence. */
function reason(error) {
  const known = { NotAllowedError: "浏览器没让用话筒。请点“允许”，或者打字。", NotFoundError: "没找到话筒，请打字。" };
  return known[error.name] ?? "录音没开始，请再试一次，或者打字。";
}

/** The button of one phone; `send(bytes, seconds, where)` takes what was recorded, `say(text)` tells what went wrong. */
export class RecordButton {
  constructor(phone, send, say) {
    Object.assign(this, { phone, send, say, recording: null, mode: "idle", pressed: 0 });
    this.view = { button: phone.find(".record"), panel: phone.find(".recording"), root: phone.root };
    this.listen(this.view);
  }

  /** Whether the microphone is already open. */
  get running() {
    return Boolean(this.recording?.context);
  }

  /** Pointer, keyboard and screen reader all come to press and release. */
  listen({ button, panel }) {
    let pointed = false;
    button.addEventListener("pointerdown", (event) => {
      pointed = true;
      button.setPointerCapture(event.pointerId);
      this.press();
    });
    button.addEventListener("pointerup", () => this.release());
    button.addEventListener("pointercancel", () => this.release());
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (!pointed) { this.press(); this.release(); }
      pointed = false;
    });
    panel.querySelector(".cancel").addEventListener("click", () => { this.finish(false); button.focus(); });
    this.phone.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.finish(false); });
  }

  /** Begin, or send; a second tap sooner than DOUBLE seconds is a trembling finger and does not count. */
  press() {
    if (this.mode === "tap" && this.running && this.recording.seconds > DOUBLE) this.finish(true);
    else if (this.mode === "idle") this.begin();
  }

  /** Let go: after a hold it is sent, after a tap it goes on. */
  release() {
    if (this.mode !== "hold") return;
    if (this.running && performance.now() - this.pressed > HOLD) this.finish(true);
    else this.turn("tap");
  }

  async begin() {
    if (!kind()) { this.say("这个浏览器不能录音，请打字。"); return; }
    const recording = new Recording();
    Object.assign(this, { recording, mode: "hold", pressed: performance.now(), where: this.phone.compose.where() });
    try {
      await recording.start((level, seconds) => this.hear(level, seconds));
      this.turn(this.mode);
    } catch (error) {
      recording.drop();
      this.recording = null;
      this.turn("idle");
      this.say(reason(error));
    }
  }

  hear(level, seconds) {
    showLevel(this.view, level, seconds);
    if (seconds >= LONGEST) this.finish(true);
  }

  turn(mode) {
    this.mode = mode;
    if (this.running || mode === "idle") showMode(this.view, mode);
  }

  /** End the recording, and send it or not. */
  async finish(keep) {
    if (!this.running) return;
    const { recording, where } = this;
    this.recording = null;
    this.turn("idle");
    const { sound, seconds } = await recording.stop();
    if (keep) this.send(await sound.arrayBuffer(), Math.round(seconds * 10) / 10, where);
  }

  /** Stop a recording that nobody can see any more. */
  hush() {
    if (!this.running) return;
    this.finish(false);
    this.say("录音停了，没有发出去");
  }
}

function showMode({ button, panel, root }, mode) {
  const words = { idle: "说话", hold: "松开就发送", tap: "说完了，发送" };
  button.querySelector("span").textContent = words[mode];
  button.classList.toggle("on", mode !== "idle");
  panel.hidden = mode === "idle";
  root.classList.toggle("speaking", mode !== "idle");
  panel.querySelector(".hint").textContent = "我在听，请说";
  panel.querySelector(".seconds").textContent = "0 秒";
  panel.dataset.loud = "0";
}

/** Show the voice; after three seconds with hardly any, ask to come closer. */
function showLevel({ panel }, level, seconds) {
  const meter = panel.querySelector(".level");
  const loud = Math.max(Number(panel.dataset.loud), level);
  panel.dataset.loud = String(loud);
  meter.firstElementChild.style.transform = `scaleX(${level.toFixed(3)})`;
  meter.ariaValueNow = String(Math.round(level * 100));
  panel.querySelector(".seconds").textContent = `${Math.floor(seconds)} 秒`;
  panel.querySelector(".hint").textContent = seconds > 3 && loud < 0.35 ? "声音有点小，请靠近一点" : "我在听，请说";
}
