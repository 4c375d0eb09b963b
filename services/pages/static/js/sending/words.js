// The sentences shown while a file is chosen and sent, in Thai and in English; and how times and speeds are written in them.
import { megabytes } from "../figures.js";

export const WORDS = {
  bytes_kept: ["ส่วนที่ส่งแล้ว {size} ยังอยู่ครบ", "The {size} already uploaded is safe."],
  arrived_kept: ["ส่วนที่ไปถึงแล้วยังอยู่ครบ", "What is already uploaded is safe."],
  looking: ["กำลังดูไฟล์…", "Checking the file…"],
  ready_clip: ["{name} · {size} · ยาว {length} นาที", "{name} · {size} · {length} minutes long"],
  ready_file: ["{name} · {size}", "{name} · {size}"],
  ready_several: ["{count} ไฟล์ · รวม {size}", "{count} files · {size} in total"],
  skipped: ["ข้ามไฟล์ที่ส่งมาถึงแล้ว: {names}", "Left out because they are already uploaded: {names}"],
  not_measured: [
    "โทรศัพท์เครื่องนี้อ่านความยาวคลิปไม่ได้ ส่งได้ตามปกติ ระบบจะวัดความยาวให้เมื่อส่งครบ",
    "This device cannot read the length of the clip. You can upload it anyway: its length is measured afterwards.",
  ],
  measuring: ["กำลังวัดความเร็วสัญญาณ…", "Measuring your connection…"],
  estimate: [
    "คาดว่าใช้เวลาส่ง{time} ที่ความเร็ว {speed} ที่วัดได้ (เป็นการประมาณ เปลี่ยนไปตามสัญญาณ)",
    "The upload will take {time} at the measured {speed}. This is an estimate and changes with the signal.",
  ],
  estimate_rough: [
    "คาดว่าใช้เวลาส่ง{time} หรือนานกว่านั้น (ประมาณคร่าว ๆ จากชนิดสัญญาณ ยังวัดความเร็วจริงไม่ได้)",
    "The upload will take {time} or longer. This is a rough estimate from the type of signal, because the speed could not be measured.",
  ],
  no_estimate: ["ยังวัดความเร็วไม่ได้ ส่งได้ตามปกติ", "The speed could not be measured yet. You can upload anyway."],

  refused_title: ["ยังส่งไฟล์นี้ไม่ได้", "This file cannot be uploaded yet"],
  too_long: [
    "คลิปยาวเกินกำหนด: คลิปนี้ยาว {length} นาที กำหนดไม่เกิน {limit} นาที โปรดตัดออกอย่างน้อย {over} วินาที",
    "The clip is too long. It is {length} minutes and the limit is {limit}. Cut at least {over} seconds.",
  ],
  too_large: [
    "ไฟล์ใหญ่เกินกำหนด: {name} มีขนาด {size} กำหนดไม่เกิน {limit}",
    "The file is too large. {name} is {size} and the limit is {limit}.",
  ],
  empty: [
    "ไฟล์ {name} ว่างเปล่า (0 ไบต์) หากไฟล์อยู่บนคลาวด์ โปรดดาวน์โหลดลงเครื่องก่อน",
    "The file {name} is empty (0 bytes). If it is stored in the cloud, download it to this device first.",
  ],
  wrong_type: ["ไฟล์ {name} ไม่ใช่ชนิดที่รับ รับเฉพาะ {types}", "{name} is not an accepted type. Accepted types: {types}."],
  no_quota: [
    "พื้นที่สำหรับไฟล์ที่ยังส่งไม่ครบเหลือ {free} ไม่พอสำหรับไฟล์นี้ ({size}) โปรดส่งไฟล์ที่ค้างให้ครบ หรือลบไฟล์ที่ค้างก่อน",
    "There is only {free} left for unfinished files, not enough for this one ({size}). Finish or delete the unfinished files first.",
  ],
  no_room: ["ส่งได้อีก {left} ไฟล์ แต่เลือกมา {count} ไฟล์", "You chose {count} files. The number you can still upload is {left}."],
  trim: ["ดูวิธีตัดคลิป", "How to shorten a clip"],
  choose_other: ["เลือกไฟล์อื่น", "Choose another file"],

  other_title: ["มีไฟล์ที่ส่งค้างอยู่", "You have an unfinished upload"],
  other_text: [
    "ไฟล์ {name} ส่งแล้ว {sent} จาก {size} แต่ไฟล์ที่เลือกตอนนี้ ({chosen}) เป็นคนละไฟล์",
    "{sent} of {size} of {name} is uploaded, but you have now chosen a different file ({chosen}).",
  ],
  other_go_on: ["เลือกไฟล์เดิม เพื่อส่งต่อ", "Choose the same file to continue"],
  other_anew: ["เริ่มใหม่ด้วยไฟล์นี้ (ลบส่วนที่ค้าง)", "Start again with this file (deletes the unfinished one)"],
  again_title: ["ไฟล์นี้ส่งมาถึงแล้ว", "This file is already uploaded"],
  again_text: [
    "ระบบได้รับไฟล์ {name} ขนาด {size} ไว้แล้ว ไม่ต้องส่งซ้ำ",
    "{name} ({size}) is already uploaded. You do not need to upload it again.",
  ],
  again_no: ["ไม่ส่งซ้ำ", "Do not upload it again"],
  again_yes: ["ส่งอีกครั้ง", "Upload it again"],
  cancel_title: ["ยกเลิกการส่งหรือไม่", "Cancel the upload?"],
  cancel_text: ["ส่วนที่ส่งแล้ว {sent} จะถูกลบ", "The {sent} already uploaded will be deleted."],
  cancel_no: ["ไม่ยกเลิก ส่งต่อ", "No, continue"],
  cancel_yes: ["ยกเลิกและลบ", "Cancel and delete"],
  give_up_title: ["ลบไฟล์ที่ส่งค้างหรือไม่", "Delete the unfinished file?"],
  give_up_no: ["ไม่ลบ", "Keep it"],
  give_up_yes: ["ลบไฟล์ที่ค้าง", "Delete it"],
  given_up: ["ลบไฟล์ที่ค้างแล้ว", "The unfinished file has been deleted."],

  of_several: ["ไฟล์ที่ {number} จาก {count}: {name}", "File {number} of {count}: {name}"],
  progress: ["ส่งไฟล์ {name}", "Uploading {name}"],
  figures: ["{percent}% · {sent} จาก {total}", "{percent}% · {sent} of {total}"],
  pace: ["เหลือ{time} · {speed}", "{time} left · {speed}"],
  pace_unknown: ["กำลังวัดความเร็ว…", "Measuring the speed…"],
  spoken: ["ส่งแล้ว {percent}% เหลือ{time}", "{percent}% uploaded, {time} left"],
  connecting: ["กำลังเชื่อมต่อ…", "Connecting…"],
  sending: ["กำลังส่ง", "Uploading"],
  going_on: ["ส่งต่อจากเดิม {size} ไม่ต้องส่งซ้ำ", "Continuing after {size}. Nothing is uploaded twice."],
  anew: ["ส่วนที่ส่งค้างไว้หมดอายุแล้ว กำลังส่งใหม่ตั้งแต่ต้น", "The earlier part has expired. Uploading from the beginning."],
  offline: [
    "ไม่มีสัญญาณอินเทอร์เน็ต {kept} จะส่งต่อเองเมื่อมีสัญญาณ ไม่ต้องกดอะไร",
    "No connection. {kept} The upload continues by itself when the signal is back.",
  ],
  waiting: ["สัญญาณสะดุด {kept} กำลังต่อใหม่เอง", "The connection was lost. {kept} Reconnecting."],
  busy: [
    "ระบบยังรับไฟล์ไม่ได้ในขณะนี้ {kept} จะลองใหม่เองใน {seconds} วินาที",
    "The system cannot receive files right now. {kept} Next try in {seconds} s.",
  ],
  paused: ["หยุดชั่วคราว {kept} กด “ส่งต่อ” เมื่อพร้อม", "Paused. {kept} Press “Continue” when you are ready."],
  elsewhere: [
    "ไฟล์นี้กำลังส่งจากเครื่องอื่นหรือหน้าต่างอื่น ไม่ต้องส่งจากเครื่องนี้ก็ได้",
    "This file is being uploaded from another device or window. You do not need to do anything here.",
  ],
  unreadable: [
    "โทรศัพท์ไม่ให้อ่านไฟล์ {name} แล้ว (ไฟล์อาจถูกย้ายหรือแก้ไข) โปรดเลือกไฟล์เดิมอีกครั้งเพื่อส่งต่อ",
    "The file {name} can no longer be read. It may have been moved or changed. Choose it again to continue.",
  ],
  done: ["ได้รับครบแล้ว กำลังตรวจ", "Uploaded, now being checked"],
  passed: ["ได้รับครบแล้ว ตรวจแล้ว ใช้ได้", "Uploaded and checked: the file is good"],
  failed: ["ได้รับครบแล้ว แต่ไฟล์มีเรื่องต้องแก้ไข โปรดดูเหตุผลในรายการไฟล์", "Uploaded, but something needs fixing. See why in the list of files."],
  cancelled: ["ยกเลิกแล้ว", "Cancelled"],
  not_cancelled: [
    "หยุดส่งแล้ว แต่ยังลบส่วนที่ค้างไม่ได้เพราะไม่มีสัญญาณ ลองลบใหม่ภายหลังได้",
    "The upload has stopped, but the unfinished part cannot be deleted without a connection. You can delete it later.",
  ],
  failed_title: ["ส่งไม่สำเร็จ", "The upload failed"],
  failed_text: ["ระบบไม่รับไฟล์นี้ โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง", "The file was not accepted. Reload this page and try again."],
  closing: [
    "เปิดหน้านี้ไว้ระหว่างส่ง หากต้องปิดก็ไม่เป็นไร ส่วนที่ส่งแล้วไม่หาย เปิดลิงก์เดิมแล้วเลือกไฟล์เดิมเพื่อส่งต่อ",
    "Keep this page open while uploading. If you close it, nothing already uploaded is lost: open the same link and choose the same file to continue.",
  ],
  pause: ["หยุดชั่วคราว", "Pause"],
  go_on: ["ส่งต่อ", "Continue"],
  try_now: ["ลองส่งต่อเดี๋ยวนี้", "Try now"],
  go_on_here: ["ส่งต่อจากเครื่องนี้", "Continue from this device"],
  cancel: ["ยกเลิก", "Cancel"],

  about_seconds: ["ไม่ถึง 1 นาที", "less than a minute"],
  about_minutes: ["ประมาณ {minutes} นาที", "about {minutes} min"],
  about_hours: ["ประมาณ {hours} ชั่วโมง {minutes} นาที", "about {hours} h {minutes} min"],
  speed: ["{size}/วินาที", "{size}/s"],
};

/** The language the page is shown in: "th" or "en". */
export const language = () => (document.documentElement.lang === "en" ? "en" : "th");

/** Return a sentence with its slots filled. */
export function sentence(shown, key, facts = {}) {
  return WORDS[key][shown === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** Return a sentence in the page's language. */
export const say = (key, facts) => sentence(language(), key, facts);

/** Return what the server wrote of a refusal, or nothing. */
export const problemText = (problem) => problem?.[`detail_${language()}`] || "";

/** Write how long something takes, to the minute. */
export function duration(seconds, shown = language()) {
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 60) return sentence(shown, "about_seconds");
  if (minutes < 60) return sentence(shown, "about_minutes", { minutes });
  return sentence(shown, "about_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Write bytes a second. */
export const speedText = (bytesPerSecond) => say("speed", { size: megabytes(bytesPerSecond) });
