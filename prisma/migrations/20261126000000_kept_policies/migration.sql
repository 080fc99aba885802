-- Calls name the version they came in with: its number is never given to another text, nor what it does to those who wait
-- changed afterwards.
drop trigger policy_versions_immutable on policy_versions;
create trigger policy_versions_immutable before delete or update of version, document, move_waiting on policy_versions
    for each row execute function cordboard_refuse_policy_change();
