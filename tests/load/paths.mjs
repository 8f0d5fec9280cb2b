// Writes the paths of each class of work, one file a class:  node paths.mjs ORIGIN FOLDER
// Words, codes and ids vary, so that a cache of answers would show nothing.
import { writeFileSync } from "node:fs";

const [origin, folder] = process.argv.slice(2);
const get = async (path) => {
  const response = await fetch(origin + path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
};
const write = (name, paths) => writeFileSync(`${folder}/${name}`, paths.join("\n") + "\n");
const query = (parameters) => "/api/v1/offers?" + new URLSearchParams(parameters);

const words = ["deutsch", "yoga", "computer", "pflege", "englisch", "gitarre", "nähen", "kochen", "excel", "beratung", "familie", "theater",
  "prüfung", "garten", "erste hilfe", "schwimmen", "bewerbung", "smartphone", "chor", "ausbildung"];
const typos = ["deustch", "kompüter", "pfelge", "englich", "gitare", "smartfon", "beratnug", "schwimen", "ausbildng", "theatr"];
const topics = ["languages", "health", "digital-media", "work-career", "music", "arts-culture", "guidance", "basic-education"];
const towns = (await get("/api/v1/areas")).data.filter((area) => area.kind === "municipality").slice(0, 40).map((area) => area.key);

const ids = [];
const lists = [];
let cursor;
while (ids.length < 400) {
  const path = query({ sort: "start", limit: 20, ...(cursor && { cursor }) });
  const page = await get(path);
  lists.push(path);
  ids.push(...page.data.map((offer) => offer.id));
  cursor = page.page.next;
  if (!cursor) break;
}

write("list", ["title", "newest", "start"].flatMap((sort) => topics.map((topic) => query({ sort, topic, limit: 20 }))).concat(lists));
write("detail", ids.map((id) => `/api/v1/offers/${id}`));
write("search", words.flatMap((q) => topics.map((topic) => query({ q, topic })).concat(towns.slice(0, 8).map((area) => query({ q, area })))));
write("facets", words.concat(typos).flatMap((q) => [{ q }, { q, price: "free" }, { q, deliveryMode: "onsite" }]).map((q) => query({ ...q, facets: "true" })));
write("suggest", words.concat(typos).flatMap((word) => [2, 3, 4, 5].map((n) => "/api/v1/suggest?q=" + encodeURIComponent(word.slice(0, n)))));
