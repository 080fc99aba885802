-- What the agent said that the conversation was about.
alter table call_records add column wrap_up_code text;
