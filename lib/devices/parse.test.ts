import { expect, test } from 'vitest'
import { MOST_DEVICES, parseDevices } from '#lib/devices/parse'

const parse = (text: string) => parseDevices(Buffer.from(text))
const faults = (text: string) => parse(text).faults.map(({ line, reason }) => `${line}: ${reason}`)
const lines = (count: number) => Array.from({ length: count }, (_, index) => `m${index},Meter ${index}`).join('\n')

test.each([
  ['with a heading', 'id,name\nm-1,Meter\nm-2,"Hall, north"'],
  ['without one', 'm-1,Meter\nm-2,"Hall, north"'],
  ['as spreadsheets write it', '\uFEFFID,Name\r\nm-1,Meter\r\n\r\nm-2,"Hall, north"\r\n'],
  ['with room around', ' id , name\n m-1 , Meter \nm-2,"Hall, north"'],
])('an upload is read %s', (_, text) => {
  expect(parse(text)).toEqual({
    devices: [
      { id: 'm-1', name: 'Meter' },
      { id: 'm-2', name: 'Hall, north' },
    ],
    faults: [],
  })
})

test('every wrong line is told with its reason, and where it stands in the file', () => {
  const text = 'id,name\n\nm-1,Meter\nm-2\n-x,Name\nm-3,a,b\nm-1,Again\nm-4,"two\nlines"\nm-5,\u202Ehidden\nm-6,fine'
  expect(faults(text)).toEqual([
    '4: The name is wrong. Enter a name.',
    '5: The id is wrong. Use 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
    '6: There are more than an id and a name. Put a name with a comma in quotes.',
    '7: Its id stands on line 3 already.',
    '8: The name is wrong. Use only characters that can be seen.',
    '10: The name is wrong. Use only characters that can be seen.',
  ])
})

test('what is no CSV is told beside what is wrong before it', () => {
  const broken = 'A quote that begins here is not closed, or stands in the middle of a cell.'
  expect(faults('m-1,\nm-2,"open\nm-3,Meter')).toEqual(['1: The name is wrong. Enter a name.', `2: ${broken}`])
  expect(faults('"m"-1,Meter')).toEqual([`1: ${broken}`])
})

test('what is not in UTF-8, or empty, is told so', () => {
  expect(parseDevices(Uint8Array.of(0x6d, 0x2c, 0xff)).faults).toHaveLength(1)
  for (const text of ['', 'id,name', '\n\n']) expect(faults(text)).toEqual(['1: There is no device in it.'])
})

test('5,000 devices are read, and one more is refused', () => {
  expect(parse(`id,name\n${lines(MOST_DEVICES)}\n`)).toMatchObject({ faults: [] })
  expect(parse(lines(MOST_DEVICES)).devices).toHaveLength(5_000)
  expect(faults(`id,name\n${lines(MOST_DEVICES + 1)}`)).toEqual([
    '5002: These are more than 5000 devices. Split the file.',
  ])
})
