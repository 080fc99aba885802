-- A customer's own agent, and a case that is not closed yet. No foreign key: an agent may leave, the customer stays.
alter table customers add column owner text, add column open_case text;

-- What was known of the call by name when it ended.
alter table call_records add column attributes jsonb not null default '{}';

-- Whether those who waited when it was published were taken along.
alter table policy_versions add column move_waiting boolean not null default false;

-- The policy that is being worked on: one for the house.
create table policy_draft (
    id integer primary key default 1 check (id = 1),
    document jsonb not null,
    based_on integer not null,
    saved_at timestamptz(3) not null default now(),
    saved_by text not null,
    note text not null default ''
);
