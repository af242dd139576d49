// Entries change places by drag, by Alt and the arrow keys or by their buttons; each can be undone.
// All of it goes through the very forms that an entry's drawer has.
import { live } from "./live.js";

const KEYS = new Map([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);
const LONG = 8000;

/** @type {(() => void) | null} */
let undo = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer = undefined;

export function listenForOrder() {
  document.addEventListener("keydown", (event) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || from.matches("input, select, textarea")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && undo !== null) {
      event.preventDefault();
      takeBack();
      return;
    }
    const way = KEYS.get(event.key);
    const row = way === undefined ? null : from.closest(".row");
    if (!event.altKey || way === undefined || !(row instanceof HTMLElement)) return;
    if (row.querySelector(`button[data-move="${way}"]`) === null) return;
    event.preventDefault();
    step(row, way);
    from.focus({ preventScroll: true });
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    if (event.target.matches("ve-undo button")) takeBack();
    const way = event.target.closest("button[data-move]")?.getAttribute("data-move");
    const row = event.target.closest(".row");
    if (!way || !(row instanceof HTMLElement)) return;
    event.preventDefault();
    step(row, way);
  });
}

/**
 * @param {HTMLElement} row
 * @param {string} way
 */
function step(row, way) {
  const next = row.nextElementSibling;
  const other = way === "up" ? row.previousElementSibling : next;
  if (other === null) return;
  if (way === "up") other.before(row);
  else other.after(row);
  moveTo(row, next);
}

/**
 * Keep a place that a row already has on the page: send it, say it, offer to undo it.
 * @param {HTMLElement} row
 * @param {Element | null} next what stood behind it before
 */
export function moveTo(row, next) {
  const list = row.parentElement;
  send(row);
  offer(() => {
    const now = row.isConnected ? row : document.getElementById(row.id);
    if (!(now instanceof HTMLElement) || now.parentElement !== list) return;
    list?.insertBefore(now, next !== null && next.parentElement === list ? next : null);
    send(now);
  });
}

/** @param {HTMLElement} row */
function send(row) {
  const press = row.querySelector("button[data-move]");
  if (!(press instanceof HTMLButtonElement)) return;
  const field = press.form?.elements.namedItem("after");
  if (press.form === null || !(field instanceof HTMLInputElement)) return;
  const known = field.value;
  field.value = row.previousElementSibling?.getAttribute("data-entry") ?? "";
  press.form.requestSubmit(press);
  field.value = known;
  const place = Array.from(row.parentElement?.children ?? []).indexOf(row) + 1;
  const page = live();
  page?.say((page.dataset.moved ?? "").replace("{count}", String(place)));
}

/** @param {() => void} back */
function offer(back) {
  const bar = document.querySelector("ve-undo");
  if (!(bar instanceof HTMLElement)) return;
  clearTimeout(timer);
  undo = back;
  const press = document.createElement("button");
  press.type = "button";
  press.textContent = bar.dataset.undo ?? "";
  const words = document.createElement("span");
  words.textContent = bar.dataset.moved ?? "";
  bar.replaceChildren(words, press);
  timer = setTimeout(close, LONG);
}

function takeBack() {
  const back = undo;
  close();
  back?.();
}

function close() {
  clearTimeout(timer);
  undo = null;
  document.querySelector("ve-undo")?.replaceChildren();
}
