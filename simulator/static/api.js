// Talks to the simulator's control interface; whatever goes wrong is shown in the notice on top.

const notice = document.getElementById("notice");
let hiding;

export function tell(words) {
  clearTimeout(hiding);
  notice.textContent = words;
  notice.hidden = !words;
  if (words) hiding = setTimeout(() => tell(""), 8000);
}

async function answerOf(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

// Asks and answers null, with a word on the page, when it did not work.
export async function ask(method, path, fields) {
  const isForm = fields instanceof FormData;
  const headers = fields && !isForm ? { "Content-Type": "application/json" } : {};
  const body = fields && !isForm ? JSON.stringify(fields) : fields;
  try {
    return await answerOf(await fetch(`/simulator/${path}`, { method, headers, body }));
  } catch (error) {
    tell(error instanceof TypeError ? "The simulator does not answer." : error.message);
    return null;
  }
}

export const get = (path) => ask("GET", path);
export const post = (path, fields) => ask("POST", path, fields);

// For waiting in a loop: raises instead of telling, so that the loop can wait before it asks again.
export async function news(since) {
  return answerOf(await fetch(`/simulator/news?since=${since}`));
}
