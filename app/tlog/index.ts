/** The pure door of the transparency log: Merkle trees, checkpoints, signed notes and proofs, in bytes and not in meanings. */
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
export { createGrowingTree } from './growing-tree.ts'
export {
  formatVkey,
  parseVkey,
  type VerifiedSignature,
  type VerifierKey,
  verifyNote,
} from './note.ts'
export { type LogPolicy, parsePolicy, policyOfLog } from './policy.ts'
export {
  formatProof,
  type LogProof,
  type ProofProblem,
  parseProof,
  type VerifiedProof,
  verifyProof,
} from './proof.ts'
export { decodeEntryBundle, type Tile, type TileBytes } from './tile.ts'
export { checkConsistency, checkInclusion, type Hash, hashLeaf } from './tree.ts'
