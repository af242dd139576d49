// The pane in Outlook and the tab in Teams: signs in by its host, asks our server which 1:1 is
// open there, and shows its page in a frame, so that the host's events still reach this script.

import { configure, loadLibrary, outlook, Stop, teams } from "./office.js";

/** @typedef {import("./office.js").Host} Host */
/** @typedef {{state: string, url?: string, home?: string, title?: string, text?: string,
 *   beside?: string}} Answer */

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
/** @type {Record<string, string>} */
const words = JSON.parse(main.dataset.words ?? "{}");
const { client = "", authority = "", scope = "", place = "" } = main.dataset;
const isTeams = main.dataset.host === "teams";
/** Which question was the last: the answer to an earlier one comes too late. */
let turn = 0;
/** The page that the frame was last sent to. */
let shown = "";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const part = (id) => /** @type {T} */ (document.getElementById(id));
const frame = /** @type {HTMLIFrameElement} */ (part("frame"));
const again = part("again");
const overview = part("overview");

/** @param {HTMLElement} place @param {string | undefined} text */
function say(place, text) {
  place.textContent = text ?? "";
  place.hidden = !text;
}

/** Show words in place of a page. @param {Answer} answer @param {string} [reason] */
function tell(answer, reason = "") {
  frame.hidden = true;
  shown = "";
  part("said").hidden = false;
  say(part("beside"), "");
  say(part("title"), answer.title);
  say(part("text"), answer.text);
  say(part("reason"), reason);
  overview.hidden = !answer.home;
  overview.onclick = () => show({ ...answer, url: answer.home ?? "", beside: "" });
}

/** @param {Answer} answer */
function show(answer) {
  part("said").hidden = true;
  say(part("beside"), answer.beside);
  frame.hidden = false;
  const url = new URL(answer.url ?? "", location.href);
  // Each answer brings a fresh link; what somebody is typing on the same page stays.
  const page = url.pathname.replace(/^\/me\/[^/]+/, "");
  if (url.origin !== location.origin || page === shown) return;
  shown = page;
  frame.src = url.href;
}

/** @param {string} bearer @param {object} opened @returns {Promise<Answer>} */
async function ask(bearer, opened) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch("/pane/open", {
      method: "POST",
      headers: {
        Authorization: `Bearer ${bearer}`,
        "Content-Type": "application/json",
        Accept: "application/json",
      },
      body: JSON.stringify(opened),
    });
  } catch {
    throw new Stop("unreachable");
  }
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 401) throw new Stop("token", found.detail);
  if (!found.state) throw new Stop("unreachable", found.detail ?? `HTTP ${answer.status}`);
  return found;
}

/** @param {Host} host @param {boolean} popup */
async function go(host, popup) {
  const mine = ++turn;
  again.hidden = true;
  try {
    const [bearer, opened] = [await host.token(popup), await host.opened()];
    const answer = await ask(bearer, opened);
    if (mine !== turn) return;
    if (answer.url) show(answer);
    else tell(answer);
    if (["trouble", "unread", "unsaved"].includes(answer.state)) offer("again", host, false);
  } catch (error) {
    if (mine === turn) stop(error, host);
  }
}

/** @param {string} word @param {Host | null} host @param {boolean} popup */
function offer(word, host, popup) {
  say(again, words[word]);
  again.onclick = () => (host ? go(host, popup) : location.reload());
}

/** Say what went wrong and what to do now. @param {unknown} error @param {Host | null} host */
function stop(error, host) {
  const known = error instanceof Stop ? error : new Stop("unreachable", String(error));
  const { kind } = known;
  tell({ state: kind, title: words[kind] ?? "", text: words[`${kind}_text`] ?? "" }, known.message);
  part("browser").hidden = !["old", "outside", "refused", "library", "silent"].includes(kind);
  if (kind === "refused" || kind === "token") offer("sign_in", host, true);
  else if (kind !== "old" && kind !== "outside") offer("again", host, false);
}

async function begin() {
  // A plain browser loads nothing of Microsoft's: the tab of Teams is always in a frame.
  if (isTeams && window.parent === window) throw new Stop("outside");
  await loadLibrary(isTeams ? "teams" : "outlook");
  if (main.dataset.task === "config") {
    await configure(place);
    tell({ state: "config", title: words.title ?? "" });
    return;
  }
  const host = isTeams ? await teams() : await outlook({ client, authority, scope });
  host.whenChanged(() => go(host, false));
  await go(host, false);
}

begin().catch((error) => stop(error, null));
