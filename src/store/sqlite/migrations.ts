/**
 * Every change of the tables, oldest first; the number of those applied is the database's version. Only ever
 * appended to: a released one is never edited, and there is no way back (restore a backup for that).
 */
export const migrations: readonly string[] = [
  `
  create table check_ref (
    no integer primary key,
    id text not null unique,
    service text not null,
    operation text not null
  ) strict;

  create table cycle (
    id integer primary key autoincrement,
    due_at integer not null,
    started_at integer not null,
    outcome text,
    statistics blob
  ) strict;
  create index cycle_started on cycle (started_at);
  create index cycle_running on cycle (id) where outcome is null;

  create table result (
    cycle_id integer not null,
    check_no integer not null,
    verdict integer not null,
    code integer not null,
    at integer not null,
    status integer,
    bytes integer not null,
    first_byte integer,
    download integer,
    total integer not null,
    extra blob,
    primary key (cycle_id, check_no)
  ) strict, without rowid;

  create table result_detail (
    cycle_id integer not null,
    check_no integer not null,
    data blob not null,
    primary key (cycle_id, check_no)
  ) strict, without rowid;

  create table rollup (
    hour integer not null,
    service text not null,
    data blob not null,
    primary key (hour, service)
  ) strict, without rowid;

  create table rolled_hour (hour integer primary key) strict;

  create table incident (
    no integer primary key,
    id text not null,
    fingerprint text not null,
    opened_at integer not null,
    ended_at integer,
    data text not null,
    own integer not null default 0,
    unique (fingerprint, opened_at)
  ) strict;
  create unique index incident_open on incident (fingerprint) where ended_at is null;
  create index incident_ended on incident (ended_at);
  create index incident_id on incident (id);

  create table transition (
    incident_no integer not null references incident (no) on delete cascade,
    version integer not null,
    kind text not null,
    at integer not null,
    cycle_id integer not null,
    data text not null,
    suppressed text,
    primary key (incident_no, version)
  ) strict, without rowid;
  create index transition_at on transition (at);

  create table outbox (
    id integer primary key autoincrement,
    dedup_key text not null unique,
    channel text not null,
    created_at integer not null,
    content text not null,
    state text not null,
    attempt integer not null default 0,
    not_before integer not null default 0,
    lease_until integer not null default 0,
    rendered text,
    parts_sent integer not null default 0,
    settled_at integer,
    receipt text,
    code text,
    message text,
    aside integer not null default 0,
    unclear integer not null default 0,
    hint text
  ) strict;
  create index outbox_pending on outbox (channel, id) where state = 'pending';
  create index outbox_settled on outbox (settled_at) where settled_at is not null;

  create table outbox_incident (
    incident_no integer not null references incident (no) on delete cascade,
    outbox_id integer not null references outbox (id) on delete cascade,
    kind text not null,
    primary key (incident_no, outbox_id)
  ) strict, without rowid;
  create index outbox_incident_message on outbox_incident (outbox_id);

  create table silence (
    id integer primary key autoincrement,
    matcher text not null,
    starts_at integer not null,
    ends_at integer not null,
    by text not null,
    reason text not null,
    created_at integer not null
  ) strict;
  create index silence_ends on silence (ends_at);

  create table audit (
    id integer primary key autoincrement,
    at integer not null,
    by text not null,
    action text not null,
    subject text not null,
    note text,
    incident_no integer
  ) strict;
  create index audit_at on audit (at);
  create index audit_incident on audit (incident_no) where incident_no is not null;

  create table send_slot (
    bucket text not null,
    at integer not null
  ) strict;
  create index send_slot_bucket on send_slot (bucket, at);

  create table document (
    id text primary key,
    service text not null,
    uri text not null,
    parser text not null,
    content_hash text not null,
    files text not null,
    problem text,
    read_at integer not null,
    body blob,
    schemas blob
  ) strict;
  create index document_source on document (service);

  create table document_change (
    id integer primary key,
    at integer not null,
    document_id text not null,
    data blob not null
  ) strict;
  create index document_change_of on document_change (document_id, id);

  create table account (
    name text primary key,
    role text not null,
    services text,
    password text not null,
    created_at integer not null,
    last_seen_at integer
  ) strict;

  create table session (
    hash text primary key,
    name text not null,
    role text not null,
    services text,
    via text not null,
    expires_at integer not null
  ) strict;
  create index session_name on session (name);

  create table api_token (
    id text primary key,
    hash text not null unique,
    name text not null,
    role text not null,
    services text,
    by text not null,
    created_at integer not null,
    expires_at integer,
    last_used_at integer,
    scopes text,
    ended text
  ) strict;

  create table spent_link (
    nonce text primary key,
    expires_at integer not null
  ) strict;

  create index outbox_of on outbox (channel, id);

  create table channel (
    name text primary key,
    data text not null
  ) strict, without rowid;

  create table token (
    credential text primary key,
    sealed text not null
  ) strict, without rowid;

  create table budget (
    objective text primary key,
    data blob not null
  ) strict, without rowid;

  create table first_answer (
    key text primary key,
    asked text not null,
    sealed text,
    expires_at integer not null
  ) strict, without rowid;
  create index first_answer_expires on first_answer (expires_at);

  create table look (
    id integer primary key,
    at integer not null,
    data blob not null
  ) strict;
  create index look_at on look (at);

  create table acknowledgement (
    incident_no integer not null references incident (no) on delete cascade,
    at integer not null,
    by text not null,
    until integer not null,
    note text,
    ended_at integer,
    primary key (incident_no, at)
  ) strict, without rowid;

  create table retention (
    kept text primary key,
    kept_ms integer not null,
    at integer not null
  ) strict, without rowid;

  create table sign_in (
    credential text primary key,
    sheet text not null
  ) strict, without rowid;

  create table file_mark (mark text primary key) strict, without rowid;

  create table proof (
    check_id text primary key,
    place text not null,
    filled text not null,
    matched integer not null
  ) strict, without rowid;

  create table set_up (
    service text primary key,
    introduced_at integer,
    data blob not null
  ) strict, without rowid;

  create table provided_name (
    alike text primary key,
    subject text not null
  ) strict, without rowid;

  create table trial (
    check_id text primary key,
    tried text not null
  ) strict, without rowid;

  create table habit (
    check_id text primary key,
    habit text not null
  ) strict, without rowid;

  create table clock_mark (
    what text primary key,
    boot text not null,
    offset_ms integer not null
  ) strict, without rowid;
  `,
  `
  create table status_post (
    id integer primary key autoincrement,
    incident_no integer references incident (no) on delete cascade,
    kind text not null,
    title text,
    services text,
    text text not null,
    starts_at integer,
    ends_at integer,
    by text not null,
    at integer not null,
    changed_at integer
  ) strict;
  create index status_post_at on status_post (at);
  create index status_post_incident on status_post (incident_no);
  `,
  `
  create table result_block (
    cycle_id integer not null,
    part integer not null,
    first_no integer not null,
    last_no integer not null,
    count integer not null,
    codes integer not null,
    data blob not null,
    primary key (cycle_id, part)
  ) strict;
  create index result_block_span on result_block (cycle_id, first_no, last_no, codes);

  alter table rollup add column counts blob;
  `,
];
