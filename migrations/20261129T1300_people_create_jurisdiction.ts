/** Districts, subdistricts and neighbourhoods above the communities, micro-grids below them, and who oversees at which level. Frozen. */
import { type Kysely, sql } from 'kysely'

/** The levels above a community are one tree for all; a community's place in it and its micro-grids are rows of the community. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The parent's level is written beside the parent, so that a subdistrict can only lie in a district.
  await sql`
    create table jurisdiction (
      jurisdiction_code text primary key check (jurisdiction_code ~ '^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$'),
      level text not null check (level in ('district', 'subdistrict', 'neighbourhood')),
      name text not null,
      name_en text not null,
      parent_code text,
      parent_level text,
      created_at timestamptz not null,
      unique (jurisdiction_code, level),
      foreign key (parent_code, parent_level) references jurisdiction (jurisdiction_code, level),
      check (case level
        when 'district' then parent_code is null and parent_level is null
        when 'subdistrict' then parent_code is not null and parent_level = 'district'
        else parent_code is not null and parent_level = 'subdistrict' end)
    )`.execute(db)
  await sql`create index jurisdiction_by_parent on jurisdiction (parent_code)`.execute(db)
  await sql`
    create table community_place (
      community_id integer primary key references community,
      jurisdiction_code text not null,
      jurisdiction_level text not null default 'neighbourhood' check (jurisdiction_level = 'neighbourhood'),
      placed_by text not null,
      placed_at timestamptz not null,
      foreign key (jurisdiction_code, jurisdiction_level) references jurisdiction (jurisdiction_code, level)
    )`.execute(db)
  await sql`create index community_place_by_jurisdiction on community_place (jurisdiction_code)`.execute(db)
  await sql`
    create table overseer_term (
      jurisdiction_code text not null references jurisdiction,
      user_id text not null references portal_user,
      -- The post as the public reads it beside the name.
      title text not null,
      term_from date not null,
      term_until date,
      granted_by text not null,
      granted_at timestamptz not null,
      primary key (jurisdiction_code, user_id, term_from)
    )`.execute(db)
  await sql`create index overseer_term_of_user on overseer_term (user_id)`.execute(db)
  await sql`
    create table micro_grid (
      community_id integer not null references community,
      grid_id text not null check (grid_id ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,19}$'),
      name text not null,
      created_at timestamptz not null,
      primary key (community_id, grid_id)
    )`.execute(db)
  // An empty entrance is the whole building; a building or entrance lies in one grid.
  await sql`
    create table micro_grid_place (
      community_id integer not null,
      building text not null,
      entrance text not null default '',
      grid_id text not null,
      primary key (community_id, building, entrance),
      foreign key (community_id, grid_id) references micro_grid
    )`.execute(db)
  // An invitation to oversee a level; the community on it is the one whose page the invited person is greeted by.
  await sql`
    alter table invitation
      add column jurisdiction_code text references jurisdiction,
      add column jurisdiction_title text,
      add check ((jurisdiction_code is null) = (jurisdiction_title is null))`.execute(db)
  await sql`
    grant select, insert on jurisdiction, community_place, overseer_term, micro_grid, micro_grid_place
    to mingzhang_app`.execute(db)
  await sql`grant update (name, name_en) on jurisdiction to mingzhang_app`.execute(db)
  await sql`
    grant update (jurisdiction_code, placed_by, placed_at) on community_place to mingzhang_app`.execute(db)
  await sql`grant update (term_until) on overseer_term to mingzhang_app`.execute(db)
  await sql`grant update (name) on micro_grid to mingzhang_app`.execute(db)
  await sql`grant update (grid_id) on micro_grid_place to mingzhang_app`.execute(db)
}
