/** The one connection to the server: requests are answered, and it comes back by itself. */

const LOST = "连接断了，正在重连……";

export class Link {
  /** `hear` gets every message that is not an answer; `state` is told true or false when the line opens or breaks. */
  constructor(hear, state) {
    this.hear = hear;
    this.state = state;
    this.open = new Map();
    this.count = 0;
    this.pause = 500;
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(`ws://${location.host}/socket`);
    this.socket.addEventListener("open", () => { this.pause = 500; this.state(true); });
    this.socket.addEventListener("message", (event) => this.take(JSON.parse(event.data)));
    this.socket.addEventListener("close", () => this.lose());
  }

  lose() {
    this.state(false);
    for (const wait of this.open.values()) wait.reject(new Error("没存上，请再发一次"));
    this.open.clear();
    setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 2, 5000);
  }

  take(message) {
    const wait = this.open.get(message.id);
    if (message.is === "done" && wait) wait.resolve(message);
    else if (message.is === "failed") (wait ?? { reject: () => {} }).reject(new Error(message.text));
    else this.hear(message);
    if (message.is === "done" || message.is === "failed") this.open.delete(message.id);
  }

  /** Send a request, with the bytes of a file behind it if there are any; fails with a sentence for the person. */
  ask(fields, bytes = null) {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(LOST));
    const id = String(++this.count);
    const head = JSON.stringify({ ...fields, id });
    this.socket.send(bytes ? new Blob([head, "\n", bytes]) : head);
    return new Promise((resolve, reject) => this.open.set(id, { resolve, reject }));
  }
}
