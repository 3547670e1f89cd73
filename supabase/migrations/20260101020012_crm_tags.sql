-- The tags a club gives its clients in the booking platform, which calls them client categories.
-- Read from the client as the platform showed it: [{id, title, color}], or {} where there are none. Any other shape has no tags.
create function crm.tags(p_raw jsonb) returns text[]
language sql immutable set search_path = '' as $$
  select array(
    select distinct btrim(category.value ->> 'title')
    from jsonb_array_elements(
      case jsonb_typeof(p_raw -> 'categories') when 'array' then p_raw -> 'categories' else '[]' end
    ) as category (value)
    where btrim(category.value ->> 'title') <> ''
    order by 1
  )
$$;
comment on function crm.tags is 'The tags of a client in the booking platform, each once, in the order of the alphabet; none: an empty array.';
grant execute on function crm.tags to authenticated;
