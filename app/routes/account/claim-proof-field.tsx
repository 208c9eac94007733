/** The field for the four characters that are asked beside an owner's code; nothing where none are. */
import type { ClaimProof } from '#people'
import { TextField, useT } from '#ui'
import { type accountErrors, messageAt } from './problems.ts'

/** What was entered does not come back. */
export function ClaimProofField(props: {
  readonly proof: ClaimProof
  readonly errors: ReturnType<typeof accountErrors>
}) {
  const t = useT()
  if (props.proof === 'none') return null
  return (
    <TextField
      name="proofCode"
      label={t(`letters.claimLabel.${props.proof}`)}
      hint={t('letters.claimHint')}
      inputMode={props.proof === 'phone' ? 'numeric' : 'text'}
      autoComplete="off"
      maxLength={8}
      width="short"
      required
      error={messageAt(props.errors, 'proofCode')}
    />
  )
}
