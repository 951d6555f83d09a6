"""Every list as an XLSX file: beside the list, for those who may see the list."""

from tracker.web.sheets import administration, citizens, disclosures, links, messages, plans, work
from tracker.web.sheets.handing import bp

__all__ = ["administration", "bp", "citizens", "disclosures", "links", "messages", "plans", "work"]
