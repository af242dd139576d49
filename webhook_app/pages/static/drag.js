// An entry follows the finger or the mouse by its handle, and is dropped between two others.
// A tap on the handle opens its drawer as before; the keyboard has Alt and the arrow keys.
import { moveTo } from "./order.js";

const SLACK = 6;
const EDGE = 64;
const STEP = 12;

/**
 * @typedef {object} Drag
 * @property {HTMLElement} row
 * @property {HTMLElement} handle
 * @property {number} pointer
 * @property {number} y where it was taken
 * @property {number} top of the document then
 * @property {Element | null} next what stood behind it
 * @property {boolean} moving
 */

/** @type {Drag | null} */
let drag = null;
let at = 0;

/** @returns {boolean} whether somebody holds an entry: then the list stands still */
export function isDragging() {
  return drag !== null && drag.moving;
}

export function listenForDrags() {
  document.addEventListener("pointerdown", take);
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isDragging()) leave();
  });
  document.addEventListener("click", swallow, true);
}

/** @param {PointerEvent} event */
function take(event) {
  const target = event.target instanceof Element ? event.target : null;
  const handle = target?.closest(".more > summary");
  const row = handle?.closest(".row");
  if (!(handle instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
  if (event.button !== 0 || drag !== null || row.querySelector("[data-move]") === null) return;
  const { pointerId: pointer, clientY: y } = event;
  at = y;
  drag = { row, handle, pointer, y, top: scrollY, next: row.nextElementSibling, moving: false };
}

/** @param {PointerEvent} event */
function follow(event) {
  if (drag === null || event.pointerId !== drag.pointer) return;
  at = event.clientY;
  if (drag.moving) return;
  if (Math.abs(at - drag.y) < SLACK) return;
  drag.moving = true;
  drag.handle.setPointerCapture(drag.pointer);
  drag.row.classList.add("dragged");
  document.documentElement.classList.add("dragging");
  requestAnimationFrame(step);
}

/** Bring the row to the pointer, and the page along where the pointer is near its edge. */
function step() {
  if (drag === null || !drag.moving) return;
  if (at < EDGE) scrollBy(0, -STEP);
  else if (at > innerHeight - EDGE) scrollBy(0, STEP);
  const { row } = drag;
  const above = row.previousElementSibling;
  const below = row.nextElementSibling;
  if (above !== null && at < middle(above)) pass(row, () => above.before(row));
  else if (below !== null && at > middle(below)) pass(row, () => below.after(row));
  row.style.setProperty("--by", `${at + scrollY - drag.y - drag.top}px`);
  requestAnimationFrame(step);
}

/**
 * Let the row change places without a jump: it stays where the pointer is.
 * @param {HTMLElement} row
 * @param {() => void} change
 */
function pass(row, change) {
  const before = row.offsetTop;
  change();
  if (drag !== null) drag.y += row.offsetTop - before;
}

/** @param {Element} row */
function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

/** @param {PointerEvent} event */
function drop(event) {
  if (drag === null || event.pointerId !== drag.pointer) return;
  const { row, next, moving } = drag;
  end();
  if (moving && row.nextElementSibling !== next) moveTo(row, next);
}

function leave() {
  if (drag === null) return;
  const { row, next, moving } = drag;
  if (moving) row.parentElement?.insertBefore(row, next);
  end();
}

function end() {
  const held = drag;
  drag = null;
  if (held === null || !held.moving) return;
  held.row.classList.remove("dragged");
  held.row.style.removeProperty("--by");
  document.documentElement.classList.remove("dragging");
  // The click that ends a drag is none; where no click comes, the next one counts again.
  held.handle.dataset.dropped = "";
  setTimeout(() => delete held.handle.dataset.dropped, 0);
}

/** @param {Event} event */
function swallow(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-dropped]")) event.preventDefault();
}
