-- What happened, in the order in which it was told, kept for some days for whoever replays one.
create table kept_facts (
  first_ms bigint not null,
  first_n integer not null,
  last_ms bigint not null,
  last_n integer not null,
  count integer not null,
  lines bytea not null,
  primary key (first_ms, first_n)
);
create index kept_facts_last_ms_last_n_idx on kept_facts (last_ms desc, last_n desc);
