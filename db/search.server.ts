/** SQL of the search: the index of public texts, and how far it has come with the log. */
import { type Insertable, sql } from 'kysely'
import type { Schema, Tx } from './schema/index.ts'

/** The next leaf to be read. */
export async function readIndexed(tx: Tx, communityId: number): Promise<number> {
  const row = await tx
    .selectFrom('search_progress')
    .select('next_index')
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return Number(row?.next_index ?? 0)
}

/** Says how far the index has come; it never goes back. */
export async function writeIndexed(tx: Tx, communityId: number, next: number): Promise<void> {
  const next_index = BigInt(next)
  await tx
    .insertInto('search_progress')
    .values({ community_id: communityId, next_index })
    .onConflict(conflict =>
      conflict.column('community_id').doUpdateSet({
        next_index: sql<bigint>`greatest(search_progress.next_index, excluded.next_index)`,
      }),
    )
    .execute()
}

/** Puts texts in, each in the place of an older one of the same key. */
export async function upsertSearchDocuments(
  tx: Tx,
  rows: readonly Insertable<Schema['search_document']>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('search_document')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['community_id', 'kind', 'document_key']).doUpdateSet(eb => ({
        title: eb.ref('excluded.title'),
        body: eb.ref('excluded.body'),
        folded: eb.ref('excluded.folded'),
        grams: eb.ref('excluded.grams'),
        happened_on: eb.ref('excluded.happened_on'),
      })),
    )
    .execute()
}

/** Texts with all grams and all terms, newest first, after a place. The grams narrow by index, the terms decide. */
export async function findSearchDocuments(
  tx: Tx,
  communityId: number,
  search: { readonly terms: readonly string[]; readonly grams: readonly string[] },
  kinds: readonly string[],
  after: { readonly on: string; readonly kind: string; readonly key: string } | null,
  limit: number,
) {
  const query = tx
    .selectFrom('search_document')
    .select(['kind', 'document_key', 'title', 'body', 'happened_on'])
    .where('community_id', '=', communityId)
    .where('kind', 'in', [...kinds])
    .where(sql<boolean>`grams @> ${[...search.grams]}::text[]`)
    .where(eb => eb.and(search.terms.map(term => sql<boolean>`strpos(folded, ${term}) > 0`)))
    .orderBy('happened_on', 'desc')
    .orderBy('kind', 'desc')
    .orderBy('document_key', 'desc')
    .limit(limit)
  const placed =
    after === null
      ? query
      : query.where(
          sql<boolean>`(happened_on, kind, document_key) < (${after.on}::date, ${after.kind}, ${after.key})`,
        )
  return placed.execute()
}
