/** The parts of the verify page that the server draws: the paper's claim, the place of the verifier, the keys, the other ways. */
import { type Lang, periodText, type Translate } from '#i18n'
import { fingerprint } from '#kernel'
import { LinkButton, Notice, Section, useT, useViewer } from '#ui'
import { type Given, inGroups, MOUNT_ID } from './given.ts'
import type { PaperClaim } from './paper-claim.server.ts'

const COMMAND = 'npm run -s portal -- verify statement.pdf --trust sealing-ca.pem --vkey log.vkey'
const OTHERS = 'pdfsig statement.pdf\npyhanko sign validate --trust sealing-ca.pem statement.pdf'

const TONES = { current: 'info', superseded: 'warning', 'other-digest': 'danger', unknown: 'danger' } as const

function standingTitle(claim: PaperClaim, t: Translate): string {
  const { standing } = claim
  if (standing.code === 'superseded')
    return t('verifyPage.claimSuperseded', { version: standing.newestVersion })
  if (standing.code === 'other-digest') return t('verifyPage.claimOtherDigest')
  return standing.code === 'current' ? t('verifyPage.claimCurrent') : t('verifyPage.claimUnknown')
}

function claimSentence(
  claim: PaperClaim,
  community: string,
  digest: string,
  t: Translate,
  lang: Lang,
): string {
  const { version, statementId: id } = claim
  if (claim.meeting !== undefined) return t('verifyPage.claimTextMinutes', { community, version, id, digest })
  return claim.period === undefined
    ? t('verifyPage.claimTextVote', { community, version, id, digest })
    : t('verifyPage.claimText', { community, period: periodText(claim.period, lang), version, id, digest })
}

/** Where the newest file of a claimed document is. */
function pathOf(claim: PaperClaim): string {
  if (claim.meeting !== undefined) return `council/meetings/${claim.meeting}/minutes.pdf`
  return claim.period === undefined ? `votes/${claim.poll}/certificate.pdf` : `statements/${claim.period}.pdf`
}

/** What the QR code says, and what this portal says about it. */
export function ClaimSection(props: { readonly claim: PaperClaim | 'unreadable' }) {
  const t = useT()
  const { lang } = useViewer()
  const { claim } = props
  if (claim === 'unreadable') {
    return (
      <Section title={t('verifyPage.claimTitle')} id="claim">
        <Notice tone="danger" title={t('verifyPage.claimUnreadable')} />
      </Section>
    )
  }
  const { community, standing, statementId: id } = claim
  const digest = fingerprint(claim.digestStart)
  const pdf = `/c/${claim.slug}/${pathOf(claim)}`
  return (
    <Section title={t('verifyPage.claimTitle')} id="claim">
      <p>
        {community === null
          ? t('verifyPage.claimTextUnknown', { id, digest })
          : claimSentence(claim, lang === 'en' ? community.nameEn : community.name, digest, t, lang)}
      </p>
      <Notice tone={TONES[standing.code]} title={standingTitle(claim, t)}>
        {standing.code === 'unknown' ? <p>{t('verifyPage.claimUnknownText')}</p> : null}
        {standing.code === 'current' || standing.code === 'superseded' ? (
          <p>{t('verifyPage.claimHow')}</p>
        ) : null}
      </Notice>
      {(standing.code === 'current' || standing.code === 'superseded') && (
        <div className="button-row">
          {standing.code === 'superseded' && (
            <LinkButton href={pdf} icon="download" tone="primary">
              {t('verifyPage.claimDownloadNewer')}
            </LinkButton>
          )}
          <LinkButton href={`${pdf}?version=${claim.version}`} icon="download">
            {t('verifyPage.claimDownload')}
          </LinkButton>
        </div>
      )}
    </Section>
  )
}

/** Where the script draws the verifier; until then, what to do when it never comes. */
export function VerifierPlace(props: { readonly given: Given }) {
  const t = useT()
  return (
    <div className="verifier" id={MOUNT_ID} data-given={JSON.stringify(props.given)}>
      <noscript>
        <Notice tone="warning" title={t('verifyPage.withoutScript')} />
      </noscript>
      <p className="verifier__waiting">{t('verifyPage.waiting')}</p>
    </div>
  )
}

/** The fingerprints to compare with paper, and the keys themselves. */
export function KeysSection(props: { readonly fingerprint: string; readonly vkeys: readonly string[] }) {
  const t = useT()
  return (
    <Section title={t('verifyPage.keysTitle')} id="keys" lead={t('verifyPage.keysLead')}>
      <div className="digest">
        <p className="digest__label">{t('verifyPage.authority')}</p>
        <code className="digest__full">{inGroups(props.fingerprint)}</code>
      </div>
      <div className="digest">
        <p className="digest__label">{t('verifyPage.logKeys')}</p>
        {props.vkeys.map(vkey => (
          <code className="digest__full" key={vkey}>
            {vkey}
          </code>
        ))}
      </div>
      <div className="button-row">
        <LinkButton href="/verify/keys/sealing-ca.pem" icon="download" download>
          {t('verifyPage.keysDownload')}
        </LinkButton>
        <LinkButton href="/verify/keys/log.vkey" icon="download" download>
          {t('verifyPage.logKeys')}
        </LinkButton>
      </div>
    </Section>
  )
}

/** The verifier as one file, and the lists that show what became void. */
export function OfflineSection(props: {
  readonly sha256: string
  readonly kilobytes: number
  readonly lists: readonly { readonly slug: string; readonly name: string; readonly nameEn: string }[]
}) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <Section title={t('verifyPage.offlineTitle')} id="offline" lead={t('verifyPage.offlineText')}>
      <div className="button-row">
        <LinkButton href="/verify/offline.html" icon="download" download>
          {t('verifyPage.offlineDownload', { size: props.kilobytes })}
        </LinkButton>
      </div>
      <div className="digest">
        <p className="digest__label">{t('verifyPage.offlineDigest')}</p>
        <code className="digest__full">{inGroups(props.sha256)}</code>
        <p className="digest__hint">{t('verifyPage.offlineDigestHint')}</p>
      </div>
      {props.lists.length > 0 && (
        <>
          <h3>{t('verifyPage.listTitle')}</h3>
          <p>{t('verifyPage.listText')}</p>
          <div className="button-row">
            {props.lists.map(({ slug, name, nameEn }) => (
              <LinkButton href={`/verify/corrections/${slug}.json`} icon="download" download key={slug}>
                {t('verifyPage.listOf', { community: lang === 'en' ? nameEn : name })}
              </LinkButton>
            ))}
          </div>
        </>
      )}
    </Section>
  )
}

/** Without a browser, and without any program of ours. */
export function CommandSection() {
  const t = useT()
  return (
    <Section title={t('verifyPage.commandTitle')} id="command" lead={t('verifyPage.commandText')}>
      <pre className="record">{COMMAND}</pre>
      <p>{t('verifyPage.commandText2')}</p>
      <pre className="record">{OTHERS}</pre>
      <p>{t('verifyPage.commandHint')}</p>
    </Section>
  )
}
