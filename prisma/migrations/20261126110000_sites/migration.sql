-- Where an agent works, for a house with several sites.
alter table agents add column site text check (length(site) between 1 and 64);
