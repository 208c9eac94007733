/**
 * What kind of file these bytes are, by their first bytes and their words, never by a name: extensions lie both ways.
 */
import type { TableProblemCode } from './table-problem.ts'

export type FileKind = 'text' | 'zip' | 'ole'

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte)

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)))

/** The kind, or the code that refuses it. */
export function sniffFileKind(bytes: Uint8Array): FileKind | TableProblemCode {
  if (bytes.length === 0) return 'file-empty'
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole'
  if (ascii(bytes, 0, 1024).includes('%PDF-')) return 'format-pdf'
  if (isImage(bytes)) return 'format-image'
  if (isArchive(bytes)) return 'format-archive'
  return 'text'
}

function isImage(bytes: Uint8Array): boolean {
  const riff = ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP'
  const heic = ascii(bytes, 4, 8) === 'ftyp'
  return (
    startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    startsWith(bytes, 0xff, 0xd8, 0xff) ||
    /^(GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*)/s.test(ascii(bytes, 0, 16)) ||
    riff ||
    heic
  )
}

function isArchive(bytes: Uint8Array): boolean {
  return (
    ascii(bytes, 0, 4) === 'Rar!' ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    startsWith(bytes, 0x1f, 0x8b) ||
    startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)
  )
}

/** Markup that may hold a table: HTML, or the XML spreadsheet of Excel 2003. */
export function isMarkup(text: string): boolean {
  return /^\s*(?:<\?xml|<!doctype|<html|<head|<meta|<table|<body|<style|<div|<!--)/i.test(text.slice(0, 2000))
}
