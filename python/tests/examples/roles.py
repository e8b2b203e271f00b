from parallel_workflow import ParallelExecutionManager

# Create the manager
manager = ParallelExecutionManager()

# Start all roles with resource management
manager.start_all_roles()

# Queue a task for a specific role
manager.queue_task('script_assessment', {
    'name': 'Assess model.py',
    'script_path': '/path/to/model.py',
    'priority': 'high'
})

# When done
manager.stop_all_roles()
