-- How often somebody took the call from somebody else.
alter table call_records add column transfers integer not null default 0;
