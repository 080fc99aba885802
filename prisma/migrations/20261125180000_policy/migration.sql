-- A customer's own agent, and a case that is not closed yet. No foreign key: an agent may leave, the customer stays.
alter table customers add column owner text, add column open_case text;

-- What was known of the call by name when it ended.
alter table call_records add column attributes jsonb not null default '{}';
