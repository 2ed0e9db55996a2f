// The phones of this browser, kept in its storage so that a reload finds them again.

const KEY = "tsunagi-sim-phones";
const NAMES = ["An", "Sita", "Maria", "Min", "花子 Hanako", "Wei", "João", "Aye", "Ji-woo"];

function read() {
  try {
    const book = JSON.parse(localStorage.getItem(KEY));
    if (book.phones.some((phone) => phone.id === book.current)) return book;
  } catch {
    // Nothing kept yet, or nothing readable: begin anew.
  }
  return { phones: [], current: null };
}

const book = read();

function keep() {
  localStorage.setItem(KEY, JSON.stringify(book));
}

function newUserId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `U${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function all() {
  return book.phones;
}

export function current() {
  return book.phones.find((phone) => phone.id === book.current);
}

export function choose(id) {
  book.current = id;
  keep();
}

export function add() {
  const taken = new Set(book.phones.map((phone) => phone.name));
  const name = NAMES.find((each) => !taken.has(each)) ?? `Phone ${book.phones.length + 1}`;
  const language = navigator.language.startsWith("ja") ? "ja" : "en";
  const phone = { id: newUserId(), name, language, friendship: "stranger" };
  book.phones.push(phone);
  choose(phone.id);
  return phone;
}

export function change(phone, changes) {
  Object.assign(phone, changes);
  keep();
}

export function forget(phone) {
  book.phones = book.phones.filter((each) => each !== phone);
  if (book.phones.length === 0) add();
  else choose(book.phones[0].id);
}
