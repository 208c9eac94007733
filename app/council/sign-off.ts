/** What a second factor for minutes is given for: one seat's word on one exact text, and nothing else. */
export function signOffPurpose(signOff: {
  readonly communityId: number
  readonly meetingId: string
  readonly version: number
  readonly seat: string
  readonly seenDigest: string
}): string {
  const { communityId, meetingId, version, seat, seenDigest } = signOff
  return `minutes ${communityId} ${meetingId} ${version} ${seat} ${seenDigest}`
}
