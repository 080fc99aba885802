-- How a desk phone is set: where it sends its calls, and over which trunk when that is outside; set at the phone itself or by
-- an administrator, whoever was last.
alter table phones
    add column forward_always text,
    add column forward_always_trunk text references trunks (id) on update cascade,
    add column forward_busy text,
    add column forward_busy_trunk text references trunks (id) on update cascade,
    add column forward_no_answer text,
    add column forward_no_answer_trunk text references trunks (id) on update cascade,
    add column forward_no_answer_after_ms integer not null default 20000
        check (forward_no_answer_after_ms between 3000 and 120000),
    add column do_not_disturb boolean not null default false,
    add column auto_answer boolean not null default false,
    add column set_at timestamptz(3) not null default now(),
    add check (forward_always_trunk is null or forward_always is not null),
    add check (forward_busy_trunk is null or forward_busy is not null),
    add check (forward_no_answer_trunk is null or forward_no_answer is not null);

-- An agent who works elsewhere: the number that is rung in place of the desk phone, and the trunk.
alter table agents
    add column contact_number text,
    add column contact_trunk text references trunks (id) on update cascade,
    add check ((contact_number is null) = (contact_trunk is null));
