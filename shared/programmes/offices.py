"""What the offices that fill in and accept what is asked are called."""

from shared.programmes.stages import Office
from shared.text import Text

OFFICES: dict[Office, Text] = {
    Office.APPLICANT: Text("ผู้สมัคร", "the applicant"),
    Office.DISTRICT: Text("อำเภอ", "the district office"),
    Office.PROVINCE: Text("จังหวัด", "the provincial office"),
    Office.DEPARTMENT: Text("กรม", "the department"),
}
