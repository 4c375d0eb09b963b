// Which group and which item a file is for, by its name and type. Pure.
//
// A group is { id, reference, code, name, takes }; what it takes, an item, is { kind, types, is_clip, max_files, is_missing }.

const COMMON_WORDS = /^(กลุ่ม)?(ออมทรัพย์)?(เพื่อการผลิต)?/;
const SHORTEST_NAME = 3; // letters that tell groups apart

/** Return a name in one form: composed Thai vowels, lower case, only letters, digits and Thai marks. */
export const bare = (words) =>
  words
    .normalize("NFKC")
    .replace(/ํา/g, "ำ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, "");

const isDigit = (letter) => /\d/.test(letter || "");

/** Whether `part` is in `text`, and not inside a longer number. */
export function includesWhole(text, part) {
  for (let at = text.indexOf(part); part && at >= 0; at = text.indexOf(part, at + 1)) {
    const startsInNumber = isDigit(part[0]) && isDigit(text[at - 1]);
    const endsInNumber = isDigit(part[part.length - 1]) && isDigit(text[at + part.length]);
    if (!startsInNumber && !endsInNumber) return true;
  }
  return false;
}

function byName(text, groups) {
  const named = groups
    .map(({ id, name }) => ({ id, name: bare(name).replace(COMMON_WORDS, "") }))
    .filter(({ name }) => name.length >= SHORTEST_NAME && includesWhole(text, name));
  const longest = Math.max(0, ...named.map(({ name }) => name.length));
  return named.filter(({ name }) => name.length === longest);
}

/** Return the id of the group whose reference, code or (longest) name is in a file's name; null when none is, or several are. */
export function groupOf(filename, groups) {
  const text = bare(filename.replace(/\.[^.]*$/, ""));
  for (const key of ["reference", "code"]) {
    const found = groups.filter((group) => includesWhole(text, bare(group[key])));
    if (found.length === 1) return found[0].id;
  }
  const named = byName(text, groups);
  return named.length === 1 ? named[0].id : null;
}

/** Return the kind of item a file is for: by its ending, or any video for a clip; missing ones first; null when all are filled by `queued`. */
export function kindOf(file, group, queued) {
  const ending = (file.name.match(/\.([^.]+)$/) || ["", ""])[1].toLowerCase();
  const type = ending === "jpeg" ? "jpg" : ending;
  const count = ({ kind }) => queued.filter((other) => other.group === group.id && other.kind === kind).length;
  const fits = (item) => item.types.includes(type) || (item.is_clip && file.type.startsWith("video/"));
  const free = group.takes.filter((item) => fits(item) && count(item) < item.max_files);
  const found = free.find((item) => item.is_missing) || free[0];
  return found ? found.kind : null;
}
