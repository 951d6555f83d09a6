"""The sample report laid out as municipalities publish it: as DOCX, XLSX and PDF."""
