"""Programs, archives, pictures, sound and film that are not evidence, whatever they are called."""

import bz2
import gzip
import io
import lzma
import random
import tarfile

from tests import papers
from tracker.documents.evidence.refusals import (
    Archive,
    OldOffice,
    OtherOffice,
    OtherPicture,
    Program,
    SoundOrFilm,
    UnknownKind,
)

REST = bytes(200)


def _tar() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../evil"))
    return content.getvalue()


def ole(*names: str) -> bytes:
    """Return what passes for an old document whose table of contents has these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(n.encode("utf-16-le") + bytes(64) for n in names)


FOREIGN = {
    "a program": ("a.exe", b"MZ" + REST, Program()),
    "a program as pdf": ("รายงาน.pdf", b"MZ" + REST, Program()),
    "a program under two endings": ("รายงาน.pdf.exe", b"MZ" + REST, Program()),
    "a program whose name is read backwards": ("รายงาน\u202egpj.exe", b"MZ" + REST, Program()),
    "a screen saver": ("a.scr", b"MZ" + REST, Program()),
    "a linux program": ("a.jpg", b"\x7fELF" + REST, Program()),
    "a mac program": ("a.png", b"\xcf\xfa\xed\xfe" + REST, Program()),
    "a java class": ("a.docx", b"\xca\xfe\xba\xbe" + REST, Program()),
    "android code": ("a.pdf", b"dex\n035\0" + REST, Program()),
    "web assembly": ("a.pdf", b"\0asm\x01" + REST, Program()),
    "a shortcut": ("รายงาน.pdf.lnk", b"L\0\0\0\x01\x14\x02\0" + REST, Program()),
    "a help file": ("a.chm", b"ITSF" + REST, Program()),
    "a jar": ("a.jar", papers.packed({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": b"x"}), Program()),
    "a jar as docx": ("a.docx", papers.packed({"META-INF/MANIFEST.MF": "Main-Class: A"}), Program()),
    "an android app": ("a.apk", papers.packed({"AndroidManifest.xml": b"x", "classes.dex": b"x"}), Program()),
    "an archive": ("a.zip", papers.packed({"a.txt": "a"}), Archive()),
    "an archive as docx": ("a.docx", papers.packed({"a.txt": "a"}), Archive()),
    "an archive as pdf": ("a.pdf", papers.packed({"a.txt": "a"}), Archive()),
    "an empty archive": ("a.zip", papers.packed({}), Archive()),
    "an archive in an archive": ("a.zip", papers.packed({"b.zip": papers.packed({"a": "a"})}), Archive()),
    "rar": ("a.rar", b"Rar!\x1a\x07\x01\0" + REST, Archive()),
    "rar as jpg": ("a.jpg", b"Rar!\x1a\x07\x01\0" + REST, Archive()),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" + REST, Archive()),
    "gzip": ("a.gz", gzip.compress(b"a" * 100), Archive()),
    "svg in gzip": ("a.svgz", gzip.compress(b"<svg/>"), Archive()),
    "bzip2": ("a.bz2", bz2.compress(b"a" * 100), Archive()),
    "xz": ("a.xz", lzma.compress(b"a" * 100), Archive()),
    "tar": ("a.tar", _tar(), Archive()),
    "cabinet": ("a.cab", b"MSCF" + REST, Archive()),
    "zstandard": ("a.zst", b"\x28\xb5\x2f\xfd" + REST, Archive()),
    "lzh": ("a.lzh", b"xx-lh5-" + REST, Archive()),
    "a disc": ("a.iso", bytes(0x8001) + b"CD001" + REST, Archive()),
    "gif": ("a.gif", papers.picture("GIF"), OtherPicture()),
    "gif as jpg": ("a.jpg", papers.picture("GIF"), OtherPicture()),
    "webp": ("a.webp", papers.picture("WEBP"), OtherPicture()),
    "webp as jpg": ("a.jpg", papers.picture("WEBP"), OtherPicture()),
    "bmp": ("a.bmp", papers.picture("BMP"), OtherPicture()),
    "tiff": ("a.tif", papers.picture("TIFF"), OtherPicture()),
    "tiff the other way round": ("a.tif", b"MM\0*" + REST, OtherPicture()),
    "icon": ("a.ico", b"\0\0\x01\0\x01\0" + REST, OtherPicture()),
    "photoshop": ("a.psd", b"8BPS" + REST, OtherPicture()),
    "avif as heic": ("a.heic", b"\0\0\0\x1cftypavif" + REST, OtherPicture()),
    "jpeg xl": ("a.jxl", b"\0\0\0\x0cJXL \r\n\x87\n" + REST, OtherPicture()),
    "jpeg 2000": ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + REST, OtherPicture()),
    "film": ("a.mp4", b"\0\0\0\x18ftypmp42" + REST, SoundOrFilm()),
    "film as heic": ("a.heic", b"\0\0\0\x18ftypisom" + REST, SoundOrFilm()),
    "film of an iphone": ("a.mov", b"\0\0\0\x14ftypqt  " + REST, SoundOrFilm()),
    "film for the web": ("a.webm", b"\x1a\x45\xdf\xa3" + REST, SoundOrFilm()),
    "old film": ("a.avi", b"RIFF\0\0\0\0AVI " + REST, SoundOrFilm()),
    "music": ("a.mp3", b"ID3\x04" + REST, SoundOrFilm()),
    "a recording": ("a.wav", b"RIFF\0\0\0\0WAVE" + REST, SoundOrFilm()),
    "a voice message": ("a.ogg", b"OggS\0" + REST, SoundOrFilm()),
    "an old word document": ("a.doc", ole("WordDocument"), OldOffice()),
    "an old word document as docx": ("a.docx", ole("WordDocument"), OldOffice()),
    "an old workbook": ("a.xls", ole("Workbook"), OldOffice()),
    "an old workbook as xlsx": ("a.xlsx", ole("Workbook"), OldOffice()),
    "old slides": ("a.ppt", ole("PowerPoint Document"), OldOffice()),
    "an installer": ("a.msi", ole("SummaryInformation"), UnknownKind()),
    "rich text": ("a.rtf", b"{\\rtf1 {\\object\\objdata 0105}}", OtherOffice()),
    "rich text as docx": ("a.docx", b"{\\rtf1 {\\object\\objdata 0105}}", OtherOffice()),
    "zeros": ("a.pdf", bytes(5000), UnknownKind()),
    "noise": ("a.jpg", b"\x01" + random.Random(1).randbytes(5000), UnknownKind()),
    "a database": ("a.xlsx", b"SQLite format 3\0" + REST, UnknownKind()),
    "a font": ("a.ttf", b"\0\1\0\0\0\x0c" + REST, UnknownKind()),
}
