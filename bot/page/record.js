/** The record button: hold it and speak, or tap once to begin and once to send; a meter shows the voice. */

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/webm", "audio/ogg;codecs=opus"];
const HOLD = 400;
const DOUBLE = 0.8;
const LONGEST = 120;
const SOUND = { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true };

/** The kind of recording this browser makes, or undefined. */
function kind() {
  return globalThis.MediaRecorder && navigator.mediaDevices ? KINDS.find((one) => MediaRecorder.isTypeSupported(one)) : undefined;
}

/** Loudness of the sound right now, 0 to 1, on a scale of decibels. */
function loudness(analyser, samples) {
  analyser.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50));
}

class Recording {
  /** Ask for the microphone and begin; `show(level, seconds)` is called while it runs. */
  async start(show) {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
    this.parts = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType: kind(), audioBitsPerSecond: 32000 });
    this.recorder.addEventListener("dataavailable", (event) => this.parts.push(event.data));
    this.recorder.start();
    this.began = performance.now();
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    this.context.createMediaStreamSource(this.stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      if (this.recorder.state !== "recording") return;
      show(loudness(analyser, samples), this.seconds);
      requestAnimationFrame(look);
    };
    look();
  }

  /** Seconds since it began; a second tap sooner than DOUBLE is a trembling finger and does not count. */
  get seconds() {
    return this.began === undefined ? 0 : (performance.now() - this.began) / 1000;
  }

  /** End it and let go of the microphone; gives the sound. */
  async stop() {
    const seconds = this.seconds;
    if (this.recorder.state !== "inactive") {
      const ended = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true }));
      this.recorder.stop();
      await ended;
    }
    for (const track of this.stream.getTracks()) track.stop();
    await this.context.close();
    return { sound: new Blob(this.parts), seconds };
  }
}

/** Why the microphone cannot be used, as a sentence. */
function reason(error) {
  const known = { NotAllowedError: "浏览器没让用话筒。请点“允许”，或者打字。", NotFoundError: "没找到话筒，请打字。" };
  return known[error.name] ?? "录音没开始，请再试一次，或者打字。";
}

/** Join the button of a phone to a recording; `send(bytes, seconds, where)` takes it, `say(text)` tells what went wrong.
 *  Gives a function that ends a recording nobody can see any more. */
export function recordButton(phone, send, say) {
  const button = phone.find(".record");
  const state = { recording: null, mode: "idle", pressed: 0, where: null };
  const view = { button, panel: phone.find(".recording"), root: phone.root };

  const begin = async () => {
    if (!kind()) { say("这个浏览器不能录音，请打字。"); return; }
    const recording = new Recording();
    state.recording = recording;
    state.where = phone.compose.where();
    try {
      await recording.start((level, seconds) => {
        showLevel(view, level, seconds);
        if (seconds >= LONGEST) finish(true);
      });
      showMode(view, state.mode);
    } catch (error) {
      Object.assign(state, { recording: null, mode: "idle" });
      recording.stream?.getTracks().forEach((track) => track.stop());
      say(reason(error));
      showMode(view, "idle");
    }
  };

  const finish = async (keep) => {
    const { recording, where } = state;
    if (!recording?.context) return;
    Object.assign(state, { recording: null, mode: "idle" });
    showMode(view, "idle");
    const { sound, seconds } = await recording.stop();
    if (keep) send(await sound.arrayBuffer(), Math.round(seconds * 10) / 10, where);
  };

  listen(view, state, begin, finish);
  return () => {
    if (!state.recording?.context) return;
    finish(false);
    say("录音停了，没有发出去");
  };
}

/** Pointer, keyboard and screen reader all reach the same two functions. */
function listen(view, state, begin, finish) {
  const { button, panel } = view;
  const press = () => {
    if (state.mode === "tap") return state.recording?.seconds > DOUBLE ? finish(true) : undefined;
    if (state.mode !== "idle") return undefined;
    state.mode = "hold";
    state.pressed = performance.now();
    return begin();
  };
  const release = () => {
    if (state.mode !== "hold") return;
    if (state.recording?.context && performance.now() - state.pressed > HOLD) { finish(true); return; }
    state.mode = state.recording ? "tap" : "idle";
    if (state.recording?.context) showMode(view, state.mode);
  };
  let pointed = false;
  button.addEventListener("pointerdown", (event) => { pointed = true; button.setPointerCapture(event.pointerId); press(); });
  button.addEventListener("pointerup", release);
  button.addEventListener("pointercancel", release);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (!pointed) { press(); release(); }
    pointed = false;
  });
  panel.querySelector(".cancel").addEventListener("click", () => { finish(false); button.focus(); });
  const escape = (event) => { if (event.key === "Escape" && state.recording) finish(false); };
  button.addEventListener("keydown", escape);
  panel.addEventListener("keydown", escape);
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
