// A real SMTP server on the loopback address for the browser tests: takes every mail and writes it as a file.
//   node smtp.mjs FOLDER      prints its port, then serves until it is stopped
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
let number = 0;

/** Written under another name first, so that a reader never sees half a mail. */
function keep(recipients, content) {
  number += 1;
  const name = join(folder, String(number).padStart(4, '0'));
  writeFileSync(`${name}.part`, JSON.stringify({ recipients, content }));
  renameSync(`${name}.part`, `${name}.json`);
}

const server = createServer((socket) => {
  let buffer = '';
  let recipients = [];
  let inData = false;
  const say = (line) => socket.write(`${line}\r\n`);
  const command = (line) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say('250-localhost\r\n250 8BITMIME');
    else if (verb === 'RCPT') {
      recipients.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
      say('250 ok');
    } else if (verb === 'DATA') {
      inData = true;
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else if (['HELO', 'MAIL', 'RSET', 'NOOP'].includes(verb)) say('250 ok');
    else say('502 unknown');
  };
  say('220 localhost ESMTP');
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        keep(recipients, part.replace(/\r\n\.\./g, '\r\n.'));
        recipients = [];
        say('250 taken');
      } else command(part);
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
