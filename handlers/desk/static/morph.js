// Brings an element to the shape of another one and keeps what a person is using: focus,
// selection, open details, scroll places, and words that are being typed.

export function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.nodeValue = to.nodeValue;
    return;
  }
  syncAttributes(from, to);
  const known = new Map();
  for (const child of from.children) if (child.id) known.set(child.id, child);
  let cursor = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const match = wanted.id ? known.get(wanted.id) : sameKind(cursor, wanted) ? cursor : null;
    if (!match) {
      from.insertBefore(wanted, cursor);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else from.insertBefore(match, cursor);
    morph(match, wanted);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

function sameKind(node, other) {
  return node && !node.id && node.nodeName === other.nodeName;
}

function syncAttributes(from, to) {
  const theirs = (name) => from.nodeName === "DETAILS" && name === "open";
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !theirs(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

// Put a fragment's elements in the place of those with the same id.
export function take(html) {
  const fragment = document.createElement("template");
  fragment.innerHTML = html;
  const focused = document.activeElement?.id;
  for (const part of [...fragment.content.children]) {
    const place = document.getElementById(part.id);
    if (place) morph(place, part);
  }
  const lost = focused && document.activeElement === document.body;
  if (lost) document.getElementById(focused)?.focus({ preventScroll: true });
}
