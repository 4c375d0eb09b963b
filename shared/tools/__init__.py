"""The programs that open people's files (ffmpeg, ffprobe, pdfium, LibreOffice), each run inside the jail of `shared.sandbox`."""
