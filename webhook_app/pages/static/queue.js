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

/** Kept in localStorage, so that all tabs share it and a closed tab loses nothing. */
export class Queue {
  /** @param {string} name whose it is */
  constructor(name) {
    this.name = `vieraugen.outbox.${name}`;
    /** @type {Waiting[]} */
    this.spare = [];
  }

  /** @returns {Waiting[]} in order */
  all() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return this.spare;
    }
  }

  /** @param {Waiting} one */
  add(one) {
    this.keep([...this.all(), one]);
  }

  /** @param {string} key */
  remove(key) {
    this.keep(this.all().filter((one) => one.key !== key));
  }

  /** @param {Waiting[]} every */
  keep(every) {
    this.spare = every;
    try {
      if (every.length === 0) localStorage.removeItem(this.name);
      else localStorage.setItem(this.name, JSON.stringify(every));
    } catch {
      // No storage (full, or forbidden in this frame): this tab's memory has it.
    }
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
