// The sign-in window of an Outlook without nested app auth: authorization code with PKCE, all of it
// in this window; the token goes to the pane that opened it, and to no other page.

import { loadLibrary } from "./office.js";

const KEPT = "vieraugen-dialog";
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const { client = "", authority = "", scope = "" } = main.dataset;
/** @type {Record<string, string>} */
const words = JSON.parse(main.dataset.words ?? "{}");
const here = location.origin + location.pathname;

/** @param {Uint8Array} bytes */
const url64 = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const secret = () => url64(crypto.getRandomValues(new Uint8Array(32)));

/** Remember who asked, and go to Entra ID. @param {URLSearchParams} given */
async function begin(given) {
  const kept = { verifier: secret(), state: secret(), nonce: given.get("nonce") ?? "" };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.verifier));
  const asked = new URLSearchParams({
    client_id: client,
    response_type: "code",
    response_mode: "fragment",
    redirect_uri: here,
    scope,
    state: kept.state,
    code_challenge: url64(new Uint8Array(hash)),
    code_challenge_method: "S256",
    login_hint: given.get("hint") ?? "",
  });
  location.replace(`${authority}/oauth2/v2.0/authorize?${asked}`);
}

/** Change the code for a token and hand it over. @param {URLSearchParams} given */
async function finish(given) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, "", here); // the code stands in no address any longer
  if (!kept.state || given.get("state") !== kept.state) throw new Error("state");
  const answer = given.has("code") ? await changed(given.get("code") ?? "", kept.verifier) : {};
  const error = answer.error ?? given.get("error") ?? "";
  await loadLibrary("outlook");
  const { Office } = /** @type {any} */ (window);
  await Office.onReady();
  const told = { nonce: kept.nonce, token: answer.access_token ?? "", life: answer.expires_in, error };
  Office.context.ui.messageParent(JSON.stringify(told), { targetOrigin: location.origin });
}

/** @param {string} code @param {string} verifier @returns {Promise<any>} */
async function changed(code, verifier) {
  const form = { client_id: client, grant_type: "authorization_code", code, scope };
  const answer = await fetch(`${authority}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ ...form, redirect_uri: here, code_verifier: verifier }),
  });
  return answer.json();
}

const given = new URLSearchParams(location.hash.slice(1));
(given.has("state") ? finish(given) : begin(given)).catch((error) => {
  /** @type {HTMLElement} */ (document.getElementById("title")).textContent = words.refused ?? "";
  const reason = /** @type {HTMLElement} */ (document.getElementById("reason"));
  reason.textContent = String(error);
  reason.hidden = false;
});
