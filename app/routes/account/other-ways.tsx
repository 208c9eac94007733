/** The other ways to sign in than name and password, where this portal has them. */
import { Anchor, useT } from '#ui'

/** `onward` is the query of the sign-in page: where the person was going. */
export function OtherWays(props: {
  readonly offersPasskey: boolean
  readonly offersSms: boolean
  readonly onward: string
}) {
  const t = useT()
  if (!props.offersPasskey && !props.offersSms) return null
  return (
    <ul className="plain-list">
      {props.offersPasskey && (
        <li>
          <Anchor href={`/sign-in/passkey${props.onward}`}>{t('sms.passkey')}</Anchor>
        </li>
      )}
      {props.offersSms && (
        <li>
          <Anchor href={`/sign-in/sms${props.onward}`}>{t('sms.link')}</Anchor>
        </li>
      )}
    </ul>
  )
}
