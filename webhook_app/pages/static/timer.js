// A quiet timer: minutes only, no sound, no colour that alarms.

const MINUTE = 60_000;

export class Timer extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  ticking = undefined;

  connectedCallback() {
    this.draw();
    this.addEventListener("click", (event) => {
      if (!(event.target instanceof HTMLButtonElement)) return;
      if (this.end() === 0) this.keep(Date.now() + this.minutes() * MINUTE);
      else this.keep(0);
      this.draw();
      this.querySelector("button")?.focus();
    });
    this.ticking = setInterval(() => this.draw(), 5000);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  minutes() {
    return Number(this.dataset.minutes ?? 30);
  }

  /** @returns {number} when it ends; 0: it does not run */
  end() {
    try {
      return Number(sessionStorage.getItem(this.name()) ?? 0);
    } catch {
      return Number(this.dataset.end ?? 0);
    }
  }

  /** @param {number} end */
  keep(end) {
    this.dataset.end = String(end);
    try {
      sessionStorage.setItem(this.name(), String(end));
    } catch {
      // Without storage the timer lasts as long as the page.
    }
  }

  name() {
    return `vieraugen.timer.${location.pathname}`;
  }

  draw() {
    const end = this.end();
    const left = Math.max(0, Math.ceil((end - Date.now()) / MINUTE));
    const { start = "", stop = "", over = "", label = "" } = this.dataset;
    const text = left === 0 ? over : (this.dataset.left ?? "").replace("{count}", String(left));
    const words = end === 0 ? start : stop;
    if (this.dataset.shown === `${words} ${text}`) return;
    this.dataset.shown = `${words} ${text}`;
    const press = document.createElement("button");
    press.type = "button";
    press.className = "quiet";
    press.textContent = words;
    this.replaceChildren(press);
    if (end === 0) return;
    const bar = document.createElement("progress");
    bar.max = this.minutes();
    bar.value = this.minutes() - left;
    bar.setAttribute("aria-label", label);
    const said = document.createElement("span");
    said.setAttribute("role", "timer");
    said.textContent = text;
    this.append(bar, said);
  }
}
