-- Messages that callers have left. The sound lies in a file of the installation; the row says which.
create table voicemails (
    id text primary key,
    box text not null,
    call_id text not null,
    caller text not null,
    caller_name text not null,
    language text not null,
    left_at timestamptz(3) not null,
    duration_ms integer not null check (duration_ms >= 0),
    heard boolean not null default false,
    -- Null once the sound has been erased.
    file text,
    -- When it was sent by e-mail, or found that nobody wants it so.
    mailed_at timestamptz(3),
    -- The row stays, without the caller: a message that is told of twice must not come back.
    deleted boolean not null default false
);
create index voicemails_box_left_at_id_idx on voicemails (box, left_at desc, id desc);

-- What is set for a box; a box that is not here has no PIN and no address.
create table voicemail_boxes (
    box text primary key check (box ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    -- argon2id; without one the box cannot be opened by phone.
    pin_hash text,
    email text
);

create trigger voicemails_changed after insert or update or delete or truncate on voicemails
    for each statement execute function cordboard_tell_change();
