"""Who asks, and what they may see and do."""

from api.access.caller import LOCAL_TENANT, ROLES, Caller, Role, Scope
from api.access.gate import Admin, Auditor, Gate, LocalGate, Reader, Runner, Writer, caller_of, needs

__all__ = [
    "LOCAL_TENANT",
    "ROLES",
    "Admin",
    "Auditor",
    "Caller",
    "Gate",
    "LocalGate",
    "Reader",
    "Role",
    "Runner",
    "Scope",
    "Writer",
    "caller_of",
    "needs",
]
