// A double of Outlook and of Teams for the pane: what its scripts call, as the vendors document it.
// `window.open_` says what is open: {itemId, seriesId, compose, saved}; null is no item at all.
window.calls = [];
const bridge = {
  listeners: [],
  addEventListener(_name, listener) { this.listeners.push(listener); },
  removeEventListener(_name, listener) {
    this.listeners = this.listeners.filter((one) => one !== listener);
  },
  postMessage(text) {
    const asked = JSON.parse(text);
    window.calls.push(asked.method);
    const refuse = window.refusals?.[asked.method];
    const answer = refuse
      ? { requestId: asked.requestId, success: false, error: { status: refuse } }
      : { requestId: asked.requestId, success: true, initContext: {},
          token: { access_token: window.bearer } };
    for (const listener of [...this.listeners]) listener(JSON.stringify(answer));
  },
};
if (!window.withoutBridge) window.nestedAppAuthBridge = bridge;

const handlers = [];
window.item = (opened) => {
  if (!opened) return null;
  const item = { itemType: "appointment", seriesId: opened.seriesId ?? null };
  if (!opened.compose) return { ...item, itemId: opened.itemId };
  return {
    ...item,
    getItemIdAsync: (tell) => tell(opened.itemId
      ? { status: "succeeded", value: opened.itemId }
      : { status: "failed", error: { code: 9020, name: "ItemNotSaved" } }),
  };
};
window.Office = {
  onReady: async () => ({ host: window.noHost ? null : "Outlook", platform: "OfficeOnline" }),
  EventType: {
    ItemChanged: "itemChanged",
    DialogMessageReceived: "dialogMessageReceived",
    DialogEventReceived: "dialogEventReceived",
  },
  MailboxEnums: { RestVersion: { v2_0: "v2.0" } },
  context: {
    // In the pane it opens a window, in that window it speaks to the pane (Dialog API).
    ui: window.withoutDialog ? undefined : {
      displayDialogAsync: (url, _size, tell) => {
        window.calls.push(new URL(url).pathname);
        const opened = window.open(url, "dialog");
        const heard = {};
        window.heard = heard;
        window.addEventListener("message", (event) => {
          const { message, targetOrigin } = event.data ?? {};
          if (targetOrigin === location.origin) {
            heard.dialogMessageReceived({ message, origin: event.origin });
          }
        });
        tell({ status: "succeeded", value: {
          addEventHandler: (kind, handler) => { heard[kind] = handler; },
          close: () => { window.calls.push("close"); opened.close(); },
        } });
      },
      messageParent: (message, { targetOrigin }) => {
        window.opener.postMessage({ message, targetOrigin }, targetOrigin);
      },
    },
    mailbox: {
      userProfile: { emailAddress: window.address ?? "" },
      item: window.item(window.open_),
      diagnostics: { hostName: "OutlookWebApp" },
      convertToRestId: (id, _version) => id.replaceAll("/", "-").replaceAll("+", "_"),
      addHandlerAsync: (kind, handler) => { window.calls.push(kind); handlers.push(handler); },
    },
  },
};
/** Select another event while the pane stays open. */
window.select = (opened) => {
  window.Office.context.mailbox.item = window.item(opened);
  for (const handler of handlers) handler({ type: "olkItemSelectedChanged" });
};

window.microsoftTeams = {
  app: {
    initialize: async () => {},
    getContext: async () => ({ app: { theme: "default" }, ...window.teamsContext }),
  },
  authentication: {
    getAuthToken: async () => {
      if (window.refusals?.teams) throw new Error(window.refusals.teams);
      return window.bearer;
    },
  },
};
