// What a page does when scripts run; without them every form works as well.
import { Awake } from "./awake.js";
import { listenForDrags } from "./drag.js";
import { Live } from "./live.js";
import { listenForOrder } from "./order.js";
import { Outbox } from "./outbox.js";
import { Timer } from "./timer.js";

document.documentElement.classList.add("scripted");
customElements.define("ve-outbox", Outbox);
customElements.define("ve-live", Live);
customElements.define("ve-timer", Timer);
customElements.define("ve-awake", Awake);
listenForOrder();
listenForDrags();

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.name !== "text") return;
  field.form?.classList.toggle("typed", field.value !== "");
});
