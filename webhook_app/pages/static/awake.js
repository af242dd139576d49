// On a walk the screen may stay on, where the browser can do that.

export class Awake extends HTMLElement {
  /** @type {WakeLockSentinel | null} */
  lock = null;

  connectedCallback() {
    if (!("wakeLock" in navigator) || this.childElementCount > 0) return;
    const label = document.createElement("label");
    label.className = "check";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.addEventListener("change", () => void this.toggle(box));
    label.append(box, this.dataset.label ?? "");
    this.append(label);
  }

  /** @param {HTMLInputElement} box */
  async toggle(box) {
    try {
      if (box.checked) this.lock = await navigator.wakeLock.request("screen");
      else await this.lock?.release();
    } catch {
      box.checked = false;
    }
  }
}
