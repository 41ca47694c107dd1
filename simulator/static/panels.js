// What opens from the bar on top: a new phone, other numbers, templates, trouble.

import { ask, get, post } from "./api.js";
import { element } from "./bubbles.js";

const STATES = ["pending", "approved", "rejected", "paused", "disabled"];
const part = (id) => document.getElementById(id);
const panels = [...document.querySelectorAll(".panel")];
let others = -1;

export function listen() {
  part("add-phone").addEventListener("submit", addPhone);
  part("others-search").addEventListener("input", showOthers);
  part("others-panel").addEventListener("toggle", showOthers);
  part("trouble").addEventListener("submit", setTrouble);
  part("calm").addEventListener("click", () => ask("DELETE", "trouble"));
  document.querySelectorAll("[data-move]").forEach((button) =>
    button.addEventListener("click", () => moveClock(button)));
  document.addEventListener("click", closeOthersThan);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") panels.forEach((panel) => { panel.open = false; });
  });
}

export function show(news) {
  part("others-count").textContent = news.others;
  if (news.others !== others) showOthers();
  others = news.others;
  showTemplates(news.templates);
  showTrouble(news.trouble);
}

function closeOthersThan(event) {
  for (const open of document.querySelectorAll("details[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
}

async function addPhone(event) {
  event.preventDefault();
  const form = event.target;
  const added = await post("phones", Object.fromEntries(new FormData(form)));
  if (!added) return;
  form.reset();
  part("add-panel").open = false;
}

async function moveClock(button) {
  button.disabled = true;
  await post("clock", { move: button.dataset.move });
  button.disabled = false;
}

async function showOthers() {
  if (!part("others-panel").open) return;
  const found = await get(`phones?search=${encodeURIComponent(part("others-search").value)}`);
  if (!found) return;
  part("others").replaceChildren(...found.phones.map(otherRow));
  part("others-none").hidden = found.phones.length > 0;
}

function otherRow(phone) {
  const path = `phones/${encodeURIComponent(phone.number)}`;
  const row = element("li");
  const open = element("button", "open grow");
  open.type = "button";
  open.title = "Open as a handset";
  open.append(element("p", "", phone.name || phone.spelled), element("p", "quiet", phone.last || "no messages"));
  open.addEventListener("click", async () => {
    await post(path, { shown: true });
    part("others-panel").open = false;
  });
  const label = element("label", "switch");
  const box = element("input");
  box.type = "checkbox";
  box.checked = phone.on_whatsapp;
  box.setAttribute("aria-label", `${phone.spelled} is on WhatsApp`);
  box.addEventListener("change", () => post(path, { on_whatsapp: box.checked }));
  label.append(element("span", "switch-text", "on WhatsApp"), box, element("span", "track"));
  row.append(open, label);
  return row;
}

let templatesShown = "";

function showTemplates(templates) {
  const written = JSON.stringify(templates);
  if (written === templatesShown) return;
  templatesShown = written;
  part("templates-count").textContent = templates.length;
  part("templates-none").hidden = templates.length > 0;
  part("templates").replaceChildren(...templates.map(templateRow));
}

function templateRow(template) {
  const row = element("li");
  const words = element("div", "grow");
  const title = template.name || template.friendly_name || template.sid;
  words.append(element("p", "", `${title} · ${template.language}`), element("p", "quiet", template.body));
  words.title = template.body;
  if (template.rejection_reason) words.append(element("p", "quiet reason", template.rejection_reason));
  const choice = element("select");
  choice.setAttribute("aria-label", `State of ${title} ${template.language}`);
  const states = STATES.includes(template.status) ? STATES : [template.status, ...STATES];
  choice.append(...states.map((state) => new Option(state, state, false, state === template.status)));
  choice.addEventListener("change", () => post(`contents/${template.sid}`, { state: choice.value }));
  row.append(words, choice);
  return row;
}

let troubleShown = "";

function showTrouble(trouble) {
  const written = JSON.stringify(trouble);
  if (written === troubleShown) return;
  troubleShown = written;
  const isOn = trouble.count > 0 || trouble.delay_ms > 0 || trouble.callbacks !== "normal"
    || trouble.inbound !== "normal";
  part("trouble-on").hidden = !isOn;
  const form = part("trouble");
  for (const name of ["count", "code", "delay_ms", "callbacks", "inbound"]) form.elements[name].value = trouble[name];
  form.elements.answer.value = trouble.count ? trouble.answer : "";
}

function setTrouble(event) {
  event.preventDefault();
  const fields = event.target.elements;
  const whole = (name) => Number.parseInt(fields[name].value || "0", 10);
  const answer = fields.answer.value;
  post("trouble", {
    answer,
    count: answer ? Math.max(1, whole("count")) : 0,
    code: whole("code"),
    delay_ms: whole("delay_ms"),
    callbacks: fields.callbacks.value,
    inbound: fields.inbound.value,
  });
}
