// One phone on the page: its head, its chat and the field to write in.

import { post } from "./api.js";
import { bubble, element } from "./bubbles.js";
import { dayOf } from "./time.js";

const pattern = document.getElementById("handset");

export class Handset {
  constructor(number) {
    this.number = number;
    this.root = pattern.content.firstElementChild.cloneNode(true);
    this.chat = this.part(".chat");
    this.text = this.part(".text");
    this.file = null;
    this.part(".on-whatsapp").addEventListener("change", (event) => this.change({ on_whatsapp: event.target.checked }));
    this.part(".put-away").addEventListener("click", () => this.change({ shown: false }));
    this.listenToComposer();
  }

  part(selector) { return this.root.querySelector(selector); }

  change(fields) { return post(`phones/${encodeURIComponent(this.number)}`, fields); }

  show(phone) {
    const who = phone.name || phone.spelled;
    this.name = who;
    this.root.setAttribute("aria-label", `Phone of ${who}`);
    this.root.dataset.number = phone.number;
    this.root.classList.toggle("off", !phone.on_whatsapp);
    this.part(".name").textContent = who;
    this.part(".role").textContent = phone.role;
    this.part(".number").textContent = phone.spelled;
    this.part(".avatar").textContent = initials(phone);
    this.part(".avatar").style.setProperty("--hue", hue(phone.number));
    this.part(".on-whatsapp").checked = phone.on_whatsapp;
    this.part(".on-whatsapp").setAttribute("aria-label", `${who} is on WhatsApp`);
    this.chat.setAttribute("aria-label", `Chat of ${who}`);
    this.showTyping(phone.typing_seconds);
    return this.showBubbles(phone.bubbles);
  }

  showTyping(seconds) {
    clearTimeout(this.typing);
    this.part(".typing").hidden = seconds <= 0;
    if (seconds > 0) this.typing = setTimeout(() => this.showTyping(0), seconds * 1000);
  }

  // Says whether the shop has written something that was not there before.
  showBubbles(messages) {
    const atEnd = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < 60;
    const bySid = new Map(messages.map((message) => [message.sid, message]));
    const kept = new Map([...this.chat.querySelectorAll(".message")].map((row) => [row.dataset.sid, row]));
    const days = new Map([...this.chat.querySelectorAll(".day")].map((line) => [line.textContent, line]));
    const rows = [this.part(".start")];
    let day = "";
    for (const message of messages) {
      if (dayOf(message.at) !== day) {
        day = dayOf(message.at);
        rows.push(days.get(day) ?? element("p", "day", day));
        days.delete(day);
      }
      rows.push(this.row(message, bySid.get(message.replied_to), kept.get(message.sid)));
    }
    // Rows that stay are left in place, so that a button keeps its focus while news comes in.
    rows.forEach((row, index) => {
      if (this.chat.children[index] !== row) this.chat.insertBefore(row, this.chat.children[index] ?? null);
    });
    while (this.chat.children.length > rows.length) this.chat.lastElementChild.remove();
    if (atEnd) this.chat.scrollTop = this.chat.scrollHeight;
    return messages.some((message) => message.direction !== "inbound" && !kept.has(message.sid));
  }

  row(message, quoted, kept) {
    const written = JSON.stringify(message);
    if (kept?.written === written) return kept;
    const row = bubble(message, quoted, (sid, button) => this.write({ message: sid, button }));
    row.written = written;
    return row;
  }

  offer(samples) {
    this.part(".samples").replaceChildren(...samples.map((name) => {
      const button = element("button", "", name);
      button.type = "button";
      button.addEventListener("click", () => this.choose({ sample: name, name }));
      return button;
    }));
  }

  listenToComposer() {
    const picker = this.part(".file");
    this.part(".choose").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => {
      if (picker.files.length) this.choose({ file: picker.files[0], name: picker.files[0].name });
    });
    this.part(".forget").addEventListener("click", () => this.choose(null));
    this.part(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
  }

  choose(file) {
    this.file = file;
    this.part(".attach").open = false;
    this.part(".file").value = "";
    this.part(".chosen").hidden = !file;
    this.part(".chosen-name").textContent = file?.name ?? "";
    this.text.placeholder = file ? "Caption" : "Message";
    this.text.focus();
  }

  async send() {
    const body = this.text.value.trim();
    if (!body && !this.file) return;
    const file = this.file;
    this.text.value = "";
    const sent = await this.write({ body, ...(file?.sample && { attachment: file.sample }) }, file?.file);
    if (sent && file) this.choose(null);
    else if (!sent) this.text.value = body;
  }

  write(fields, file) {
    const wanted = { from: this.number, ...fields };
    this.chat.scrollTop = this.chat.scrollHeight;
    if (!file) return post("write", wanted);
    const form = new FormData();
    Object.entries(wanted).forEach(([name, value]) => form.append(name, value));
    form.append("file", file);
    return post("write", form);
  }
}

function initials(phone) {
  const letters = phone.name.split(/\s+/).filter(Boolean).map((word) => [...word][0]);
  return letters.length ? (letters[0] + (letters.length > 1 ? letters.at(-1) : "")).toUpperCase() : "☎";
}

function hue(number) {
  return [...number].reduce((sum, digit) => (sum * 67 + digit.charCodeAt(0) * 41) % 360, 7);
}
