// Speaks to the pretend platform behind this page.

const base = `${document.body.dataset.base}/phone`;

export async function post(userId, verb, payload = {}) {
  const answer = await fetch(`${base}/${userId}/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(payload),
  });
  if (!answer.ok) throw new Error(`${verb}: ${answer.status}`);
  return answer.json();
}

export async function news(userId, after) {
  const answer = await fetch(`${base}/${userId}/messages?after=${after}`);
  if (!answer.ok) throw new Error(`messages: ${answer.status}`);
  return answer.json();
}
