manager.queue_task('agent_simulations', {
    'name': 'Run model simulation',
    'script': 'simulation.py',
    'agent_id': 'AI_Agent_1',
    'files': ['/path/to/simulation.py', '/path/to/data.json']
})
