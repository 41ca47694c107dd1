// The page as a whole: asks for news again and again, and keeps handsets, tabs and clock up to date.

import { news, tell } from "./api.js";
import { element } from "./bubbles.js";
import { Handset } from "./handset.js";
import * as panels from "./panels.js";
import { clockFace, setNow, shiftInWords } from "./time.js";

const PAUSE = 200;
const row = document.getElementById("row");
const tabs = document.getElementById("tabs");
const handsets = new Map();
const inSight = new Set();
let changes = 0;
let samples = "";

const sight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const { number } = entry.target.dataset;
    if (entry.isIntersecting) inSight.add(number);
    else inSight.delete(number);
  }
  markTabs();
}, { root: row, threshold: 0.6 });

function showAll(latest) {
  const isFirst = changes === 0;
  changes = latest.changes;
  setNow(latest.clock.now);
  showClock();
  const shift = document.getElementById("clock-shift");
  shift.textContent = shiftInWords(latest.clock.offset_seconds);
  shift.hidden = !shift.textContent;
  document.getElementById("shop-number").textContent = latest.shop.spelled;
  document.getElementById("hint").hidden = latest.order.length > 0;
  arrange(latest, isFirst);
  panels.show(latest);
}

function arrange(latest, isFirst) {
  for (const [number, handset] of handsets) {
    if (!latest.order.includes(number)) putAway(number, handset);
  }
  const isNewOffer = samples !== latest.attachments.join();
  samples = latest.attachments.join();
  for (const phone of latest.handsets) {
    const isNew = !handsets.has(phone.number);
    const handset = handsets.get(phone.number) ?? new Handset(phone.number);
    handsets.set(phone.number, handset);
    const hasWritten = handset.show(phone);
    if (isNew) place(handset, latest, isFirst);
    if (hasWritten && !isNew && !inSight.has(phone.number)) handset.tab.classList.add("news");
  }
  if (isNewOffer) handsets.forEach((handset) => handset.offer(latest.attachments));
}

function place(handset, latest, isFirst) {
  handset.tab = element("button", "", handset.name);
  handset.tab.type = "button";
  handset.tab.addEventListener("click", () => handset.root.scrollIntoView({ behavior: "smooth", inline: "start" }));
  handset.offer(latest.attachments);
  row.append(handset.root);
  tabs.append(handset.tab);
  handset.chat.scrollTop = handset.chat.scrollHeight;
  sight.observe(handset.root);
  if (!isFirst) handset.root.scrollIntoView({ behavior: "smooth", inline: "start" });
}

function putAway(number, handset) {
  sight.unobserve(handset.root);
  handset.root.remove();
  handset.tab.remove();
  handsets.delete(number);
  inSight.delete(number);
}

function markTabs() {
  for (const [number, handset] of handsets) {
    const isSeen = inSight.has(number);
    handset.tab.setAttribute("aria-current", String(isSeen));
    if (!isSeen) continue;
    handset.tab.classList.remove("news");
    if (inSight.size === 1) handset.tab.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "nearest" });
  }
}

function showClock() {
  document.getElementById("clock").textContent = clockFace();
}

async function follow() {
  let isLost = false;
  for (;;) {
    try {
      showAll(await news(changes));
      if (isLost) tell("");
      isLost = false;
    } catch (error) {
      if (!(error instanceof TypeError)) console.error(error);
      isLost = true;
      tell("The simulator does not answer. The page goes on as soon as it does.");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

panels.listen();
setInterval(showClock, 1000);
follow();
