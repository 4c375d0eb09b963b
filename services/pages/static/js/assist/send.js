// Sending one file of the officer's queue to its group.
import { hasNameAndSize, lastSpeed, readStage, uploadAddress } from "../sending/server.js";
import { Transfer } from "../sending/transfer.js";
import { problemText } from "../sending/words.js";

// The uploads of a file's item; undefined while they cannot be had.
async function uploadsOf({ group, kind }) {
  const asked = await readStage(...group.split(" "));
  return asked?.items?.find((item) => item.kind === kind)?.uploads;
}

async function findCreated(entry) {
  const uploads = await uploadsOf(entry);
  if (!uploads) return undefined;
  const created = uploads.find((upload) => upload.state === "receiving" && hasNameAndSize(entry.file, upload));
  return created ? uploadAddress(created) : null;
}

async function lookUp(entry, address) {
  return (await uploadsOf(entry))?.find((upload) => uploadAddress(upload) === address);
}

/** Send a file of the queue; `onChange` is called whenever its id, percent or reason changed. Returns its new state and reason. */
export async function send(entry, offline, onChange) {
  const [submission, stage] = entry.group.split(" ");
  const transfer = new Transfer(entry.file, {
    submission,
    stage,
    kind: entry.kind,
    url: entry.id ? uploadAddress(entry) : null,
    speed: lastSpeed(),
    findCreated: () => findCreated(entry),
    lookUp: (address) => lookUp(entry, address),
    onChange: ({ url, sent, total, isRetrying }) => {
      if (url) entry.id = url.split("/").pop();
      entry.percent = Math.floor((100 * sent) / total);
      entry.reason = isRetrying ? offline : "";
      onChange();
    },
  });
  if ((await transfer.start()) === "done") return { state: "received", reason: "" };
  return { state: "error", reason: problemText(transfer.problem) || offline };
}
