"""What a group is told to do next, in both languages."""

from shared.submissions.lifecycle import Status


def next_step(status: Status, *, missing_th: str, missing_en: str, mend: bool, late: bool) -> tuple[str, str, str]:
    """Return what to do next: a code, Thai, English. `mend` says that a file should be replaced, and still can be."""
    if status in (Status.INVITED, Status.OPEN, Status.RETURNED):
        if late:
            return (
                "late",
                "หมดเวลาส่งแล้ว โปรดติดต่อเจ้าหน้าที่พัฒนาชุมชนอำเภอ",
                "The time to hand in has ended. Please speak to your district officer.",
            )
        if missing_th:
            return "upload", f"อัปโหลด: {missing_th}", f"Upload: {missing_en}"
        if mend:
            return "mend", "เปลี่ยนไฟล์ที่มีปัญหา แล้วกดส่งผลงาน", "Replace the file with a problem, then hand in."
        return "submit", "ไฟล์ครบแล้ว กดปุ่มส่งผลงาน", "All files are here: hand in."
    steps = {
        Status.SUBMITTED: (
            "wait",
            "ไม่ต้องทำอะไร ระบบกำลังตรวจไฟล์และจะแจ้งผลทางข้อความ",
            "Nothing to do: the files are being checked; you will be told.",
        ),
        Status.ACCEPTED: ("wait", "ไม่ต้องทำอะไร คณะกรรมการกำลังพิจารณา", "Nothing to do: the committee is judging."),
        Status.SHORTLISTED: ("wait", "ไม่ต้องทำอะไร รอผลการคัดเลือก", "Nothing to do: wait for the selection."),
        Status.AWARDED: ("wait", "เจ้าหน้าที่จะติดต่อเรื่องเงินสนับสนุน", "An officer will contact you about the grant."),
    }
    return steps.get(status, ("none", "ไม่มีขั้นตอนต่อไป", "There is no further step."))
