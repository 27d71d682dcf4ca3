"""What the state of a job is called."""

from appliance.model import PrintState

STATES = {
    PrintState.QUEUED: "排队",
    PrintState.PRINTING: "正在打",
    PrintState.DONE: "已打",
    PrintState.FAILED: "失败",
}
