// What a person did and the server does not know yet: kept on this device until it does.

/**
 * @typedef {object} Waiting
 * @property {string} key makes sending it twice the same as once
 * @property {string} path below the person's own address
 * @property {[string, string][]} fields
 * @property {string} text what was typed, to show it
 * @property {string} field id of the field in which it was typed
 */

const LEASE = 20_000;
/** Behind the queue's own name: when it was added, and its key. */
const ENTRY = /^\.(\d{15})\.[0-9a-f]{32}$/;

/**
 * Kept in localStorage, so that all tabs share it and a closed tab loses nothing. Each thing has an
 * entry of its own: a tab may see late what another has written, and must not write over it.
 */
export class Queue {
  /** @param {string} name whose it is */
  constructor(name) {
    this.name = `vieraugen.outbox.${name}`;
    /**
     * What found no room there (full, or forbidden in this frame).
     * @type {Map<string, string>}
     */
    this.spare = new Map();
  }

  /** @returns {Waiting[]} in order */
  all() {
    return this.names().flatMap((name) => {
      try {
        return JSON.parse(this.spare.get(name) ?? localStorage.getItem(name) ?? "[]");
      } catch {
        return [];
      }
    });
  }

  /** @param {Waiting} one */
  add(one) {
    // Behind what is there, also when the clock was set back.
    const last = Number(this.stamp(this.names().at(-1) ?? ""));
    const name = `${this.name}.${String(Math.max(Date.now(), last + 1)).padStart(15, "0")}.${one.key}`;
    try {
      localStorage.setItem(name, JSON.stringify(one));
    } catch {
      this.spare.set(name, JSON.stringify(one));
    }
  }

  /** @param {string} key */
  remove(key) {
    for (const name of this.names().filter((each) => each.endsWith(key))) {
      if (!this.spare.delete(name)) localStorage.removeItem(name);
    }
  }

  /** @returns {string[]} of the entries, in order */
  names() {
    /** @type {string[]} */
    let kept = [];
    try {
      kept = Object.keys(localStorage);
    } catch {
      // Forbidden in this frame.
    }
    return [...kept, ...this.spare.keys()].filter((name) => this.stamp(name) !== "").sort();
  }

  /**
   * @param {string} name
   * @returns {string} when an entry was added; empty: it is none of this queue
   */
  stamp(name) {
    if (!name.startsWith(this.name)) return "";
    return ENTRY.exec(name.slice(this.name.length))?.[1] ?? "";
  }

  /**
   * Let one tab at a time send.
   * @param {() => Promise<void>} work
   */
  async alone(work) {
    if (navigator.locks) {
      await navigator.locks.request(this.name, work);
      return;
    }
    const lease = `${this.name}.lease`;
    try {
      if (Number(localStorage.getItem(lease) ?? 0) > Date.now()) return;
      localStorage.setItem(lease, String(Date.now() + LEASE));
    } catch {
      // As above.
    }
    try {
      await work();
    } finally {
      try {
        localStorage.removeItem(lease);
      } catch {
        // As above.
      }
    }
  }
}

/** @returns {string} never twice the same */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
