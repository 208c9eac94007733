/** Runs in a worker thread: makes the board of a poll and answers with its bytes. Decides nothing. */
import { parentPort, workerData } from 'node:worker_threads'
import { type BoardInput, makeBoard } from './board-count.ts'

parentPort!.postMessage(makeBoard(workerData as BoardInput))
