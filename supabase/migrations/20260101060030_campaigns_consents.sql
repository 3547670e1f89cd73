-- The ledger of what allows the club to write to a member: what they agreed to, or that they are a customer who was told.
-- One row per basis recorded; a row never changes but for being withdrawn, once, and goes only with its client.
create table campaigns.consents (
  club_id bigint not null references core.clubs on delete cascade,
  consent_id bigint generated always as identity,
  client_id bigint not null,
  purpose text not null default 'marketing' check (purpose = 'marketing'),
  basis text not null default 'consent' check (basis in ('consent', 'existing_customer')),
  source text not null check (btrim(source) <> ''),
  text_version text not null check (btrim(text_version) <> ''),
  language text check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  given_at timestamptz not null,
  proof text not null default '',
  recorded_by text not null default 'system:database',
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_how text,
  primary key (club_id, consent_id),
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete cascade,
  constraint consents_given_before_withdrawn check (withdrawn_at >= given_at)
);
create index consents_by_client on campaigns.consents (club_id, client_id);
comment on table campaigns.consents is
  'One row per consent or existing-customer notice: source, wording, when, the evidence, and when and how it was withdrawn.';
comment on column campaigns.consents.source is 'Where it was given: a form, the contract, the reception desk.';
comment on column campaigns.consents.text_version is 'Which wording the member was shown.';
comment on column campaigns.consents.proof is 'Where the evidence is: a contract''s number, a scan, the log of a form.';
comment on column campaigns.consents.recorded_by is 'operator:<user id>, import:<file>, or system:database for a row written in SQL.';
comment on column campaigns.consents.withdrawn_by is 'The cause: as of a suppression, or import.';
comment on column campaigns.consents.withdrawn_how is 'In words: the reply, the button, what the person at the desk noted.';
comment on constraint consents_given_before_withdrawn on campaigns.consents is
  'A consent cannot be withdrawn before it was given: correct one of the two dates.';

create function campaigns.keep_consents() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    -- With its client, or with its club, it goes: there is nobody left to whom it is owed.
    if exists (
      select
      from crm.clients as client
      join core.clubs as club on club.club_id = client.club_id
      where client.club_id = old.club_id
        and client.client_id = old.client_id
    ) then
      raise exception 'A consent is never deleted: withdraw it instead (outbox.withdraw).' using errcode = 'check_violation';
    end if;
    return old;
  end if;
  if old.withdrawn_at is not null then
    raise exception 'Consent % was withdrawn, and stays so: record a new one.', old.consent_id using errcode = 'check_violation';
  end if;
  if to_jsonb(new) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_how']
    <> to_jsonb(old) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_how'] or new.withdrawn_at is null
  then
    raise exception 'Of a consent nothing changes but that it is withdrawn: record a new one.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
comment on function campaigns.keep_consents is 'Lets a consent be withdrawn once, and nothing else be done to it.';
create trigger keep_consents before update or delete on campaigns.consents
  for each row execute function campaigns.keep_consents();

alter table campaigns.consents enable row level security;
grant select on campaigns.consents to authenticated;
create policy "operators read the consents of their clients" on campaigns.consents
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.record_consent(
  p_club_id bigint, p_client_id bigint, p_basis text, p_source text, p_text_version text, p_language text, p_given_at timestamptz,
  p_proof text, p_actor text, p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  recorded bigint;
begin
  if p_given_at is null or p_given_at > p_now then
    raise exception 'A consent is recorded after it was given: say when that was, not later than now.' using errcode = 'check_violation';
  end if;
  if btrim(coalesce(p_source, '')) = '' or btrim(coalesce(p_text_version, '')) = '' then
    raise exception 'Say where the consent was given and which wording the member was shown: without them it proves nothing.'
      using errcode = 'check_violation';
  end if;
  if p_basis is null or p_basis not in ('consent', 'existing_customer') then
    raise exception 'A basis is consent or existing_customer, not %.', coalesce(p_basis, 'empty') using errcode = 'check_violation';
  end if;
  insert into campaigns.consents (
    club_id, client_id, basis, source, text_version, language, given_at, proof, recorded_by
  )
  values (
    p_club_id, p_client_id, p_basis, btrim(p_source), btrim(p_text_version), p_language, p_given_at, coalesce(btrim(p_proof), ''), p_actor
  )
  returning consent_id into recorded;
  perform core.audit(
    p_club_id, p_actor, 'consent.recorded', 'client:' || p_client_id,
    jsonb_build_object('consent_id', recorded, 'basis', p_basis, 'text_version', btrim(p_text_version)), p_now
  );
  return recorded;
end
$$;
comment on function campaigns.record_consent is 'Records a consent or an existing-customer notice of a client; returns its id.';
