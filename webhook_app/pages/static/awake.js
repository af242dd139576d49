// In a meeting and on a walk the screen may stay on, where the browser can do that.

export class Awake extends HTMLElement {
  /** @type {WakeLockSentinel | null} */
  lock = null;
  box = document.createElement("input");

  connectedCallback() {
    if (!("wakeLock" in navigator) || this.childElementCount > 0) return;
    const label = document.createElement("label");
    label.className = "check";
    this.box.type = "checkbox";
    this.box.addEventListener("change", () => void this.follow());
    label.append(this.box, this.dataset.label ?? "");
    this.append(label);
    document.addEventListener("visibilitychange", this.again);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.again);
    void this.lock?.release();
  }

  /** Who looks elsewhere loses the lock; whoever comes back has it again. */
  again = () => {
    if (document.visibilityState === "visible" && this.box.checked) void this.follow();
  };

  async follow() {
    try {
      if (this.box.checked) this.lock = await navigator.wakeLock.request("screen");
      else await this.lock?.release();
    } catch {
      // The battery is low, or this frame may not.
      this.box.checked = false;
    }
  }
}
