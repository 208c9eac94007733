/** The parts of a voucher's page that prove it: source documents, and its place in the transparency log. */
import { Anchor, ButtonRow, Card, DigestFigure, LinkButton, Section, useT } from '#ui'
import type { VoucherPage } from './voucher-view.server.ts'

type Document = VoucherPage['documents'][number]

/** Public copies to look at, and digests of the originals to hold against them. */
export function DocumentsSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  return (
    <Section
      title={t('vouchers.documentsTitle')}
      lead={voucher.documents.length > 0 ? t('vouchers.documentDigestText') : undefined}
    >
      {voucher.documents.length === 0 ? (
        <p>{t('vouchers.documentsNone')}</p>
      ) : (
        voucher.documents.map((document, place) => (
          <DocumentCard
            key={document.sha256}
            slug={voucher.community.slug}
            document={document}
            number={place + 1}
          />
        ))
      )}
    </Section>
  )
}

function DocumentCard(props: {
  readonly slug: string
  readonly document: Document
  readonly number: number
}) {
  const { document, number } = props
  const t = useT()
  const address = `/c/${props.slug}/documents/${document.publicSha256}`
  const isPicture = document.publicMediaType?.startsWith('image/') ?? false
  return (
    <Card>
      <h3>{t('vouchers.documentNumber', { number })}</h3>
      {document.publicSha256 === null ? (
        <p>{t('vouchers.documentNoCopy')}</p>
      ) : (
        <>
          {isPicture && (
            <a className="document-picture" href={address}>
              <img src={address} alt={t('vouchers.documentAlt', { number })} loading="lazy" />
            </a>
          )}
          <p>
            <a className="button" data-tone="secondary" href={address}>
              {t('vouchers.documentOpen')}
            </a>
          </p>
        </>
      )}
      <DigestFigure hash={document.sha256} label={t('vouchers.documentDigest')} />
      <p className="as-of">
        {t('vouchers.documentSize', {
          kind: document.mediaType === 'application/pdf' ? t('vouchers.kindPdf') : t('vouchers.kindImage'),
          size: t('vouchers.kilobytes', { count: Math.max(1, Math.ceil(document.byteCount / 1024)) }),
        })}
      </p>
    </Card>
  )
}

/** The record in the log, what to download and how to check it without this server. */
export function ProofSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const path = `/c/${voucher.community.slug}`
  const { log, number } = voucher
  return (
    <Section title={t('vouchers.proofTitle')} lead={t('vouchers.proofText', { index: log.index })}>
      <Card>
        <DigestFigure hash={log.sha256} label={t('vouchers.proofDigest')} />
        {log.isPublished ? (
          <ButtonRow>
            <LinkButton icon="download" download href={`${path}/vouchers/${number}/leaf`}>
              {t('vouchers.leafDownload')}
            </LinkButton>
            <LinkButton icon="download" download href={`${path}/vouchers/${number}/proof`}>
              {t('vouchers.proofDownload')}
            </LinkButton>
          </ButtonRow>
        ) : (
          <p>{t('vouchers.proofPending')}</p>
        )}
        <h3>{t('vouchers.proofHow')}</h3>
        <ol>
          <li>{t('vouchers.proofStep1')}</li>
          <li>{t('vouchers.proofStep2')}</li>
          <li>
            {t('vouchers.proofStep3')} <Anchor href={`${path}/log`}>{t('vouchers.proofKey')}</Anchor>
          </li>
        </ol>
      </Card>
    </Section>
  )
}
