/**
 * The script of pages that ask for a passkey: shows the button where the device can answer, asks it, and sends the form with
 * what it answered. It decides nothing; a page without it still takes the six digits.
 */

/** What the server asks, in the JSON of WebAuthn: bytes as base64url. */
interface Asked {
  readonly challenge: string
  readonly allowCredentials?: readonly { readonly id: string }[]
  readonly excludeCredentials?: readonly { readonly id: string }[]
  readonly user?: { readonly id: string }
}

function bytesOf(base64url: string): ArrayBuffer {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, char => char.charCodeAt(0)).buffer
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

function withBytes(asked: Asked): object {
  const named = (list: Asked['allowCredentials']) => list?.map(each => ({ ...each, id: bytesOf(each.id) }))
  return {
    ...asked,
    challenge: bytesOf(asked.challenge),
    allowCredentials: named(asked.allowCredentials),
    excludeCredentials: named(asked.excludeCredentials),
    ...(asked.user ? { user: { ...asked.user, id: bytesOf(asked.user.id) } } : {}),
  }
}

/** What the authenticator answered, in the JSON of WebAuthn. */
function answerOf(credential: PublicKeyCredential): string {
  const { response } = credential
  const parts: Record<string, unknown> = { clientDataJSON: textOf(response.clientDataJSON) }
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = textOf(response.attestationObject)
    parts.transports = response.getTransports?.() ?? []
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = textOf(response.authenticatorData)
    parts.signature = textOf(response.signature)
    if (response.userHandle) parts.userHandle = textOf(response.userHandle)
  }
  const { id, type } = credential
  return JSON.stringify({ id, rawId: id, type, response: parts, clientExtensionResults: {} })
}

/** The form's own fields go along: they say what the answer will be for. */
async function ask(place: HTMLElement, form: HTMLFormElement): Promise<string> {
  const fields = new URLSearchParams({ asks: place.dataset.passkey ?? '' })
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
  const answer = await fetch('/account/passkey-options', { method: 'POST', body: fields })
  if (!answer.ok) throw new Error(`the portal answered ${answer.status}`)
  const publicKey = withBytes((await answer.json()) as Asked)
  const given =
    place.dataset.passkey === 'register'
      ? await navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
      : await navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions })
  if (!(given instanceof PublicKeyCredential)) throw new Error('no passkey')
  return answerOf(given)
}

function prepare(place: HTMLElement): void {
  const button = place.querySelector('button')
  const held = place.querySelector('input')
  const problem = place.querySelector<HTMLElement>('[data-problem]')
  const form = button?.form
  if (!button || !held || !problem || !form) return
  place.hidden = false
  button.addEventListener('click', event => {
    if (held.value !== '') return
    event.preventDefault()
    problem.hidden = true
    button.disabled = true
    ask(place, form).then(
      answer => {
        button.disabled = false
        held.value = answer
        form.requestSubmit(button)
      },
      () => {
        button.disabled = false
        problem.hidden = false
      },
    )
  })
}

if ('PublicKeyCredential' in window) {
  for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    if (place.dataset.passkeyHost === location.hostname) prepare(place)
  }
}
