// Load the page again when something happened, but never while somebody is typing.
const state = document.querySelector("[data-newest]");

/** @returns {boolean} whether a person has typed something that a reload would lose */
function typing() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=text]"));
  return Array.from(fields).some((field) => field.value !== "" || field === document.activeElement);
}

async function look() {
  try {
    const answer = await fetch(state.dataset.ask, { headers: { accept: "application/json" } });
    const { newest } = await answer.json();
    if (String(newest) !== state.dataset.newest && !typing()) location.reload();
  } catch {
    // Offline: the next look tries again.
  }
}

if (state) setInterval(look, 3000);
