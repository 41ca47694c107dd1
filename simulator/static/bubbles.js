// One message as a phone shows it.

import { timeOf } from "./time.js";

const TICK = '<path d="M1 6.6 4.6 10 11 2.4"/>';
const TICKS = {
  sent: `<svg viewBox="0 0 12 12" aria-hidden="true">${TICK}</svg>`,
  delivered: `<svg viewBox="0 0 18 12" aria-hidden="true">${TICK}<path d="m9 9.2 1 .8 6.5-7.6"/></svg>`,
};
TICKS.read = TICKS.delivered;
const MARKS = [["*", "strong"], ["_", "em"], ["~", "s"]];

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function bubble(message, quoted, press) {
  const mine = message.direction === "inbound";
  const row = element("div", `message${mine ? " mine" : ""}`);
  row.dataset.sid = message.sid;
  row.classList.toggle("failed", Boolean(message.error) || isLost(message));
  const box = element("div", "bubble");
  if (quoted && mine) box.append(element("p", "quoted", quoted.body));
  box.append(...message.media.map(attached));
  if (message.body && message.body !== message.media[0]?.name) box.append(words(message.body));
  box.append(meta(message, mine));
  row.append(box);
  if (message.buttons.length) row.append(replies(message, press));
  const error = message.error ? `Not delivered. ${message.error}` : lostInWords(message);
  if (error) row.append(element("p", "error", error));
  return row;
}

function isLost(message) { return Boolean(message.webhook && !message.webhook.taken); }

function lostInWords({ webhook }) {
  if (!webhook || webhook.taken) return "";
  const why = webhook.status ? `it answered ${webhook.status}` : webhook.error;
  return `The shop's program did not take this message: ${why}.`;
}

// WhatsApp's own marks for bold, italic and struck text.
function words(text) {
  const paragraph = element("p", "words");
  for (const part of text.split(/(?<![\w*_~])([*_~][^\s*_~](?:[^*_~\n]*[^\s*_~])?[*_~])(?![\w*_~])/u)) {
    const mark = MARKS.find(([sign]) => part.length > 2 && part.startsWith(sign) && part.endsWith(sign));
    paragraph.append(mark ? element(mark[1], "", part.slice(1, -1)) : part);
  }
  return paragraph;
}

function meta(message, mine) {
  const line = element("p", "meta");
  line.append(element("time", "", timeOf(message.at)));
  const state = mine ? (message.webhook?.taken ? "delivered" : "sent") : message.status;
  if (TICKS[state] && !isLost(message)) {
    const mark = element("span", `ticks ${state}`);
    mark.innerHTML = TICKS[state];
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", state);
    mark.title = state;
    line.append(mark);
  }
  return line;
}

function replies(message, press) {
  const list = element("div", "replies");
  for (const button of message.buttons) {
    const made = element("button", message.pressed === button.payload ? "pressed" : "", button.title);
    made.type = "button";
    made.disabled = Boolean(message.error);
    made.addEventListener("click", () => press(message.sid, button.payload));
    list.append(made);
  }
  return list;
}

function attached(file) {
  const link = element("a", "attached");
  link.href = `/simulator/files/${file.sid}`;
  if (file.content_type.startsWith("image/")) {
    link.target = "_blank";
    const picture = element("img", "picture");
    picture.src = link.href;
    picture.alt = file.name;
    link.append(picture);
    return link;
  }
  const name = element("span", "", file.name);
  name.append(element("small", "", `${Math.max(1, Math.round(file.size / 1024))} KB`));
  link.append(element("b", "", (file.name.split(".").pop() || "file").slice(0, 4).toUpperCase()), name);
  return link;
}
