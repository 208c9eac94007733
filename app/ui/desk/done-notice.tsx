/** Says what was just done at the desk, so that the teller goes on without looking for it. */
import { Notice, type NoticeTone } from '../feedback.tsx'
import { useT } from '../viewer.tsx'

const TONES = {
  deliveredNow: 'success',
  receivedNow: 'success',
  enteredNow: 'success',
  castNow: 'success',
  differsNow: 'warning',
  refusedNow: 'warning',
} as const satisfies Record<string, NoticeTone>

/** The sentence of what was done, with the paper's number. */
export function DoneNotice(props: { readonly done: keyof typeof TONES; readonly number: string }) {
  const t = useT()
  const { done, number } = props
  return <Notice tone={TONES[done]} live="status" title={t(`desk.${done}`, { number })} />
}
