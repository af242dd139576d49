// Ask now and then whether the page has changed, and bring it to its new state.
import { isDragging } from "./drag.js";
import { morph } from "./morph.js";

const SOON = 2500;
const LATER = 10_000;
const RARELY = 30_000;
const FRESH = 5000;

/** The page's content; `<main>` inside it is what changes. */
export class Live extends HTMLElement {
  mark = "";
  lastChange = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  connectedCallback() {
    document.addEventListener("visibilitychange", () => this.plan());
    addEventListener("online", () => void this.look());
    addEventListener("focus", () => void this.look());
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  /** Look again after a while: soon where something is going on, rarely where nothing is. */
  plan() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    const quiet = Date.now() - this.lastChange;
    const wait = quiet < 120_000 ? SOON : quiet < 900_000 ? LATER : RARELY;
    this.timer = setTimeout(() => void this.look(), wait);
  }

  async look() {
    try {
      const headers = { accept: "text/html", "if-none-match": this.mark };
      const answer = await fetch(location.href, { headers, cache: "no-store" });
      this.tell(true);
      if (answer.status === 304) this.mark = answer.headers.get("etag") ?? this.mark;
      else if (answer.status < 500) await this.show(answer);
    } catch {
      this.tell(false);
    }
    this.plan();
  }

  /**
   * @param {Response} answer a whole page
   * @param {boolean} own whether it answers what the reader did: that is not told as news
   */
  async show(answer, own = false) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = this.querySelector("main");
    const wanted = page.querySelector("main");
    // Nothing moves under a hand; the next look brings it.
    if (main === null || wanted === null || isDragging()) return;
    if (answer.url.split("#")[0] === location.href.split("#")[0]) {
      this.mark = answer.headers.get("etag") ?? "";
    }
    const before = main.textContent;
    const settle = keepFocusNear(document.activeElement);
    const added = morph(main, wanted);
    settle();
    document.dispatchEvent(new CustomEvent("ve-shown"));
    if (before === main.textContent) return;
    this.lastChange = Date.now();
    for (const row of added.filter((one) => one.classList.contains("row"))) {
      row.classList.add("fresh");
      setTimeout(() => row.classList.remove("fresh"), FRESH);
    }
    if (!own) this.say(this.dataset.updated ?? "");
  }

  /** @param {string} words for those who hear the page */
  say(words) {
    const aloud = this.querySelector(":scope > .aloud");
    if (aloud !== null) aloud.textContent = words;
  }

  /** @param {boolean} reached whether the server answered */
  tell(reached) {
    document.dispatchEvent(new CustomEvent("ve-reached", { detail: reached }));
  }
}

/**
 * Remember where somebody is in a list, for when that very entry goes away.
 * @param {Element | null} focused
 * @returns {() => void} brings them to the entry next to it, if theirs is gone
 */
function keepFocusNear(focused) {
  const entry = focused?.closest("li[id]");
  const near = [entry?.nextElementSibling, entry?.previousElementSibling, entry?.closest("section")];
  return () => {
    if (!entry || entry.isConnected) return;
    const place = near.find((one) => one?.isConnected) ?? document.querySelector("main");
    const first = place?.querySelector("button, summary, input:not([type=hidden])") ?? place;
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  };
}

/** @returns {Live | null} the page's content */
export function live() {
  const found = document.querySelector("ve-live");
  return found instanceof Live ? found : null;
}
