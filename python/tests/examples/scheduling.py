from parallel_workflow import ClaudeTaskScheduler, ScheduledTask

scheduler = ClaudeTaskScheduler()

# Add a daily task
scheduler.add_task(
    task_data={
        "script_path": "/path/to/your/script.py",
        "task_type": "utility",
        "priority": 5
    },
    schedule_type=ScheduledTask.DAILY,
    schedule_params={"time": "12:00"}
)

# Start the scheduler
scheduler.start(claude_manager=manager)
