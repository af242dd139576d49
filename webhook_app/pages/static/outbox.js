// Sends what a person does, in order and once; keeps it through lost connections and closed tabs.
import { live } from "./live.js";
import { Queue, newKey } from "./queue.js";

/** @typedef {import("./queue.js").Waiting} Waiting */

const SLOW = 700;
const LONGEST_WAIT = 30_000;
const MAY_PASS = [408, 425, 429, 500, 502, 503, 504];

const PAUSE = 1200;

/** A bar above the page that shows only what waits or was refused. */
export class Outbox extends HTMLElement {
  queue = new Queue("");
  base = "";
  offline = false;
  wait = 1000;
  busy = false;
  /** @type {{ waiting: Waiting, why: string } | null} */
  refused = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  saving = undefined;

  connectedCallback() {
    this.base = this.dataset.base ?? "";
    this.queue = new Queue(this.dataset.scope ?? "");
    document.addEventListener("submit", (event) => this.take(event));
    document.addEventListener("ve-reached", (event) => this.reached(event));
    document.addEventListener("ve-shown", () => this.mark());
    addEventListener("storage", () => this.draw());
    addEventListener("online", () => {
      this.setOffline(false);
      void this.send();
    });
    addEventListener("offline", () => this.setOffline(true));
    this.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("input", (event) => this.saveSoon(event));
    void this.send();
  }

  /** @param {SubmitEvent} event */
  take(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    const path = new URL(form.action).pathname;
    if (form.hasAttribute("data-plain") || !path.startsWith(`${this.base}/`)) return;
    event.preventDefault();
    const waiting = written(form, event.submitter, path.slice(this.base.length));
    this.queue.add(waiting);
    show(form, event.submitter);
    this.refused = null;
    setTimeout(() => this.draw(), SLOW);
    void this.send();
  }

  /**
   * Keep what is written in a field that saves itself, a breath after the last letter.
   * @param {Event} event
   */
  saveSoon(event) {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.dataset.autosave === undefined) return;
    clearTimeout(this.saving);
    this.saving = setTimeout(() => {
      const press = field.form?.querySelector("button");
      if (field.value !== field.defaultValue) field.form?.requestSubmit(press);
    }, PAUSE);
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      await this.queue.alone(() => this.sendAll());
    } finally {
      this.busy = false;
    }
    this.draw();
    if (this.queue.all().length === 0) return;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.timer = setTimeout(() => void this.send(), this.offline ? this.wait : 50);
  }

  async sendAll() {
    for (let next = this.queue.all()[0]; next !== undefined; next = this.queue.all()[0]) {
      const last = this.queue.all().length === 1;
      let answer;
      try {
        answer = await fetch(this.base + next.path, {
          method: "POST",
          body: new URLSearchParams(next.fields),
          headers: { accept: "text/html" },
        });
      } catch {
        this.setOffline(true);
        return;
      }
      if (MAY_PASS.includes(answer.status)) {
        this.setOffline(true);
        return;
      }
      this.queue.remove(next.key);
      this.setOffline(false);
      if (!answer.ok) await this.refuse(next, answer);
      else if (last) await this.arrived(answer);
    }
  }

  /** @param {Response} answer */
  async arrived(answer) {
    this.wait = 1000;
    const here = answer.url.split("#")[0] === location.href.split("#")[0];
    if (here) await live()?.show(answer, true);
    else await live()?.look();
  }

  /**
   * @param {Waiting} waiting
   * @param {Response} answer
   */
  async refuse(waiting, answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const why = page.querySelector("[role=alert]")?.textContent?.trim() ?? "";
    this.refused = { waiting, why };
    const field = document.getElementById(waiting.field);
    const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    if (typed && field.value === field.defaultValue) {
      field.value = waiting.text;
    }
    await live()?.look();
  }

  /** @param {Event} event */
  reached(event) {
    const reached = event instanceof CustomEvent && event.detail === true;
    if (reached && this.offline) void this.send();
    this.setOffline(!reached);
  }

  /** @param {boolean} offline */
  setOffline(offline) {
    this.offline = offline;
    if (!offline) this.wait = 1000;
    this.draw();
  }

  /** @param {Event} event */
  clicked(event) {
    if (!(event.target instanceof HTMLButtonElement)) return;
    if (event.target.name === "again") void this.send();
    else this.refused = null;
    this.draw();
  }

  draw() {
    const waiting = this.queue.all();
    const bar = document.createElement("div");
    bar.setAttribute("role", "status");
    if (this.refused !== null) this.drawRefused(bar, this.refused);
    else if (this.offline || waiting.length > 0) this.drawWaiting(bar, waiting);
    if (bar.childElementCount === 0) this.replaceChildren();
    else if (bar.innerHTML !== this.firstElementChild?.innerHTML) this.replaceChildren(bar);
    this.mark();
  }

  /**
   * @param {Element} bar
   * @param {Waiting[]} waiting
   */
  drawWaiting(bar, waiting) {
    const { offline = "", offlineText = "", one = "", many = "", sending = "" } = this.dataset;
    const count = waiting.length === 1 ? one : many.replace("{count}", String(waiting.length));
    if (this.offline) line(bar, `${offline}.`, ` ${offlineText} ${waiting.length > 0 ? `${count}.` : ""}`);
    else line(bar, `${sending} …`, "");
    const list = bar.appendChild(document.createElement("ul"));
    for (const text of waiting.map((each) => each.text).filter((each) => each !== "")) {
      list.appendChild(document.createElement("li")).textContent = text;
    }
    if (this.offline && waiting.length > 0) button(bar, "again", this.dataset.again ?? "");
  }

  /**
   * @param {Element} bar
   * @param {{ waiting: Waiting, why: string }} refused
   */
  drawRefused(bar, { waiting, why }) {
    const { refused = "", lost = "", discard = "" } = this.dataset;
    bar.setAttribute("role", "alert");
    line(bar, `${refused}.`, ` ${why}`);
    if (waiting.text !== "") line(bar, "", lost.replace("{text}", waiting.text));
    button(bar, "discard", discard);
  }

  /** Show at each entry that something about it waits. */
  mark() {
    const entries = new Set(this.queue.all().flatMap((one) => valuesOf(one, "entry")));
    for (const row of document.querySelectorAll("[data-entry]")) {
      row.classList.toggle("pending", entries.has(row.getAttribute("data-entry") ?? ""));
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @param {string} path
 * @returns {Waiting}
 */
function written(form, submitter, path) {
  const key = newKey();
  const data = new FormData(form, submitter);
  if (form.querySelector("input[data-fresh]") !== null) data.set("key", key);
  /** @type {[string, string][]} */
  const fields = [];
  for (const [name, value] of data) fields.push([name, String(value)]);
  const field = form.querySelector("input[name=text]:not([type=hidden]), textarea");
  const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  const text = typed ? field.value : "";
  return { key, path, fields, text, field: field?.id ?? "" };
}

/**
 * Show at once what the press means; the server's answer comes and is the truth.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
function show(form, submitter) {
  if (submitter?.getAttribute("role") === "checkbox") {
    const checked = submitter.getAttribute("aria-checked") === "true";
    submitter.setAttribute("aria-checked", String(!checked));
  }
  if (form.querySelector("input[data-fresh], input[data-clears]") !== null) form.reset();
  form.classList.remove("typed");
  const drawer = form.closest("details.more, details.new-item");
  if (drawer instanceof HTMLDetailsElement && submitter?.getAttribute("data-move") === null) {
    drawer.open = false;
    const summary = drawer.querySelector("summary");
    if (drawer.contains(document.activeElement)) summary?.focus();
  }
}

/**
 * @param {Waiting} one
 * @param {string} name
 */
function valuesOf(one, name) {
  return one.fields.filter(([key]) => key === name).map(([, value]) => value);
}

/**
 * @param {Element} bar
 * @param {string} strong
 * @param {string} text
 */
function line(bar, strong, text) {
  const words = bar.appendChild(document.createElement("p"));
  if (strong !== "") words.appendChild(document.createElement("strong")).textContent = strong;
  words.append(text);
}

/**
 * @param {Element} bar
 * @param {string} name
 * @param {string} text
 */
function button(bar, name, text) {
  const row = bar.appendChild(document.createElement("div"));
  row.className = "buttons";
  const made = row.appendChild(document.createElement("button"));
  made.type = "button";
  made.name = name;
  made.className = "quiet";
  made.textContent = text;
}
