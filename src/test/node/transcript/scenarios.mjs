// What transcripts are made of: scenarios, and what each client in them is told, as a block of lines of its own.
export const PATIENCE = 60_000;

/** How many scenarios run at once: few, so that none takes longer than a server waits for a client. */
const AT_ONCE = 20;
const scenarios = [];

/** The servers of one implementation: one of WebSockets alone, one without pings, one of polling alone. */
export const [webSocketsOnly, calm, pollingOnly] = process.argv.slice(2);

/**
 * @param run is given the log, which its clients add themselves to
 * @param waits whether it waits for a time to be over: such scenarios begin first, and hold nobody up
 */
export const scenario = (name, run, { waits = false } = {}) => scenarios.push({ name, run, waits });

/** Hides what is made up by the server: ids, and the numbers of the acknowledgements that it asks for. */
export function readable(packet) {
  const known = packet.replace(/"sid":"[^"]*"/, '"sid":"*"').replace(/^42\d+\[/, '42*[');
  return known.length < 500 ? known : `${known.slice(0, 50)}... ${known.length} characters`;
}

/** The answer to the event that came last. */
export const answer = arguments_ => last => `43${last.match(/^42(\d+)/)[1]}${arguments_}`;
export const bytes = (...values) => Buffer.from(values);
export const placeholder = num => `{"_placeholder":true,"num":${num}}`;

/** One who is told something. */
export class Told {
  constructor(log, name) {
    this.lines = name ? [`## ${name}`] : [];
    log.push(this.lines);
    this.say = line => this.lines.push(line);
    this.waiting = [];
  }

  wake() {
    this.waiting.splice(0).forEach(resume => resume());
  }

  async until(condition, what) {
    const late = Date.now() + PATIENCE;
    while (!condition()) {
      if (Date.now() > late) {
        throw new Error(`waited for ${what} in vain`);
      }
      await new Promise(resume => {
        this.waiting.push(resume);
        setTimeout(resume, PATIENCE).unref();
      });
    }
  }
}

/** Asks again and again until the answer is yes. */
export async function eventually(ask, what) {
  const late = Date.now() + PATIENCE;
  while (!(await ask())) {
    if (Date.now() > late) {
      throw new Error(`waited for ${what} in vain`);
    }
    await new Promise(resume => setTimeout(resume, 10));
  }
}

async function play({ name, run }) {
  const log = [];
  try {
    await run(log);
  } catch (e) {
    log.push([`failed: ${e.message}`]);
  }
  return [`# ${name}`, ...log.flat()];
}

/** The transcript of all scenarios, in their order. */
export async function transcript() {
  const results = [];
  const playAt = async index => (results[index] = await play(scenarios[index]));
  const [waiting, others] = [true, false].map(waits => [...scenarios.keys()].filter(index => scenarios[index].waits === waits));
  const player = async () => {
    while (others.length > 0) {
      await playAt(others.shift());
    }
  };
  await Promise.all([...waiting.map(playAt), ...Array.from({ length: AT_ONCE }, player)]);
  return results.flat();
}
