"""Reading: functions that return what a page or a job needs, in few statements; they never write."""
