// Alt and the arrow keys move an entry, by the very forms that its drawer has.
import { live } from "./live.js";

const KEYS = new Map([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);

export function listenForOrder() {
  document.addEventListener("keydown", (event) => {
    const way = KEYS.get(event.key);
    const from = event.target;
    if (!event.altKey || way === undefined || !(from instanceof HTMLElement)) return;
    if (from.matches("input, select, textarea")) return;
    const row = from.closest(".row");
    const press = row?.querySelector(`button[data-move="${way}"]`);
    if (!row || !(press instanceof HTMLButtonElement) || press.form === null) return;
    event.preventDefault();
    step(row, way);
    press.form.requestSubmit(press);
    from.focus({ preventScroll: true });
  });
}

/**
 * Show the step at once, and say it.
 * @param {Element} row
 * @param {string} way
 */
function step(row, way) {
  const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (other === null) return;
  if (way === "up") other.before(row);
  else other.after(row);
  const place = Array.from(row.parentElement?.children ?? []).indexOf(row) + 1;
  const page = live();
  page?.say((page.dataset.moved ?? "").replace("{count}", String(place)));
}
