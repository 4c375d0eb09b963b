"""Why a file, or more of it, is not taken."""

from shared.errors import Conflict, Gone, Invalid, NotFound, TooLarge, Unavailable


class KindUnknown(Invalid):
    """The programme asks for no such item."""

    th = "โครงการนี้ไม่ได้ขอไฟล์ชนิด {kind} ชนิดที่ส่งได้คือ: {kinds}"
    en = "This programme does not ask for {kind}. It asks for: {kinds}."


class FileTooLarge(TooLarge):
    """The file is larger than its item allows."""

    th = "ไฟล์ใหญ่เกินไป ({size_mb} MB) ส่งได้ไม่เกิน {max_mb} MB โปรดลดขนาดแล้วส่งใหม่"
    en = "The file is too large ({size_mb} MB); at most {max_mb} MB can be sent. Please make it smaller and send it again."


class FileEmpty(Invalid):
    """The file has no bytes."""

    th = "ไฟล์นี้ว่างเปล่า โปรดเลือกไฟล์ใหม่"
    en = "This file is empty. Please choose another."


class UploadsClosed(Conflict):
    """The submission does not take files in the state it is in."""

    th = "ส่งไฟล์ไม่ได้ในขณะนี้ เพราะผลงานอยู่ในสถานะ {status} (ส่งได้ก่อนกดส่งผลงาน หรือเมื่อได้รับคืนให้แก้ไข)"
    en = "Files can not be sent now: the submission is {status}. They can before it is handed in, and when it was returned."


class TooManyUploads(Conflict):
    """So many files of this submission are on their way at once."""

    th = "กำลังส่งไฟล์พร้อมกัน {sending} ไฟล์แล้ว โปรดรอให้เสร็จก่อน"
    en = "{sending} files are being sent at once already. Please wait for one to arrive."


class NoSuchUpload(NotFound):
    """There is no such upload, or it is another group's."""

    th = "ไม่พบการส่งไฟล์นี้ โปรดเริ่มส่งใหม่"
    en = "There is no such upload. Please begin again."


class UploadEnded(Gone):
    """The upload was given up, by its sender or because its time ran out."""

    th = "การส่งไฟล์นี้ถูกยกเลิกหรือหมดเวลาแล้ว โปรดเริ่มส่งใหม่"
    en = "This upload was cancelled or has expired. Please begin again."


class UploadArrived(Conflict):
    """The file is whole: nothing can be added to it or taken back."""

    th = "ไฟล์นี้ส่งครบแล้ว"
    en = "This file has arrived already."


class OffsetDiffers(Conflict):
    """The sender and we do not agree how much has arrived."""

    th = "ตำแหน่งที่ส่งต่อไม่ตรงกัน (ได้รับแล้ว {offset_bytes} ไบต์) โปรดส่งต่อจากตำแหน่งนั้น"
    en = "{offset_bytes} bytes have arrived. Please go on from there."


class WriterReplaced(Conflict):
    """Another connection has taken the upload over."""

    th = "มีการเชื่อมต่อใหม่เข้ามาส่งไฟล์นี้ต่อแล้ว"
    en = "Another connection has taken this upload over."


class PartsLost(Unavailable):
    """The store does not have what it said it had: the upload begins again from its first byte."""

    th = "ที่เก็บไฟล์ทำส่วนที่ส่งไว้หาย โปรดส่งไฟล์ใหม่ตั้งแต่ต้น"
    en = "The store lost what was sent. The file has to be sent again from its beginning."
