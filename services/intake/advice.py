"""Advice for people who do this for the first time: what a good file is, and how to fix a bad one. All of it is data."""

from enum import StrEnum

from shared.forms.items import Item
from shared.text import Text

PICTURES = frozenset({"jpg", "png"})
DOCUMENTS = frozenset({"pdf", "docx", "odt"})


class ItemLook(StrEnum):
    """What an item is, by the types of files that it takes."""

    CLIP = "clip"
    DOCUMENT = "document"
    PICTURE = "picture"
    OTHER = "other"


GOOD: dict[ItemLook, tuple[Text, ...]] = {
    ItemLook.CLIP: (
        Text("พูดใกล้โทรศัพท์ เสียงชัด ไม่มีลมหรือเพลงกลบ", "Speak close to the phone, so that your voice is clear, without wind or music over it"),
        Text(
            "ถ่ายด้วยโทรศัพท์ได้เลย แนวตั้งหรือแนวนอนก็ได้ ไม่ต้องตัดต่อสวย",
            "You can film with a phone, upright or sideways. It does not need to be polished",
        ),
    ),
    ItemLook.DOCUMENT: (Text("ครบทุกหน้า เรียงตามลำดับ อ่านออกทุกบรรทัด", "All pages are there, in order, and every line is readable"),),
    ItemLook.PICTURE: (
        Text("แสงพอ ไม่เบลอ", "It is sharp and in good light"),
        Text("ส่งภาพต้นฉบับจากโทรศัพท์ ไม่ใช่ภาพจับหน้าจอ", "It is the original picture from the phone, not a screenshot"),
    ),
    ItemLook.OTHER: (Text("เป็นไฟล์ต้นฉบับ เปิดดูได้ปกติ", "It is the original file, and it opens"),),
}
"""What a good file of an item is, as a short list; what is special to one programme is in its items' hints."""
PHOTOGRAPHED = Text(
    "ถ้าถ่ายภาพ ให้วางกระดาษราบ แสงพอ ไม่มีเงา หน้าละหนึ่งภาพ",
    "If you photograph it: lay the paper flat, in good light without shadows, one picture for each page",
)


def look_of(item: Item) -> ItemLook:
    """Return what an item is."""
    types = set(item.types)
    if item.is_clip:
        return ItemLook.CLIP
    if types <= PICTURES:
        return ItemLook.PICTURE
    return ItemLook.DOCUMENT if types & DOCUMENTS else ItemLook.OTHER


def good(item: Item) -> list[Text]:
    """Return what a good file of an item is."""
    look = look_of(item)
    return [*GOOD[look], *([PHOTOGRAPHED] if look is ItemLook.DOCUMENT and PICTURES & set(item.types) else ())]


ORIGINAL = Text(
    "ส่งไฟล์ต้นฉบับจากเครื่องที่ถ่ายหรือพิมพ์ไว้ ไฟล์ที่ส่งต่อกันทาง LINE อาจมาไม่ครบ",
    "Upload the original file from the device it was made on. Files passed on in LINE may be incomplete.",
)
AS_PDF = Text(
    "เปิดเอกสารในเครื่อง เลือก พิมพ์ หรือ แชร์ แล้วเลือก บันทึกเป็น PDF จากนั้นเลือกไฟล์ PDF นั้นที่นี่",
    "Open the document on your device, choose Print or Share, then Save as PDF. Then choose that PDF file here.",
)

UNLOCKED = Text(
    "เปิดไฟล์ด้วยโปรแกรมที่ใช้ทำ เลือก ไฟล์ > ข้อมูล > ป้องกัน ลบรหัสผ่านออกให้ว่าง บันทึก แล้วเลือกไฟล์นั้นที่นี่ หรือบันทึกเป็น PDF ถ้าข้อนี้รับ PDF",
    "Open the file in the program it was made with, choose File, Info, Protect, delete the password and save. Then choose that file here, "
    "or save it as PDF where PDF is accepted.",
)
ZIPPED = Text(
    "รวมเฉพาะภาพ JPG หรือ PNG ไว้ในโฟลเดอร์เดียว กดค้างหรือคลิกขวาที่โฟลเดอร์ เลือก บีบอัด (Compress) แล้วเลือกไฟล์ ZIP ใหม่ที่นี่ "
    "ภาพ HEIC จากไอโฟนให้แปลงเป็น JPG ก่อน",
    "Put only the JPG or PNG pictures into one folder, press and hold or right-click the folder, choose Compress, then choose the new zip "
    "here. Save HEIC pictures of an iPhone as JPG first.",
)

EXPORTED = Text(
    "เปิดคลิปในแอปที่ใช้ตัดต่อ เลือก บันทึก หรือ ส่งออก (export) เป็นไฟล์ใหม่ เปิดดูให้จบว่าเล่นปกติ แล้วเลือกไฟล์นั้นที่นี่",
    "Open the clip in the app you edit with and save or export it as a new file. Watch it to the end to check that it plays, then "
    "choose that file here.",
)

HOW_TO_FIX: dict[str, Text] = {
    "clip_too_long": Text(
        "วิธีตัดคลิป: เปิดคลิปในแอปรูปภาพของโทรศัพท์ แตะ แก้ไข ลากขอบซ้ายหรือขวาของแถบภาพให้สั้นลง แตะ บันทึก แล้วเลือกไฟล์ใหม่ที่นี่",
        "How to shorten a clip: open it in the photo app of your phone, tap Edit, drag the left or right end of the strip inwards, "
        "tap Save, then choose the new file here.",
    ),
    "wrong_type": Text(
        "ดูว่าเลือกไฟล์ถูกหรือไม่ คลิปเลือกจากแกลเลอรี เอกสารเลือกจากแฟ้มในเครื่อง แล้วส่งใหม่",
        "Check that you chose the right file: clips are in the gallery, documents are among the files on your device. Then upload again.",
    ),
    "no_picture": Text("เลือกคลิปวิดีโอจากแกลเลอรี ไม่ใช่ไฟล์บันทึกเสียง", "Choose a video from the gallery, not a sound recording."),
    "clip_stands_still": EXPORTED,
    "sound_too_long": Text(
        "วิธีตัดเสียง: เปิดไฟล์ในแอปบันทึกเสียงของโทรศัพท์ แตะ แก้ไข หรือ ตัด ลากขอบซ้ายหรือขวาให้สั้นลง บันทึก แล้วเลือกไฟล์ใหม่ที่นี่",
        "How to shorten a recording: open it in the voice recorder of your phone, tap Edit or Trim, drag the left or right end inwards, "
        "save, then choose the new file here.",
    ),
    "hidden_part": EXPORTED,
    "truncated": ORIGINAL,
    "end_missing": ORIGINAL,
    "header_differs": Text(
        "แตะชื่อไฟล์เพื่อเปิดดูหรือฟังให้จบ ถ้าครบแล้วไม่ต้องทำอะไร ถ้าไม่ครบ ให้ส่งไฟล์ต้นฉบับอีกครั้ง",
        "Tap the name of the file and play it to the end. If it is complete, you do not need to do anything. If not, upload "
        "the original file again.",
    ),
    "blank": Text(
        "แตะชื่อไฟล์เพื่อเปิดดู ถ้าเป็นกระดาษเปล่า ให้เลือกไฟล์ที่เขียนแล้ว หรือถ่ายภาพทีละหน้า แล้วส่งใหม่",
        "Tap the name of the file to look at it. If the pages are blank, choose the file that has the text, or photograph each "
        "page, and upload again.",
    ),
    "active_content": AS_PDF,
    "macros": Text(
        "เปิดไฟล์ใน Excel หรือ PowerPoint เลือก ไฟล์ > บันทึกเป็น เลือกชนิด .xlsx หรือ .pptx (ไม่ใช่ .xlsm หรือ .pptm) ถ้าถามเรื่องมาโคร "
        "ให้ตอบว่าบันทึกโดยไม่มีมาโคร แล้วเลือกไฟล์ใหม่ที่นี่",
        "Open the file in Excel or PowerPoint, choose File, Save As, and the type .xlsx or .pptx (not .xlsm or .pptm). If asked about "
        "macros, save without them. Then choose the new file here.",
    ),
    "damaged": ORIGINAL,
    "encrypted": UNLOCKED,
    "zip_damaged": ZIPPED,
    "zip_encrypted": ZIPPED,
    "zip_too_large": ZIPPED,
    "zip_without_pictures": ZIPPED,
    "zip_holds_others": ZIPPED,
    "zip_picture_damaged": Text(
        "เปิดภาพที่มีชื่อข้างบนดูในเครื่อง ถ้าเปิดไม่ได้ ให้เลือกภาพต้นฉบับจากเครื่องที่ถ่าย หรือเอาภาพนั้นออก แล้วบีบอัดเป็น ZIP ใหม่",
        "Open the pictures named above on your device. If one does not open, take the original from the phone it was made on or leave it "
        "out, then make a new zip.",
    ),
    "too_few_pictures": ZIPPED,
    "too_many_pictures": ZIPPED,
    "too_complex": AS_PDF,
    "no_pages": AS_PDF,
    "too_few_pages": Text("ดูว่าไฟล์มีครบทุกหน้า แล้วส่งใหม่ทั้งฉบับ", "Check that the file has every page, then upload all of it again."),
    "too_many_pages": Text(
        "เก็บเฉพาะส่วนที่ขอ ตัดภาคผนวกออก แล้วส่งใหม่", "Keep only what is asked for, remove the appendix, then upload it again."
    ),
    "file_empty": ORIGINAL,
    "file_too_large": Text(
        "ถ้าเป็นคลิป ให้ถ่ายหรือบันทึกใหม่ที่ความละเอียด 720p ถ้าเป็นเอกสาร ให้บันทึกเป็น PDF แบบไฟล์เล็ก",
        "For a clip, record or save it again at 720p. For a document, save it as a small PDF.",
    ),
}
"""Finding code → how a group fixes it with the device it has."""
