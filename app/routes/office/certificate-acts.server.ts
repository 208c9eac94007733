/** The certificate on the page of a count: how far it is, asking for it, and why it cannot be had yet. */
import { type Lang, translate } from '#i18n'
import { isId } from '#kernel'
import { readJob, retryFailedJob } from '#platform'
import { type CertificateRefusal, readCertificates, requestCertificate } from '#statements/server'
import type { FieldError } from '#ui'
import type { CertificateView } from '#ui/desk'
import { enteredMinutes, minutesOf } from './count-minutes.ts'
import { type Entered, textOf } from './entered.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

/** How far the certificate of a counted poll is; `jobId` is the job that the address names. */
export async function certificateView(
  { portal, community, frame }: OfficeVisit,
  pollId: string,
  jobId: string | null,
): Promise<CertificateView> {
  const [newest] = await readCertificates(portal, community, pollId)
  const job = jobId !== null && isId(jobId) ? await readJob(portal.db, community.communityId, jobId) : null
  return {
    href: newest?.file ? `/c/${community.slug}/votes/${pollId}/certificate.pdf` : null,
    version: newest?.version ?? null,
    isMaking: job?.state === 'waiting' || job?.state === 'running',
    failure: job?.state === 'failed' ? (job.outcome ?? '') : null,
    mayIssue: frame.may.certify,
  }
}

function refusalMessage(refusal: CertificateRefusal, lang: Lang): string {
  const t = translate(lang)
  switch (refusal.code) {
    case 'not-permitted':
      return t('pollRefusal.not-permitted')
    case 'poll-not-counted':
      return t('pollRefusal.poll-not-counted')
    case 'reason-missing':
      return t('pollRefusal.reason-missing')
    case 'glyph-missing':
      return t('office.issueRefusal.glyph-missing', { character: refusal.character, text: refusal.text })
    default:
      return t('pollRefusal.certificate-unfit', { at: refusal.at })
  }
}

/** Asks for the certificate, or lets a failed one be made again; gives the job to watch, or what stands in the way. */
export async function askForCertificate(
  visit: OfficeVisit,
  pollId: string,
  form: Entered,
  lang: Lang,
): Promise<{ readonly jobId: string } | { readonly status: number; readonly errors: readonly FieldError[] }> {
  requireAct(visit, 'certificate:issue')
  const { portal, actor, community } = visit
  const minutes = minutesOf(enteredMinutes(form), portal.clock.now())
  if (!minutes.ok) {
    const t = translate(lang)
    const errors = minutes.error.map(name => ({
      field: `minutes-${name}`,
      message: t(`officePolls.minutes.amiss.${name}`),
    }))
    return { status: 422, errors }
  }
  const reason = textOf(form, 'reason').trim() || null
  const asked = await requestCertificate(portal, actor, community, { pollId, reason, minutes: minutes.value })
  if (asked.ok) {
    await retryFailedJob(portal, portal.db, community.communityId, asked.value.jobId)
    return { jobId: asked.value.jobId }
  }
  const message = refusalMessage(asked.error, lang)
  const field = asked.error.code === 'reason-missing' ? { field: 'reason' } : {}
  return { status: asked.error.code === 'poll-not-counted' ? 409 : 422, errors: [{ ...field, message }] }
}
