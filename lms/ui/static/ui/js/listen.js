// data-listen: reads an element aloud by sentences, with a voice of this machine: others send it away.
// Hidden where there is none in its language.
const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,legend,.pick>span";
const synth = window.speechSynthesis;
const splitter = Intl.Segmenter && new Intl.Segmenter([], { granularity: "sentence" });

function findVoice(element) {
  const code = element.closest("[lang]").lang.slice(0, 2);
  const voices = synth.getVoices().filter((it) => it.localService && it.lang.startsWith(code));
  const from = (place) => voices.find((it) => place.test(it.lang));
  return from(/CL/) || from(/MX|US|419/) || voices[0];
}

function sentencesOf(article) {
  const found = [];
  for (const block of article.querySelectorAll(BLOCKS)) {
    if (block.querySelector(BLOCKS) || block.closest("[data-listen], form .row, nav") || !block.getClientRects().length) continue;
    const text = block.textContent;
    const parts = splitter?.segment(text) || [{ segment: text, index: 0 }];
    for (const { segment, index } of parts) if (segment.trim()) found.push({ block, text: segment, start: index });
  }
  return found;
}

function mark({ block, text, start }) {
  if (!window.Highlight) return;
  const range = new Range(), walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), at = 0; node; at += node.length, node = walker.nextNode()) {
    const from = start - at, to = from + text.length;
    if (from >= 0 && from <= node.length) range.setStart(node, from);
    if (to <= node.length) { range.setEnd(node, to); break; }
  }
  CSS.highlights.set("reading", new Highlight(range));
}

function bind(box) {
  const article = document.getElementById(box.dataset.listen), voice = findVoice(article.querySelector("h1"));
  if (!voice) return;
  const [play, stop, rate] = box.querySelectorAll("button, select");
  const listen = play.textContent;
  let sentences, place = 0, turn = 0, speaking;

  function halt(words) {
    turn += 1;
    speaking = false;
    synth.cancel();
    play.textContent = words;
  }
  function end() {
    halt(listen);
    place = 0;
    stop.hidden = true;
    CSS.highlights?.delete("reading");
  }
  function speak() {
    const sentence = sentences[place], mine = ++turn;
    if (!sentence) return end();
    const said = new SpeechSynthesisUtterance(sentence.text);
    said.voice = findVoice(sentence.block) || voice;
    said.lang = said.voice.lang;
    said.rate = rate.value;
    said.onend = () => { if (mine === turn) { place += 1; speak(); } };
    mark(sentence);
    sentence.block.scrollIntoView({ block: "nearest" });
    speaking = true;
    play.textContent = play.dataset.pause;
    stop.hidden = false;
    synth.speak(said);
  }

  play.onclick = () => {
    if (speaking) return halt(play.dataset.resume);
    if (!place) sentences = sentencesOf(article);
    speak();
  };
  stop.onclick = () => { play.focus(); end(); };
  rate.onchange = () => { if (speaking) { halt(""); speak(); } };
  addEventListener("pagehide", end);
  box.hidden = false;
}

function start() {
  document.querySelectorAll("[data-listen][hidden]").forEach(bind);
}
if (synth) {
  synth.addEventListener?.("voiceschanged", start);
  start();
}
