/** A recording from the microphone, and how loud it is right now. */

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/webm", "audio/ogg;codecs=opus"];
const SOUND = { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true };

/** The kind of recording this browser makes, or undefined. */
export function kind() {
  return globalThis.MediaRecorder && navigator.mediaDevices ? KINDS.find((one) => MediaRecorder.isTypeSupported(one)) : undefined;
}

/** Loudness of the sound right now, 0 to 1, on a scale of decibels. */
function loudness(analyser, samples) {
  analyser.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50));
}

export class Recording {
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

  /** Seconds since it began. */
  get seconds() {
    return this.began === undefined ? 0 : (performance.now() - this.began) / 1000;
  }

  /** Let go of a microphone that could not be used. */
  drop() {
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  /** End it and let go of the microphone; gives the sound. */
  async stop() {
    const seconds = this.seconds;
    if (this.recorder.state !== "inactive") {
      const ended = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true }));
      this.recorder.stop();
      await ended;
    }
    this.drop();
    await this.context.close();
    return { sound: new Blob(this.parts), seconds };
  }
}
