// Says and sounds that somebody waits who cannot wait (U4, U3).

const KEY = "desk-sound";
const button = document.getElementById("sound");
const announcer = document.getElementById("announce");
let audio = null;
let known = new Map();

function wanted() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

function show() {
  button.setAttribute("aria-pressed", String(wanted()));
  button.textContent = wanted() ? button.dataset.on : button.dataset.off;
}

function beep() {
  if (!audio || audio.state !== "running") return;
  for (const [at, pitch] of [[0, 880], [0.22, 660], [0.44, 880]]) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, start);
    loudness.gain.exponentialRampToValueAtTime(0.3, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.2);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.22);
  }
}

// Of several tabs only one sounds.
function sound() {
  if (!wanted()) return;
  if (!navigator.locks) {
    beep();
    return;
  }
  navigator.locks.request("desk-beep", { ifAvailable: true }, (free) => {
    if (!free) return null;
    beep();
    return new Promise((done) => setTimeout(done, 2_000));
  });
}

function urgent() {
  const items = document.querySelectorAll("#desk-head li[data-case]");
  return new Map([...items].map((item) => [item.dataset.case, item.textContent]));
}

export function watchForUrgent() {
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, wanted() ? "off" : "on");
    } catch {
      return; // A browser that keeps nothing keeps the sound.
    }
    show();
    if (wanted()) beep();
  });
  // Browsers let a page sound only after the person has touched it once.
  const wake = () => {
    audio ??= new AudioContext();
    audio.resume();
  };
  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, wake);
  known = urgent();
  document.addEventListener("desk:refreshed", () => {
    const now = urgent();
    const fresh = [...now].filter(([id]) => !known.has(id)).map(([, words]) => words);
    known = now;
    if (!fresh.length) return;
    announcer.textContent = fresh.join("。");
    sound();
  });
}
