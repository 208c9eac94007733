/**
 * Prints a batch of invitation letters: codes are made, the file is drawn, and both are stored in the transaction that ends
 * the job. A crash before leaves nothing, neither a code nor a page; begun again, it makes others.
 */
import { err, ok, type Result } from '#kernel'
import { readCommunityById } from '#ledger/server'
import { draftLetters, storeLetters } from '#people/server'
import type { JobRun } from '#platform'
import type { DocumentTexts } from './issue-document.server.ts'
import { renderLetters } from './render-letters.server.ts'

/** Does one batch. */
export function printLettersJob(texts: DocumentTexts) {
  return async ({ portal, job, signal, progress, finish }: JobRun): Promise<Result<string, string>> => {
    const { batchId } = job.payload as { batchId: string }
    const drafted = await draftLetters(portal, job.communityId, batchId)
    if (drafted === null) return err('batch-unknown')
    if (drafted.letters.length === 0) return err('nobody-to-invite')
    const community = await readCommunityById(portal.db, job.communityId)
    const file = await renderLetters({
      communityName: community?.name ?? '',
      portalUrl: portal.settings.baseUrl,
      drafted,
      lang: texts.lang,
      say: texts.say,
      createdAt: portal.clock.now(),
      async progress(done, total) {
        signal.throwIfAborted()
        await progress(done, total)
      },
    })
    if (!file.ok) return err(file.error.code)
    const outcome = `${drafted.letters.length}`
    await portal.db.transaction().execute(async tx => {
      await storeLetters(portal, tx, drafted, file.value)
      await finish(tx, outcome)
    })
    return ok(outcome)
  }
}
