// The door of the pane: the host's own library, a token by nested app auth or Teams SSO, and on.
//
// Nested app auth is a conversation with the host over `window.nestedAppAuthBridge`; the messages
// are those of Microsoft's msal-browser ("NestedAppAuthRequest", methods GetInitContext, GetToken
// and GetTokenPopup). The host asks Entra ID; no password and no second sign-in is seen here.

const LIBRARIES = {
  outlook: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
  teams: "https://res.cdn.office.net/teams-js/2.58.0/js/MicrosoftTeams.min.js",
};
const PATIENCE = 30_000;

/** Load the host's library, and only in its host: a plain browser loads nothing of Microsoft's.
 * @param {"outlook" | "teams"} host @returns {Promise<void>} */
export function loadLibrary(host) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = LIBRARIES[host];
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("library"));
    document.head.append(script);
  });
}

/** Ask the host one thing. @param {any} bridge @param {string} method @param {object} rest
 * @returns {Promise<any>} */
export function ask(bridge, method, rest = {}) {
  const requestId = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
    /** @param {any} message */
    const listen = (message) => {
      const answer = JSON.parse(typeof message === "string" ? message : message.data);
      if (answer.requestId !== requestId) return;
      clearTimeout(timer);
      bridge.removeEventListener?.("message", listen);
      if (answer.success) resolve(answer);
      else reject(new Error(answer.error?.status ?? "refused"));
    };
    bridge.addEventListener("message", listen);
    bridge.postMessage(
      JSON.stringify({
        messageType: "NestedAppAuthRequest",
        method,
        requestId,
        sendTime: Date.now(),
        clientLibrary: "msal.js.browser",
        clientLibraryVersion: "5.0.0",
        ...rest,
      }),
    );
  });
}

/** @typedef {{client: string, authority: string, scope: string}} Wanted */

/** Get a token for our API, quietly; with `popup` the person may be asked.
 * @param {any} bridge @param {Wanted} wanted @param {boolean} popup @returns {Promise<string>} */
export async function nestedToken(bridge, wanted, popup) {
  await ask(bridge, "GetInitContext");
  const tokenParams = {
    clientId: wanted.client,
    authority: wanted.authority,
    scope: wanted.scope,
    correlationId: crypto.randomUUID(),
    extraParameters: {},
  };
  const answer = await ask(bridge, popup ? "GetTokenPopup" : "GetToken", { tokenParams });
  return answer.token.access_token;
}

/** @param {"outlook" | "teams"} host @param {Wanted} wanted @param {boolean} popup
 * @returns {Promise<string>} */
async function token(host, wanted, popup) {
  const here = /** @type {any} */ (window);
  if (host === "teams") {
    await here.microsoftTeams.app.initialize();
    return here.microsoftTeams.authentication.getAuthToken();
  }
  await here.Office.onReady();
  if (!here.nestedAppAuthBridge) throw new Error("this Outlook is too old for a sign-in here");
  return nestedToken(here.nestedAppAuthBridge, wanted, popup);
}

/** Exchange the token for the way on. @param {string} bearer @returns {Promise<string>} */
async function wayOn(bearer) {
  const answer = await fetch("/pane/enter", {
    method: "POST",
    headers: { Authorization: `Bearer ${bearer}`, Accept: "application/json" },
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail ?? "refused");
  return found.url;
}

/** Teams wants to be told what a side panel shows. @param {string} place */
async function configure(place) {
  const teams = /** @type {any} */ (window).microsoftTeams;
  await teams.app.initialize();
  teams.pages.config.registerOnSaveHandler(async (/** @type {any} */ event) => {
    await teams.pages.config.setConfig({
      entityId: "talks",
      suggestedDisplayName: "1:1",
      contentUrl: `${place}/pane/teams`,
      websiteUrl: `${place}/my/`,
    });
    event.notifySuccess();
  });
  teams.pages.config.setValidityState(true);
}

/** @param {HTMLElement} main @param {boolean} popup */
async function open(main, popup) {
  const { client = "", authority = "", scope = "", place = "" } = main.dataset;
  const host = main.dataset.host === "teams" ? "teams" : "outlook";
  const status = /** @type {HTMLElement} */ (document.getElementById("status"));
  const again = /** @type {HTMLButtonElement} */ (document.getElementById("again"));
  again.hidden = true;
  status.textContent = "…";
  try {
    if (main.dataset.task === "config") {
      await configure(place);
      status.textContent = "1:1";
      return;
    }
    const bearer = await token(host, { client, authority, scope }, popup);
    location.replace(await wayOn(bearer));
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error);
    again.hidden = false;
  }
}

const main = document.getElementById("main");
if (main?.dataset.host) {
  const host = main.dataset.host === "teams" ? "teams" : "outlook";
  const again = document.getElementById("again");
  again?.addEventListener("click", () => open(main, true));
  try {
    if (window.parent !== window || host === "outlook") await loadLibrary(host);
    await open(main, false);
  } catch {
    const status = document.getElementById("status");
    if (status) status.textContent = "Please open this from Outlook or Teams.";
  }
}
