"""Plain words for people who do this for the first time: what a good file is, and how a bad one is mended. All of it is data."""

from services.intake.texts import Said
from shared.programmes.definition import ItemKind

GOOD: dict[ItemKind, tuple[Said, ...]] = {
    ItemKind.PLAN: (
        Said("ครบทุกหน้า เรียงตามลำดับ อ่านออกทุกบรรทัด", "Every page, in order, every line can be read"),
        Said("บอกว่าทำอะไร ขายใคร ใช้เงินเท่าไร ได้กลับมาเท่าไร", "Says what you do, who buys it, what it costs and what it earns"),
        Said("ถ้าถ่ายภาพ ให้วางกระดาษราบ แสงพอ ไม่มีเงา หน้าละหนึ่งภาพ", "Photographed: flat, well lit, no shadow, one picture a page"),
    ),
    ItemKind.CLIP: (
        Said("เห็นสมาชิก สินค้า และสถานที่จริงของกลุ่ม", "Shows your members, your products and your place"),
        Said("เล่าสองเรื่อง: ที่ผ่านมาทำอะไร และต่อไปจะทำอะไร", "Tells two things: what you did, and what you will do"),
        Said("พูดใกล้โทรศัพท์ เสียงชัด ไม่มีลมหรือเพลงกลบ", "Speak near the phone: a clear voice, no wind or music over it"),
        Said("ถ่ายด้วยโทรศัพท์ได้เลย แนวตั้งหรือแนวนอนก็ได้ ไม่ต้องตัดต่อสวย", "A phone will do, upright or flat; it need not be polished"),
    ),
    ItemKind.REPORT: (
        Said("บอกว่าทำอะไรไปแล้ว ใช้เงินเท่าไร เกิดผลอะไร", "Says what was done, what it cost and what came of it"),
        Said("ครบทุกหน้า อ่านออกทุกบรรทัด", "Every page, every line can be read"),
    ),
    ItemKind.PHOTO: (
        Said("เห็นคนกำลังทำกิจกรรม แสงพอ ไม่เบลอ", "Shows people at work, well lit and sharp"),
        Said("ส่งภาพต้นฉบับจากโทรศัพท์ ไม่ใช่ภาพจับหน้าจอ", "The original picture, not a screenshot"),
    ),
    ItemKind.REPORT_CLIP: (
        Said("เห็นกิจกรรมเครือข่ายที่ทำจริง และสิ่งที่เปลี่ยนไป", "Shows what the network did, and what has changed"),
        Said("พูดใกล้โทรศัพท์ เสียงชัด", "Speak near the phone: a clear voice"),
    ),
}
"""What a good file of an item is, as a short list."""

ORIGINAL = Said(
    "ส่งไฟล์ต้นฉบับจากเครื่องที่ถ่ายหรือพิมพ์ไว้ ไฟล์ที่ส่งต่อกันทาง LINE อาจมาไม่ครบ",
    "Send the original from the device it was made on; what was passed on by LINE may not be whole.",
)
AS_PDF = Said(
    "เปิดเอกสารในเครื่อง เลือก พิมพ์ หรือ แชร์ แล้วเลือก บันทึกเป็น PDF จากนั้นเลือกไฟล์ PDF นั้นที่นี่",
    "Open the document, choose Print or Share, then Save as PDF, and choose that PDF here.",
)

EXPORTED = Said(
    "เปิดคลิปในแอปที่ใช้ตัดต่อ เลือก บันทึก หรือ ส่งออก (export) เป็นไฟล์ใหม่ เปิดดูให้จบว่าเล่นปกติ แล้วเลือกไฟล์นั้นที่นี่",
    "Open the clip in the app you edit with, save or export it as a new file, watch it to its end, and choose that file here.",
)

MEND: dict[str, Said] = {
    "clip_too_long": Said(
        "วิธีตัดคลิป: เปิดคลิปในแอปรูปภาพของโทรศัพท์ แตะ แก้ไข ลากขอบซ้ายหรือขวาของแถบภาพให้สั้นลง แตะ บันทึก แล้วเลือกไฟล์ใหม่ที่นี่",
        "To trim it: open the clip in your phone's photo app, tap Edit, drag an end of the strip inwards, tap Save, and choose it here.",
    ),
    "wrong_type": Said(
        "ดูว่าเลือกไฟล์ถูกหรือไม่ คลิปเลือกจากแกลเลอรี เอกสารเลือกจากแฟ้มในเครื่อง แล้วส่งใหม่",
        "See whether it was the right file: a clip is in the gallery, a document among the files of the device.",
    ),
    "no_picture": Said("เลือกคลิปวิดีโอจากแกลเลอรี ไม่ใช่ไฟล์บันทึกเสียง", "Choose a video from the gallery, not a sound recording."),
    "clip_stands_still": EXPORTED,
    "hidden_part": EXPORTED,
    "truncated": ORIGINAL,
    "end_missing": ORIGINAL,
    "header_differs": Said(
        "แตะชื่อไฟล์เพื่อเปิดคลิปดูให้จบ ถ้าครบแล้วไม่ต้องทำอะไร ถ้าไม่ครบ ให้ส่งไฟล์ต้นฉบับอีกครั้ง",
        "Tap the file's name and watch the clip to its end. If it is whole, there is nothing to do; if not, send the original again.",
    ),
    "blank": Said(
        "แตะชื่อไฟล์เพื่อเปิดดู ถ้าเป็นกระดาษเปล่า ให้เลือกไฟล์แผนที่เขียนแล้ว หรือถ่ายภาพทีละหน้า แล้วส่งใหม่",
        "Tap the file's name and look at it. If the pages are blank, choose the plan as written, or photograph each page, and send again.",
    ),
    "active_content": AS_PDF,
    "damaged": ORIGINAL,
    "encrypted": AS_PDF,
    "too_complex": AS_PDF,
    "no_pages": AS_PDF,
    "too_few_pages": Said("ดูว่าไฟล์มีครบทุกหน้า แล้วส่งใหม่ทั้งฉบับ", "See that every page is in the file, and send all of it again."),
    "too_many_pages": Said("เก็บเฉพาะแผนของกลุ่ม ตัดภาคผนวกออก แล้วส่งใหม่", "Keep your group's plan, leave out the appendix, and send it again."),
    "file_empty": ORIGINAL,
    "file_too_large": Said(
        "ถ้าเป็นคลิป ให้ถ่ายหรือบันทึกใหม่ที่ความละเอียด 720p ถ้าเป็นเอกสาร ให้บันทึกเป็น PDF แบบไฟล์เล็ก",
        "A clip: record or save it at 720p. A document: save it as a small PDF.",
    ),
}
"""Finding code → how a group mends it with what it has in its hand."""
