"""Runs alone, in the jail: `TYPE FILE OUT FONTS` becomes LibreOffice, which prints an office document into a PDF in the folder `OUT`.

Its profile is new each time and lies in `OUT`. Macros never run, and nothing that a document links is fetched: the jail has no network,
and the profile forbids both. The type decides how the file is opened, never LibreOffice's guess. Names of settings as in LibreOffice's
schema (officecfg/registry/schema/org/openoffice/Office).
"""

import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

FILTERS = {
    "docx": ("MS Word 2007 XML", "writer"),
    "odt": ("writer8", "writer"),
    "xlsx": ("Calc MS Excel 2007 XML", "calc"),
    "ods": ("calc8", "calc"),
    "pptx": ("Impress MS PowerPoint 2007 XML", "impress"),
}
"""Type → the filter that reads it, and the part of the suite that prints it."""
SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Save/Document", "GenerateThumbnail", "false"),
)
ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
REGISTRY = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
THAI = ("TH Sarabun New", "TH SarabunPSK", "TH Sarabun PSK", "TH SarabunIT๙", "TH SarabunIT9", "Angsana New", "AngsanaUPC", "Cordia New",
        "CordiaUPC", "Browallia New", "BrowalliaUPC", "TH Niramit AS", "TH Krub", "TH Charmonman")  # fmt: skip
"""Fonts of Thai offices that may not be passed on; their like is Laksaman, which is as narrow, else Sarabun."""
ALIAS = "<alias binding='same'><family>{}</family><prefer><family>Laksaman</family><family>Sarabun</family></prefer></alias>"
FONTCONFIG = (
    "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>{aliases}"
    "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
)


def main(type_: str, path: str, out: str, fonts: str) -> None:
    """Lay the profile down, and become LibreOffice."""
    profile = Path(out).resolve() / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(REGISTRY.format("".join(ITEM.format(*known) for known in SETTINGS)))
    aliases = "".join(map(ALIAS.format, THAI))
    (profile / "fonts.conf").write_text(FONTCONFIG.format(aliases=aliases, fonts=escape(fonts), cache=escape(str(profile / "fonts"))))
    environment = os.environ | {"FONTCONFIG_FILE": str(profile / "fonts.conf"), "SAL_USE_VCLPLUGIN": "svp"}
    argv = ["soffice", "--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile.as_uri()}"]
    reading, program = FILTERS[type_]
    argv += [f"--infilter={reading}", "--convert-to", f"pdf:{program}_pdf_Export", "--outdir", out, path]
    os.execvpe("soffice", argv, environment)  # noqa: S606, S607  # our own words; the path is the jail's


if __name__ == "__main__":
    main(*sys.argv[1:])
