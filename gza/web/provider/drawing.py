"""The marks of the provider's pages."""

from gza.plans.enums import RequestState

MARKS = {
    RequestState.SENT: "todo", RequestState.ACCEPTED: "done", RequestState.PARTLY: "most",
    RequestState.DECLINED: "stop", RequestState.UNANSWERED: "late", RequestState.WITHDRAWN: "end",
    RequestState.STOPPED: "end",
}  # fmt: skip
