"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50;
const form = document.querySelector("form");
let shown = data.mentions, page = 1;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function fits(mention, wanted) {
  const wider = { fixed: "better", broken: "worse" };
  return (!wanted.cause || mention.outcomes.includes(wanted.cause))
    && (!wanted.unit || mention.units.includes(wanted.unit))
    && (!wanted.change || [mention.change, wider[mention.change]].includes(wanted.change))
    && (!wanted.group || Object.entries(mention.groups).some((p) => p.join("=") === wanted.group))
    && (!wanted.text || mention.words.includes(wanted.text.toLowerCase()));
}

function sentence(mention) {
  const line = element("p");
  if (!mention.span) {
    line.append(mention.sentence, " ", element("mark", mention.mention));
    return line;
  }
  const letters = Array.from(mention.sentence), [start, end] = mention.span;
  line.append(letters.slice(0, start).join(""), element("mark", letters.slice(start, end).join("")),
    letters.slice(end).join(""));
  return line;
}

function answer(one, gold) {
  const part = element("section");
  const rank = one.rank ? `rank ${one.rank}` : "no rank";
  part.append(element("h2", [one.model, rank, one.cause].filter(Boolean).join(", ")));
  const list = element("ol");
  for (const entity of one.first) {
    const item = element("li", `${entity.name} `, entity.id === gold ? "gold" : "");
    const score = entity.score === null ? "" : ` ${entity.score.toFixed(2)}`;
    item.append(element("span", entity.id + score, "quiet"));
    list.append(item);
  }
  part.append(list);
  const units = Object.entries(one.unit_ranks).map(([unit, r]) => `${unit.toUpperCase()} ${r}`);
  if (units.length) part.append(element("p", `alone: ${units.join(", ")}`, "quiet"));
  return part;
}

function article(mention) {
  const made = element("article"), body = element("div"), answers = element("div", undefined, "answers");
  if (mention.picture === null) made.append(element("div", "no picture", "quiet"));
  else {
    const picture = element("img");
    picture.src = data.pictures[mention.picture];
    picture.alt = `picture of ${mention.mention}`;
    made.append(picture);
  }
  const groups = Object.entries(mention.groups).map((pair) => pair.join(" "));
  const about = [mention.id, ...groups, mention.change].filter(Boolean).join(" · ");
  const gold = mention.gold ? `${mention.gold_name} (${mention.gold})` : "not in the knowledge base";
  body.append(sentence(mention), element("p", `right: ${gold}`), element("p", about, "quiet"));
  for (const one of mention.answers) answers.append(answer(one, mention.gold));
  body.append(answers);
  made.append(body);
  return made;
}

function draw() {
  const last = Math.max(1, Math.ceil(shown.length / PAGE));
  page = Math.min(Math.max(page, 1), last);
  const some = shown.slice((page - 1) * PAGE, page * PAGE);
  document.querySelector("main").replaceChildren(...some.map(article));
  document.querySelector("nav span").textContent =
    `${shown.length} of ${data.mentions.length} mentions, page ${page} of ${last}`;
  document.getElementById("before").disabled = page === 1;
  document.getElementById("after").disabled = page === last;
}

function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  shown = data.mentions.filter((mention) => fits(mention, wanted));
  page = 1;
  draw();
}

function save(name, text, type) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function cell(value) {
  if (typeof value === "number") return String(value);
  let text = Array.isArray(value) ? JSON.stringify(value) : String(value ?? "");
  if (/^\s*'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text)) text = `'${text}`; // no formula
  return `"${text.replaceAll('"', '""')}"`;
}

function csv() {
  const rows = shown.map((mention) => {
    const { id, mention: surface, sentence, image, gold, gold_name, groups, change } = mention;
    const row = { id, mention: surface, sentence, image, gold, gold_name, ...groups, change };
    for (const one of mention.answers) {
      row[`${one.model} rank`] = one.rank;
      row[`${one.model} cause`] = one.cause;
      for (const [unit, rank] of Object.entries(one.unit_ranks)) row[`${one.model} rank ${unit}`] = rank;
      row[`${one.model} first`] = one.first.map((entity) => entity.id);
    }
    return row;
  });
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function jsonl() {
  return shown.map(({ picture, words, outcomes, units, ...record }) => JSON.stringify(record) + "\n")
    .join("");
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("before").addEventListener("click", () => { page -= 1; draw(); });
document.getElementById("after").addEventListener("click", () => { page += 1; draw(); });
document.getElementById("csv").addEventListener("click", () => save("mentions.csv", csv(), "text/csv"));
document.getElementById("jsonl").addEventListener("click",
  () => save("mentions.jsonl", jsonl(), "application/jsonl"));
filter();
