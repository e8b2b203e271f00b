from parallel_workflow import ClaudeParallelManager
from parallel_workflow import ClaudeResourceMonitor
from parallel_workflow import ClaudeTaskScheduler

# Initialize and start the Claude Parallel Manager
manager = ClaudeParallelManager()
manager.start()

# Initialize and start the Resource Monitor
resource_monitor = ClaudeResourceMonitor()
resource_monitor.start(strategy_callback=manager.apply_resource_strategy)

# Initialize and start the Task Scheduler
scheduler = ClaudeTaskScheduler()
scheduler.start(claude_manager=manager)

# Add a task to the parallel execution system
task_id = manager.add_script_task(
    script_path="/path/to/your/script.py",
    priority=3,  # Lower numbers = higher priority
    task_type="simulation"  # or "utility", "blender_task", "analysis"
)
