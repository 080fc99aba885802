-- Which way the call went: in, out, or between the house's own phones.
alter table call_records add column direction text not null default 'in';
