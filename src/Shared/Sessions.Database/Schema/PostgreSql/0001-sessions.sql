-- Times are microseconds since 1970 UTC. What a session carries is encrypted under its id, which stands nowhere.
CREATE TABLE sessions (
    handle text NOT NULL CONSTRAINT pk_sessions PRIMARY KEY,
    tag text NOT NULL,
    ordinal bigint NOT NULL,
    birth bytea NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ticket bytea NULL,
    device bytea NULL,
    successor text NULL
);

-- Cleaning takes the expired ones from its beginning.
CREATE INDEX ix_sessions_expires_at ON sessions (expires_at);

-- A user's sessions in the order of their sign-ins. Guests' sessions are never asked for by tag.
CREATE INDEX ix_sessions_tag_ordinal ON sessions (tag, ordinal) WHERE ordinal > 0;

-- A row per attribute: requests that change different ones touch different rows.
CREATE TABLE session_attributes (
    handle text NOT NULL,
    name text NOT NULL,
    value bytea NOT NULL,
    CONSTRAINT pk_session_attributes PRIMARY KEY (handle, name),
    CONSTRAINT fk_session_attributes_sessions_handle FOREIGN KEY (handle) REFERENCES sessions (handle) ON DELETE CASCADE
);

CREATE TABLE session_counters (
    handle text NOT NULL,
    name text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT pk_session_counters PRIMARY KEY (handle, name),
    CONSTRAINT fk_session_counters_sessions_handle FOREIGN KEY (handle) REFERENCES sessions (handle) ON DELETE CASCADE
);

-- One row per user that signed in: its lock puts the user's sign-ins in a row. Kept as long as a session of an earlier generation could live.
CREATE TABLE session_users (
    tag text NOT NULL CONSTRAINT pk_session_users PRIMARY KEY,
    generation bigint NOT NULL,
    sign_ins bigint NOT NULL,
    keep_until bigint NOT NULL
);

CREATE INDEX ix_session_users_keep_until ON session_users (keep_until);
