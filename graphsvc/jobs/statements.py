"""What is said to the table of jobs, in SQL."""

from __future__ import annotations

from typing import Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS job (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  arguments TEXT NOT NULL,
  same TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  error TEXT,
  remedy TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease REAL NOT NULL DEFAULT 0,
  not_before REAL NOT NULL DEFAULT 0,
  worker TEXT,
  cancel INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  by TEXT NOT NULL DEFAULT '',
  revision INTEGER,
  created TEXT NOT NULL,
  started TEXT,
  ended TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS one_of_the_same ON job (same) WHERE state IN ('queued', 'running');
CREATE INDEX IF NOT EXISTS by_state ON job (state, number);
CREATE INDEX IF NOT EXISTS by_same ON job (same, number);
CREATE TABLE IF NOT EXISTS result (
  job INTEGER PRIMARY KEY REFERENCES job (number) ON DELETE CASCADE,
  body BLOB NOT NULL
);
"""

OPEN_SAME: Final = "SELECT * FROM job WHERE same = :same AND state IN ('queued', 'running')"
LAST_SAME: Final = "SELECT * FROM job WHERE same = :same ORDER BY number DESC LIMIT 1"
WAITING: Final = "SELECT count(*) AS waiting FROM job WHERE state = 'queued'"
ADD: Final = """
INSERT INTO job (id, kind, arguments, same, by, revision, created)
VALUES (:id, :kind, :arguments, :same, :by, :revision, :now)
RETURNING *"""
GET: Final = "SELECT * FROM job WHERE id = :id"
FIND: Final = """
SELECT * FROM job
WHERE (:any OR state IN (SELECT value FROM json_each(:states)))
  AND (:kind IS NULL OR kind = :kind) AND (:before IS NULL OR number < :before)
ORDER BY number DESC LIMIT :limit"""
COUNT: Final = """
SELECT count(*) AS total FROM job
WHERE (:any OR state IN (SELECT value FROM json_each(:states))) AND (:kind IS NULL OR kind = :kind)"""
RESULT: Final = "SELECT body FROM result JOIN job ON job.number = result.job WHERE job.id = :id"
CANCEL: Final = """
UPDATE job SET
  cancel = 1,
  ended = iif(state = 'queued', :now, ended),
  state = iif(state = 'queued', 'cancelled', state),
  version = version + 1
WHERE id = :id AND state IN ('queued', 'running') AND NOT cancel
RETURNING id"""

CLAIMABLE: Final = """
SELECT number FROM job JOIN json_each(:kinds) AS mine ON mine.key = job.kind
WHERE (state = 'queued' AND not_before <= :clock OR state = 'running' AND lease < :clock)
  AND mine.value NOT IN (
    SELECT lane.value FROM job AS busy JOIN json_each(:kinds) AS lane ON lane.key = busy.kind
    WHERE busy.state = 'running' AND busy.lease >= :clock
  )
ORDER BY number LIMIT 1"""
"""``kinds`` is an object: each kind with its lane. Of the kinds of one lane one job runs at a time."""
GIVE_UP: Final = """
UPDATE job SET
  state = iif(cancel, 'cancelled', 'failed'),
  error = iif(cancel, NULL, :error),
  remedy = iif(cancel, NULL, :remedy),
  ended = :now,
  version = version + 1
WHERE state = 'running' AND lease < :clock AND (cancel OR attempts >= :attempts)
RETURNING id"""
CLAIM: Final = f"""
UPDATE job SET
  state = 'running',
  attempts = attempts + 1,
  lease = :until,
  worker = :worker,
  started = :now,
  done = 0,
  total = 0,
  note = '',
  version = version + 1
WHERE number = ({CLAIMABLE})
RETURNING *"""  # noqa: S608  # two texts of ours

_HELD: Final = "WHERE id = :id AND worker = :worker AND attempts = :attempt AND state = 'running'"
HELD: Final = f"SELECT lease, cancel FROM job {_HELD}"  # noqa: S608
RENEW: Final = f"UPDATE job SET lease = :until {_HELD} RETURNING cancel"  # noqa: S608
REPORT: Final = f"""
UPDATE job SET lease = :until, done = :done, total = :total, note = :note, version = version + 1
{_HELD} RETURNING cancel"""  # noqa: S608
FINISH: Final = f"""
UPDATE job SET state = :state, error = :error, remedy = :remedy, ended = :now, version = version + 1
{_HELD} RETURNING number"""  # noqa: S608
KEEP: Final = "INSERT OR REPLACE INTO result (job, body) VALUES (:number, :body)"
GIVE_BACK: Final = f"""
UPDATE job SET
  state = iif(cancel, 'cancelled', 'queued'),
  ended = iif(cancel, :now, NULL),
  lease = 0,
  not_before = :not_before,
  attempts = attempts - 1 + :counted,
  version = version + 1
{_HELD} RETURNING number"""  # noqa: S608
PRUNE: Final = "DELETE FROM job WHERE ended < :before RETURNING id"
