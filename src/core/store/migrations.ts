/**
 * The schema, as the steps that lead to it; `PRAGMA user_version` counts the steps taken. A step, once released, is never edited.
 *
 * `position` orders a group: rank while queued, start while active, minus the end when finished. A queued task may be
 * started when no gate is shut: not held, nothing upstream `unmet`, not `timed` for later.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE revision (n INTEGER NOT NULL, removals INTEGER NOT NULL) STRICT;
  INSERT INTO revision VALUES (0, 0);

  CREATE TABLE engines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pid INTEGER NOT NULL, pid_start TEXT NOT NULL, boot TEXT NOT NULL,
    kind TEXT NOT NULL, roots TEXT NOT NULL, runs_tasks INTEGER NOT NULL, has_terminals INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL, name TEXT NOT NULL, submitted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX batches_by_workspace ON batches(workspace, id);

  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL, workspace TEXT NOT NULL,
    name TEXT NOT NULL, type TEXT NOT NULL, priority REAL NOT NULL, interactive INTEGER NOT NULL,
    spec TEXT NOT NULL, submitted_at INTEGER NOT NULL,
    status TEXT NOT NULL, held INTEGER NOT NULL, unmet INTEGER NOT NULL, timed INTEGER NOT NULL,
    ready_at INTEGER NOT NULL, position REAL NOT NULL,
    attempts INTEGER NOT NULL, tries INTEGER NOT NULL,
    run INTEGER, since INTEGER NOT NULL, cause TEXT, outcome TEXT, unexpected INTEGER NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tasks_by_group ON tasks(workspace, status, timed, position, id);
  CREATE INDEX tasks_startable ON tasks(workspace, type, position, id)
    WHERE status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0;
  CREATE INDEX tasks_timed ON tasks(ready_at) WHERE status = 'queued' AND timed = 1;
  CREATE INDEX tasks_by_batch ON tasks(batch, id);
  CREATE INDEX tasks_by_rev ON tasks(rev);

  CREATE TABLE dependencies (
    task INTEGER NOT NULL, upstream INTEGER NOT NULL, PRIMARY KEY (task, upstream)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX dependencies_by_upstream ON dependencies(upstream, task);

  CREATE TABLE claims (
    task INTEGER NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, mode TEXT NOT NULL, PRIMARY KEY (task, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE locks (
    key TEXT NOT NULL, task INTEGER NOT NULL, path TEXT NOT NULL, mode TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (key, task)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX locks_by_task ON locks(task);

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task INTEGER NOT NULL, type TEXT NOT NULL, attempt INTEGER NOT NULL, engine INTEGER, folder TEXT NOT NULL, argv TEXT NOT NULL,
    reserved_cpu REAL NOT NULL, reserved_memory INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER,
    pid INTEGER, pid_start TEXT, boot TEXT NOT NULL,
    exit_code INTEGER, signal TEXT, user_ms REAL, system_ms REAL,
    peak_memory INTEGER, cores REAL, memory INTEGER, outcome TEXT
  ) STRICT;
  CREATE INDEX runs_by_task ON runs(task, id);
  CREATE INDEX runs_active ON runs(engine) WHERE ended_at IS NULL;

  CREATE TABLE counts (
    workspace TEXT NOT NULL, status TEXT NOT NULL, timed INTEGER NOT NULL, unexpected INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (workspace, status, timed, unexpected)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER tasks_count_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO counts VALUES (new.workspace, new.status, new.timed, new.unexpected, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  CREATE TRIGGER tasks_count_delete AFTER DELETE ON tasks BEGIN
    UPDATE counts SET n = n - 1
      WHERE workspace = old.workspace AND status = old.status AND timed = old.timed AND unexpected = old.unexpected;
  END;
  CREATE TRIGGER tasks_count_update AFTER UPDATE OF status, timed, unexpected ON tasks
    WHEN new.status <> old.status OR new.timed <> old.timed OR new.unexpected <> old.unexpected BEGIN
    UPDATE counts SET n = n - 1
      WHERE workspace = old.workspace AND status = old.status AND timed = old.timed AND unexpected = old.unexpected;
    INSERT INTO counts VALUES (new.workspace, new.status, new.timed, new.unexpected, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  `,
  `
  ALTER TABLE runs ADD COLUMN position REAL NOT NULL DEFAULT 0;
  `,
  // A task that waits for a file is parked behind the last that has to go first, and is not looked at until that one has
  // moved on; `parked_claims` keeps later comers from overtaking it. So thousands that wait for one file cost nothing.
  `
  ALTER TABLE tasks ADD COLUMN parked INTEGER;
  CREATE INDEX tasks_parked ON tasks(parked) WHERE parked IS NOT NULL;
  DROP INDEX tasks_startable;
  CREATE INDEX tasks_startable ON tasks(workspace, type, position, id)
    WHERE status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0 AND parked IS NULL;
  CREATE TABLE parked_claims (
    key TEXT NOT NULL, mode TEXT NOT NULL, position REAL NOT NULL, task INTEGER NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (key, mode, position, task)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX parked_claims_by_task ON parked_claims(task);
  `,
  // Others than tasks use files: windows with unsaved changes, and programs. `holder` is a task's id, or minus a hold's.
  // `glob` tells what below the folder `key` is meant.
  `
  CREATE TABLE holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, engine INTEGER, name TEXT NOT NULL,
    pid INTEGER NOT NULL, pid_start TEXT NOT NULL, boot TEXT NOT NULL,
    position REAL NOT NULL, asked_at INTEGER NOT NULL, lost_at INTEGER
  ) STRICT;
  CREATE INDEX holds_by_engine ON holds(engine);

  CREATE TABLE claims_4 (
    task INTEGER NOT NULL, key TEXT NOT NULL, glob TEXT NOT NULL, path TEXT NOT NULL, mode TEXT NOT NULL, PRIMARY KEY (task, key, glob)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO claims_4 SELECT task, key, '', path, mode FROM claims;
  DROP TABLE claims;
  ALTER TABLE claims_4 RENAME TO claims;

  CREATE TABLE locks_4 (
    key TEXT NOT NULL, holder INTEGER NOT NULL, glob TEXT NOT NULL, path TEXT NOT NULL, mode TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (key, holder, glob)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO locks_4 SELECT key, task, '', path, mode, since FROM locks;
  DROP TABLE locks;
  ALTER TABLE locks_4 RENAME TO locks;
  CREATE INDEX locks_by_holder ON locks(holder);

  DROP TABLE parked_claims;
  UPDATE tasks SET parked = NULL;
  CREATE TABLE parked_claims (
    key TEXT NOT NULL, mode TEXT NOT NULL, position REAL NOT NULL, holder INTEGER NOT NULL, glob TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (key, mode, glob, position, holder)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX parked_claims_by_holder ON parked_claims(holder);
  CREATE INDEX parked_globs ON parked_claims(key) WHERE glob <> '';

  CREATE TABLE script_claims (
    script TEXT NOT NULL, key TEXT NOT NULL, glob TEXT NOT NULL, path TEXT NOT NULL, mode TEXT NOT NULL, PRIMARY KEY (script, key, glob)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE tasks ADD COLUMN over_editors INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN undeclared TEXT;
  ALTER TABLE runs ADD COLUMN conflicts TEXT;
  `,
  // History: of the machine, in three grains; of scripts, to learn what they need; of what the strategy did.
  `
  CREATE TABLE machine (
    lasts INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL,
    cpu REAL NOT NULL, cpu_peak REAL NOT NULL, memory REAL NOT NULL, memory_peak REAL NOT NULL, disk REAL,
    disk_read REAL NOT NULL, disk_write REAL NOT NULL, network_in REAL NOT NULL, network_out REAL NOT NULL, load REAL NOT NULL,
    pressure_cpu REAL, pressure_memory REAL, pressure_io REAL, strategy INTEGER NOT NULL,
    PRIMARY KEY (lasts, at)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE script_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, workspace TEXT NOT NULL, script TEXT NOT NULL, path TEXT NOT NULL,
    args TEXT NOT NULL, type TEXT NOT NULL, started_at INTEGER NOT NULL, wall_ms INTEGER NOT NULL, cpu_ms REAL, peak_memory INTEGER,
    memory_limit INTEGER, as_expected INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX script_runs_by_script ON script_runs(script, id);
  CREATE INDEX script_runs_by_workspace ON script_runs(workspace, id);
  ALTER TABLE runs ADD COLUMN ready_at INTEGER;
  CREATE INDEX runs_by_claim ON runs(claimed_at);

  CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, strategy TEXT NOT NULL, what TEXT NOT NULL, reasons TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_time ON decisions(at);

  CREATE INDEX tasks_urgent ON tasks(workspace, type, position, id)
    WHERE status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0 AND parked IS NULL AND priority <= 3;

  ALTER TABLE runs ADD COLUMN paused_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tasks ADD COLUMN memory_wanted INTEGER;
  ALTER TABLE tasks ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
  `,
  // Prompts carried out by agents: what each run of one came to, who can take one, and what they cost.
  `
  ALTER TABLE runs ADD COLUMN agent TEXT;
  ALTER TABLE runs ADD COLUMN handover TEXT;
  ALTER TABLE tasks ADD COLUMN goes_on TEXT;
  ALTER TABLE tasks ADD COLUMN afresh INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tasks ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE holds ADD COLUMN task INTEGER;
  CREATE TABLE agents (name TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE window_models (engine INTEGER PRIMARY KEY, models TEXT NOT NULL) STRICT;
  CREATE TABLE agent_days (
    day TEXT NOT NULL, agent TEXT NOT NULL, runs INTEGER NOT NULL, turns INTEGER NOT NULL, tokens INTEGER NOT NULL, cost REAL NOT NULL,
    PRIMARY KEY (day, agent)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tasks_prompts ON tasks(position, id) WHERE status = 'queued' AND type IN ('prompt', 'claude', 'autogen', 'vscode');

  CREATE TABLE schedules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL, time_zone TEXT NOT NULL, missed TEXT NOT NULL, overlap TEXT NOT NULL,
    role TEXT, paused INTEGER NOT NULL, source TEXT NOT NULL, file TEXT, request TEXT NOT NULL,
    next_at INTEGER, trusted INTEGER NOT NULL, file_paused INTEGER NOT NULL, last_batch INTEGER
  ) STRICT;
  CREATE INDEX schedules_due ON schedules(workspace, next_at);
  CREATE TABLE schedule_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule INTEGER NOT NULL, due_at INTEGER NOT NULL, manual INTEGER NOT NULL, state TEXT NOT NULL, batch INTEGER, message TEXT
  ) STRICT;
  CREATE UNIQUE INDEX schedule_runs_due ON schedule_runs(schedule, due_at) WHERE manual = 0;
  CREATE INDEX schedule_runs_by_schedule ON schedule_runs(schedule, id);
  CREATE INDEX schedule_runs_waiting ON schedule_runs(schedule, id) WHERE state = 'waiting';
  `,
  // What a run has set aside may be a guess, and what it uses is the first evidence for others of its script. The few runs
  // that lasted longer than a day have an index of their own, so that a span finds those that began long before it.
  `
  ALTER TABLE runs ADD COLUMN script TEXT;
  ALTER TABLE runs ADD COLUMN cpu_from TEXT;
  ALTER TABLE runs ADD COLUMN memory_from TEXT;
  ALTER TABLE runs ADD COLUMN cores_wanted REAL;
  ALTER TABLE script_runs ADD COLUMN waited_ms REAL;
  CREATE INDEX runs_long ON runs(ended_at) WHERE ended_at - claimed_at > 86400000;
  ALTER TABLE decisions ADD COLUMN shadow INTEGER;

  -- Roles: their definitions, what is wanted of them, and why their queues are shut; \`engine\` does a role's own work, anew each time it is \`opened\`.
  CREATE TABLE roles (
    workspace TEXT NOT NULL, name TEXT NOT NULL, definition TEXT, ordered TEXT NOT NULL, shut TEXT, engine INTEGER, opened INTEGER NOT NULL,
    PRIMARY KEY (workspace, name)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE tasks ADD COLUMN role TEXT;
  ALTER TABLE tasks ADD COLUMN role_off INTEGER NOT NULL DEFAULT 0;
  UPDATE tasks SET role = json_extract(spec, '$.role');
  DROP INDEX tasks_startable;
  CREATE INDEX tasks_startable ON tasks(workspace, type, position, id)
    WHERE status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0 AND parked IS NULL AND role_off = 0;
  DROP INDEX tasks_urgent;
  CREATE INDEX tasks_urgent ON tasks(workspace, type, position, id)
    WHERE status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0 AND parked IS NULL AND role_off = 0 AND priority <= 3;
  CREATE INDEX tasks_by_role ON tasks(workspace, role, status, position, id) WHERE role IS NOT NULL;
  CREATE TABLE role_counts (
    workspace TEXT NOT NULL, role TEXT NOT NULL, status TEXT NOT NULL, timed INTEGER NOT NULL, unexpected INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (workspace, role, status, timed, unexpected)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO role_counts SELECT workspace, role, status, timed, unexpected, count(*) FROM tasks
    WHERE role IS NOT NULL GROUP BY workspace, role, status, timed, unexpected;
  CREATE TRIGGER tasks_role_insert AFTER INSERT ON tasks WHEN new.role IS NOT NULL BEGIN
    INSERT INTO role_counts VALUES (new.workspace, new.role, new.status, new.timed, new.unexpected, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  CREATE TRIGGER tasks_role_delete AFTER DELETE ON tasks WHEN old.role IS NOT NULL BEGIN
    UPDATE role_counts SET n = n - 1
      WHERE workspace = old.workspace AND role = old.role AND status = old.status AND timed = old.timed AND unexpected = old.unexpected;
  END;
  CREATE TRIGGER tasks_role_update AFTER UPDATE OF status, timed, unexpected ON tasks
    WHEN new.role IS NOT NULL AND (new.status <> old.status OR new.timed <> old.timed OR new.unexpected <> old.unexpected) BEGIN
    UPDATE role_counts SET n = n - 1
      WHERE workspace = old.workspace AND role = old.role AND status = old.status AND timed = old.timed AND unexpected = old.unexpected;
    INSERT INTO role_counts VALUES (new.workspace, new.role, new.status, new.timed, new.unexpected, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  `,
  // A file may be away for a while only; its schedules are kept from then on.
  `
  ALTER TABLE schedules ADD COLUMN gone_at INTEGER;
  `,
  // Who begins something when a role is started has to tell that from a pause that is over, however short the role was stopped.
  `
  ALTER TABLE roles ADD COLUMN started INTEGER NOT NULL DEFAULT 0;
  `,
];
