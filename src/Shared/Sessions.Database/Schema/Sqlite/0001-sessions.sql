-- Times are microseconds since 1970 UTC. What a session carries is encrypted under its id, which stands nowhere.
CREATE TABLE sessions (
    handle TEXT NOT NULL CONSTRAINT pk_sessions PRIMARY KEY,
    tag TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    birth BLOB NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ticket BLOB NULL,
    device BLOB NULL,
    successor TEXT NULL
) WITHOUT ROWID;

-- Cleaning takes the expired ones from its beginning.
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);

-- A user's sessions in the order of their sign-ins. Guests' sessions are never asked for by tag.
CREATE INDEX ix_sessions_tag_ordinal ON sessions (tag, ordinal) WHERE ordinal > 0;

-- A row per attribute: requests that change different ones touch different rows.
CREATE TABLE session_attributes (
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    CONSTRAINT pk_session_attributes PRIMARY KEY (handle, name),
    CONSTRAINT fk_session_attributes_sessions_handle FOREIGN KEY (handle) REFERENCES sessions (handle) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE session_counters (
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_session_counters PRIMARY KEY (handle, name),
    CONSTRAINT fk_session_counters_sessions_handle FOREIGN KEY (handle) REFERENCES sessions (handle) ON DELETE CASCADE
) WITHOUT ROWID;

-- One row per user that signed in: its lock puts the user's sign-ins in a row. Kept as long as a session of an earlier generation could live.
CREATE TABLE session_users (
    tag TEXT NOT NULL CONSTRAINT pk_session_users PRIMARY KEY,
    generation INTEGER NOT NULL,
    sign_ins INTEGER NOT NULL,
    keep_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX ix_session_users_keep_until ON session_users (keep_until);
