"""An officer has prepared the submission: the group looks at it and confirms, by its link or by a code it tells the officer."""

from shared.notifications.messages.message import Audience, Message

MESSAGE = Message(
    to=Audience.GROUP,
    subject=("โปรดยืนยันการส่งผลงาน {{ reference }}", "Please confirm: {{ reference }}"),
    th="""
เรียน {{ name }}

{{ helped_by }} ช่วยเตรียมผลงานของ{{ group }} ({{ programme_th }}) ให้แล้ว แต่ยังไม่ได้ส่ง กลุ่มต้องยืนยันก่อน {{ closes|th }}

เปิดดูไฟล์แล้วกดยืนยันส่งที่ลิงก์นี้:
{{ link }}

หรือถ้าเปิดลิงก์ไม่ได้ บอกรหัสนี้ให้เจ้าหน้าที่ (ใช้ได้ 24 ชั่วโมง การบอกรหัสคือการยืนยันส่งผลงาน):
{{ code }}

ถ้ากลุ่มไม่ได้ขอให้ช่วย อย่าบอกรหัส และโปรดแจ้งสำนักงานพัฒนาชุมชนอำเภอ
""",
    en="""
Dear {{ name }},

{{ helped_by }} has prepared what {{ group }} sends for {{ programme_en }}. It is not handed in yet: please confirm before {{ closes|en }}.

Look at the files and hand in by this link:
{{ link }}

Or, if you can not open it, tell the officer this code (good for 24 hours; telling it hands the work in):
{{ code }}

If your group did not ask for help, tell nobody the code, and speak to your district office.
""",
)
