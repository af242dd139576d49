// Bring a piece of the page to a new state without taking anybody's words, focus or open drawers.

/**
 * @param {Element} from what stands there
 * @param {Element} to what shall stand there
 * @returns {Element[]} elements that are new
 */
export function morph(from, to) {
  const focused = document.activeElement;
  /** @type {Element[]} */
  const added = [];
  children(from, to, added);
  if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
  return added;
}

/**
 * @param {Element} from
 * @param {Element} to
 * @param {Element[]} added
 */
function children(from, to, added) {
  const byId = new Map(Array.from(from.children, (child) => [child.id, child]));
  let place = from.firstChild;
  for (const wanted of Array.from(to.childNodes)) {
    const known = match(place, wanted, byId);
    if (known === null) {
      const made = document.importNode(wanted, true);
      from.insertBefore(made, place);
      if (made instanceof Element) added.push(made);
      continue;
    }
    if (known === place) place = place.nextSibling;
    else from.insertBefore(known, place);
    node(known, wanted, added);
  }
  while (place !== null) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/**
 * @param {ChildNode | null} place
 * @param {ChildNode} wanted
 * @param {Map<string, Element>} byId
 * @returns {ChildNode | null}
 */
function match(place, wanted, byId) {
  if (wanted instanceof Element && wanted.id !== "") {
    const known = byId.get(wanted.id);
    return known !== undefined && known.nodeName === wanted.nodeName ? known : null;
  }
  if (place === null || place.nodeName !== wanted.nodeName) return null;
  return place instanceof Element && place.id !== "" ? null : place;
}

/**
 * @param {ChildNode} known
 * @param {ChildNode} wanted
 * @param {Element[]} added
 */
function node(known, wanted, added) {
  if (known instanceof CharacterData && wanted instanceof CharacterData) {
    if (known.data !== wanted.data) known.data = wanted.data;
    return;
  }
  if (!(known instanceof Element) || !(wanted instanceof Element)) return;
  if (known instanceof HTMLFormElement && isBusy(known, wanted)) return;
  attributes(known, wanted);
  if (known instanceof HTMLTextAreaElement) {
    known.defaultValue = wanted.textContent ?? "";
    known.value = known.defaultValue;
  } else if (!known.nodeName.includes("-")) {
    // A custom element fills itself; all others get what is wanted.
    children(known, wanted, added);
  }
}

/**
 * Tell whether somebody is writing in a form: then it stays as it is, with what they saw.
 * @param {HTMLFormElement} form
 * @param {Element} wanted
 */
function isBusy(form, wanted) {
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    if (["hidden", "radio", "checkbox"].includes(field.type)) continue;
    const other = wanted.querySelector(`[name="${field.name}"]`);
    const coming =
      other instanceof HTMLTextAreaElement ? other.value : (other?.getAttribute("value") ?? "");
    if (field.value !== field.defaultValue && field.value !== coming) return true;
  }
  return false;
}

/**
 * @param {Element} known
 * @param {Element} wanted
 */
function attributes(known, wanted) {
  const kept = known instanceof HTMLDetailsElement ? "open" : "";
  for (const { name } of Array.from(known.attributes)) {
    if (name !== kept && !wanted.hasAttribute(name)) known.removeAttribute(name);
  }
  for (const { name, value } of Array.from(wanted.attributes)) {
    if (name !== kept && known.getAttribute(name) !== value) known.setAttribute(name, value);
  }
}
