/** The receipt of one ballot: what its owner keeps, on screen and on paper, to check alone that the ballot is in the log. */
import { countText } from '#i18n'
import { DigestFigure, QrCode } from '../digest.tsx'
import { DefinitionList } from '../figures.tsx'
import { InstantText } from '../stamp.tsx'
import { useT } from '../viewer.tsx'

export interface ShownReceipt {
  readonly community: string
  readonly pollTitle: string
  readonly seq: number
  readonly unit: string
  readonly receivedAt: Date
  readonly channel: 'online' | 'paper' | 'proxy'
  /** The commitment that the log holds instead of the choice. */
  readonly commitment: string
  /** Place in the log; null until it is appended. */
  readonly leafIndex: bigint | number | null
  /** Where the receipt is checked. */
  readonly checkUrl: string
  /** The choices in words; shown only when asked for, and never printed unless opened. */
  readonly answers: readonly { readonly title: string; readonly answer: string }[]
}

/** A slip as wide as a phone, framed like a ticket. */
export function ReceiptSlip(props: { readonly receipt: ShownReceipt }) {
  const { receipt } = props
  const t = useT()
  return (
    <article className="slip" aria-label={t('ballot.receipt')}>
      <p className="slip__kicker">{t('ballot.receiptOf', { community: receipt.community })}</p>
      <h2 className="slip__title">{receipt.pollTitle}</h2>
      <p className="slip__number">{t('ballot.receiptNumber', { number: countText(receipt.seq) })}</p>
      <DefinitionList
        items={[
          { term: t('ballot.unit'), detail: receipt.unit },
          { term: t('ballot.receivedAt'), detail: <InstantText at={receipt.receivedAt} /> },
          { term: t('polls.channelHead'), detail: t(`polls.channel.${receipt.channel}`) },
          {
            term: t('ballot.logPlace'),
            detail:
              receipt.leafIndex === null
                ? t('ballot.logPlaceSoon')
                : t('ballot.logPlaceNumber', { number: countText(receipt.leafIndex) }),
          },
        ]}
      />
      <DigestFigure hash={receipt.commitment} label={t('ballot.commitment')} />
      <p className="slip__hint">{t('ballot.commitmentHint')}</p>
      <details className="slip__choice">
        <summary>{t('ballot.showChoice')}</summary>
        <dl className="definitions">
          {receipt.answers.map(({ title, answer }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
        <p className="slip__hint">{t('ballot.showChoiceHint')}</p>
      </details>
      <QrCode text={receipt.checkUrl} caption={t('ballot.checkQr')} />
    </article>
  )
}
