// What the pane asks its host: the library, a token by nested app auth or Teams SSO, what is open.
//
// Nested app auth is a conversation with the host over `window.nestedAppAuthBridge`; the messages
// are those of Microsoft's msal-browser ("NestedAppAuthRequest", methods GetInitContext, GetToken
// and GetTokenPopup). The host asks Entra ID; no password and no second sign-in is seen here.

const LIBRARIES = {
  outlook: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
  teams: "https://res.cdn.office.net/teams-js/2.58.0/js/MicrosoftTeams.min.js",
};
const PATIENCE = 30_000;
const NO_SIGN_IN = ["DISABLED", "NESTED_APP_AUTH_UNAVAILABLE"];

/** Why the pane cannot go on: `kind` names the words for it, the message is for administrators. */
export class Stop extends Error {
  /** @param {string} kind @param {string} [reason] */
  constructor(kind, reason = "") {
    super(reason);
    this.kind = kind;
  }
}

/** Load the host's library, and only in its host: a plain browser loads nothing of Microsoft's.
 * @param {"outlook" | "teams"} host @returns {Promise<void>} */
export function loadLibrary(host) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = LIBRARIES[host];
    script.onload = () => resolve();
    script.onerror = () => reject(new Stop("library"));
    document.head.append(script);
  });
}

/** @param {{status?: string, code?: string, description?: string} | undefined} error */
function refusal(error) {
  const said = [error?.status, error?.code].filter(Boolean).join(" ");
  return new Stop(NO_SIGN_IN.includes(error?.status ?? "") ? "old" : "refused", said);
}

/** Ask the host one thing. @param {any} bridge @param {string} method @param {object} rest
 * @returns {Promise<any>} */
export function ask(bridge, method, rest = {}) {
  const requestId = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Stop("silent")), PATIENCE);
    /** @param {any} message */
    const listen = (message) => {
      const answer = JSON.parse(typeof message === "string" ? message : message.data);
      if (answer.requestId !== requestId) return;
      clearTimeout(timer);
      bridge.removeEventListener?.("message", listen);
      if (answer.success) resolve(answer);
      else reject(refusal(answer.error));
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

/** A token that a dialog has brought, and until when it is good. */
const held = { token: "", until: 0 };

/** Where the host knows no nested app auth: a window of our own signs in and says the token.
 * It opens by a press alone, since hosts keep windows back that nobody asked for.
 * @param {any} Office @param {boolean} popup @returns {Promise<string>} */
async function dialogToken(Office, popup) {
  if (!Office.context.ui?.displayDialogAsync) throw new Stop("old");
  if (!popup && held.until > Date.now()) return held.token;
  held.until = 0;
  if (!popup) throw new Stop("refused");
  const nonce = crypto.randomUUID();
  const hint = Office.context.mailbox.userProfile?.emailAddress ?? "";
  const page = `${location.origin}/pane/dialog#${new URLSearchParams({ nonce, hint })}`;
  const told = await toldBy(await opened(Office, page), Office, nonce);
  if (!told.token) throw new Stop("refused", told.error);
  held.token = told.token;
  held.until = Date.now() + (Number(told.life) || 0) * 1000 - 120_000;
  return held.token;
}

/** @param {any} Office @param {string} page @returns {Promise<any>} */
function opened(Office, page) {
  return new Promise((resolve, reject) => {
    Office.context.ui.displayDialogAsync(page, { height: 60, width: 30 }, (/** @type {any} */ got) => {
      if (got.status === "succeeded") resolve(got.value);
      else reject(new Stop("refused", String(got.error?.code ?? "")));
    });
  });
}

/** What our own page says in that window; whatever else is said there is not heard.
 * @param {any} dialog @param {any} Office @param {string} nonce @returns {Promise<any>} */
function toldBy(dialog, Office, nonce) {
  const { DialogMessageReceived, DialogEventReceived } = Office.EventType;
  return new Promise((resolve, reject) => {
    dialog.addEventHandler(DialogMessageReceived, (/** @type {any} */ said) => {
      /** @type {any} */
      let told = {};
      try {
        told = JSON.parse(said.message);
      } catch {
        return;
      }
      // Hosts before DialogOrigin 1.1 do not say where a message is from; the nonce holds there.
      const foreign = said.origin && said.origin !== location.origin;
      if (foreign || told.nonce !== nonce) return;
      dialog.close();
      resolve(told);
    });
    dialog.addEventHandler(DialogEventReceived, (/** @type {any} */ said) => {
      reject(new Stop("refused", String(said.error ?? "")));
    });
  });
}

/** @typedef {{event?: string, series?: string, thread?: string, unsaved?: boolean}} Opened */

/** @typedef {object} Host
 * @property {(popup: boolean) => Promise<string>} token
 * @property {() => Promise<Opened>} opened what the person has open, by its ids
 * @property {(again: () => void) => void} whenChanged a pane that stays open is told of another one
 */

/** Wait for Outlook. @param {Wanted} wanted @returns {Promise<Host>} */
export async function outlook(wanted) {
  const here = /** @type {any} */ (window);
  const { host } = (await patiently(here.Office.onReady())) ?? {};
  const { mailbox } = here.Office.context ?? {};
  if (!host || !mailbox) throw new Stop("outside");
  return {
    token: async (popup) => {
      if (!here.nestedAppAuthBridge) return dialogToken(here.Office, popup);
      try {
        return await nestedToken(here.nestedAppAuthBridge, wanted, popup);
      } catch (error) {
        if (!(error instanceof Stop) || error.kind !== "old") throw error;
        return dialogToken(here.Office, popup);
      }
    },
    opened: () => openedIn(here.Office, mailbox),
    whenChanged: (again) => {
      const kind = here.Office.EventType?.ItemChanged;
      if (kind) mailbox.addHandlerAsync?.(kind, again);
    },
  };
}

/** The open appointment, as reader or as organizer who writes it.
 * @param {any} Office @param {any} mailbox @returns {Promise<Opened>} */
async function openedIn(Office, mailbox) {
  const { item } = mailbox;
  if (!item || item.itemType !== "appointment") return {};
  const event = item.itemId || (await savedId(item));
  /** @param {string | null | undefined} id */
  const rest = (id) => {
    if (!id) return "";
    // On phones ids are Graph's already (learn.microsoft.com: convertToRestId).
    if (/ios|android/i.test(mailbox.diagnostics?.hostName ?? "")) return id;
    return mailbox.convertToRestId(id, Office.MailboxEnums.RestVersion.v2_0);
  };
  return { event: rest(event), series: rest(item.seriesId), unsaved: !event };
}

/** A form that is being written has an id once it was saved. @param {any} item
 * @returns {Promise<string>} */
function savedId(item) {
  return new Promise((resolve) => {
    if (!item.getItemIdAsync) return resolve("");
    item.getItemIdAsync((/** @type {any} */ got) => {
      resolve(got.status === "succeeded" ? got.value : "");
    });
  });
}

/** Wait for Teams. @returns {Promise<Host>} */
export async function teams() {
  const { microsoftTeams } = /** @type {any} */ (window);
  try {
    await patiently(microsoftTeams.app.initialize());
  } catch (error) {
    throw error instanceof Stop ? error : new Stop("outside", String(error));
  }
  return {
    token: async () => {
      try {
        return await patiently(microsoftTeams.authentication.getAuthToken());
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw error instanceof Stop ? error : new Stop("refused", reason);
      }
    },
    opened: async () => {
      const context = await patiently(microsoftTeams.app.getContext());
      return { thread: context.chat?.id || context.meeting?.id || "" };
    },
    whenChanged: () => {},
  };
}

/** Teams wants to be told what a side panel shows. @param {string} place */
export async function configure(place) {
  const { microsoftTeams } = /** @type {any} */ (window);
  await patiently(microsoftTeams.app.initialize());
  const { config } = microsoftTeams.pages;
  config.registerOnSaveHandler(async (/** @type {any} */ event) => {
    await config.setConfig({
      entityId: "talks",
      suggestedDisplayName: "1:1",
      contentUrl: `${place}/pane/teams`,
      websiteUrl: `${place}/my/`,
    });
    event.notifySuccess();
  });
  config.setValidityState(true);
}

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function patiently(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Stop("silent")), PATIENCE));
  return /** @type {Promise<T>} */ (Promise.race([promise, late]));
}
