// How a script talks with the test that started it: one line for each command and each event, text in base64.
import { createInterface } from 'node:readline';

export const encode = text => Buffer.from(text).toString('base64');

const decode = word => Buffer.from(word, 'base64');

export const report = (...words) => process.stdout.write(`${words.join(' ')}\n`);

/** Calls `actions[name](...buffers)` for each command, and ends the process with its input. */
export function obey(actions) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', line => {
    const [name, ...words] = line.split(' ');
    actions[name](...words.map(decode));
  });
  lines.on('close', () => process.exit());
}
