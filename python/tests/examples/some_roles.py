from parallel_workflow import ParallelExecutionManager

manager = ParallelExecutionManager()

# Start resource monitoring
manager.start_monitoring()

# Start only selected roles
manager._start_role_thread('resource_management')
manager._start_role_thread('project_management')
