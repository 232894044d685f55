/** How a server may show a secret in pieces, each with a name. */
export function takenApart(token: string): readonly (readonly [string, string])[] {
  const letters = Array.from(token);
  const codes = letters.map((one) => one.charCodeAt(0));
  const hex = codes.map((code) => code.toString(16));
  const every = (count: number): readonly string[] => token.match(new RegExp(`.{1,${count}}`, 'g')) ?? [];
  const eight = codes.map((code) => code.toString(2).padStart(8, '0'));

  return [
    ['as var_dump shows it', letters.map((c, i) => `  [${i}]=>\n  string(1) "${c}"`).join('\n')],
    ['as PHP keeps it', letters.map((c, i) => `i:${i};s:1:"${c}";`).join('')],
    [
      'as PHP keeps its pieces',
      every(4)
        .map((c, i) => `i:${i};s:${c.length}:"${c}";`)
        .join(''),
    ],
    ['as xxd shows it', dump(token, 16, 4)],
    ['as xxd shows it in narrow lines', dump(token, 8, 4)],
    ['as hexdump shows it', dump(token, 16, 2)],
    ['in hex, line by line', dump(token, 6, 4).replace(/ {2}.*$/gm, '')],
    [
      'in words of two bytes',
      every(2)
        .map((two) => Buffer.from(Array.from(two).toReversed().join('')).toString('hex'))
        .join(' '),
    ],
    ['as code points', hex.map((code) => `U+00${code.toUpperCase()}`).join(' ')],
    ['in escapes with braces', hex.map((code) => `\\u{${code}}`).join('')],
    ['in escapes of CSS', hex.map((code) => `\\0000${code}`).join(' ')],
    ['in SQL', codes.map((code) => `CHR(${code})`).join('||')],
    ['as a sum in SQL', codes.map((code) => `CHAR(${code})`).join('+')],
    ['as numbers with a fraction', `[${codes.map((code) => code.toFixed(1)).join(', ')}]`],
    ['by its order', letters.map((c, i) => `the ${i + 1}th char is ${c}`).join(', ')],
    [
      'in a log letter by letter',
      letters
        .map((c, i) => `2026-11-30 08:00:${String(i).padStart(2, '0')} DEBUG scan pos=${i} got '${c}'`)
        .join('\n'),
    ],
    ['in PHP', codes.map((code) => `chr(${code})`).join('.')],
    ['in Visual Basic', hex.map((code) => `ChrW(&H${code})`).join(' & ')],
    ['in assembler', `db ${hex.map((code) => `${code}h`).join(', ')}`],
    ['in Ruby', letters.map((c) => `?${c}`).join(', ')],
    ['with comments in between', every(3).join('<!-- x -->')],
    ['with places to break', every(3).join('<wbr>')],
    [
      'in elements',
      every(3)
        .map((c) => `<em>${c}</em>`)
        .join(''),
    ],
    [
      'in elements with a class',
      every(3)
        .map((c) => `<span class="x">${c}</span>`)
        .join(''),
    ],
    ['in elements letter by letter', letters.map((c) => `<span class="str" id="a">${c}</span>`).join('')],
    [
      'in colours of a terminal',
      every(3)
        .map((c) => `\u001B[31m${c}\u001B[0m`)
        .join(''),
    ],
    [
      'in chunks',
      every(4)
        .map((c, i) => `chunk ${i + 1} of 7: ${c}`)
        .join('; '),
    ],
    [
      'in a log',
      every(4)
        .map((c) => `12:30:01.123 [DEBUG] read ${c.length} bytes: ${c}`)
        .join('\n'),
    ],
    [
      'in parts',
      every(5)
        .map((c, i) => `--b\r\nContent-Type: text/plain; name=p${i}\r\n\r\n${c}\r\n`)
        .join(''),
    ],
    ['in objects', JSON.stringify(every(4).map((value, i) => ({ offset: i * 4, value })))],
    ['in objects letter by letter', JSON.stringify(letters.map((value, i) => ({ i, value, length: 1 })))],
    ['in pairs of Python', `[${letters.map((c, i) => `(${i}, '${c}')`).join(', ')}]`],
    ['as codes with letters', codes.map((code, i) => `${code} (${letters[i]})`).join(', ')],
    ['in a table', letters.map((c, i) => `| ${i} | ${c} | 0x${hex[i]} |`).join('\n')],
    ['in binary', eight.map((bits) => `0b${bits}`).join(' ')],
    ['in bits', eight.join(' ')],
    [
      'as a sum of texts',
      every(3)
        .map((c) => `'${c}'`)
        .join(' + '),
    ],
    [
      'from its end',
      letters
        .map((c, i) => `[${i}] is "${c}"`)
        .toReversed()
        .join('\n'),
    ],
    ['with stars in it', `${token.slice(0, 10)}****${token.slice(-9)}`],
    ['with dots in it', `${token.slice(0, 6)}...${token.slice(-6)}`],
    ['by its ends', `begins with ${token.slice(0, 6)} and ends with ${token.slice(-6)}`],
  ];
}

function dump(text: string, width: number, digits: number): string {
  const lines = `{"you":"${text}"}`.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return lines
    .map((line, at) => {
      const bytes = Buffer.from(line).toString('hex');
      const groups = bytes.match(new RegExp(`.{1,${digits}}`, 'g')) ?? [];
      return `${(at * width).toString(16).padStart(8, '0')}: ${groups.join(' ')}  ${line}`;
    })
    .join('\n');
}
