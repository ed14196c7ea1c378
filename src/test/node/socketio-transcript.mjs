// socketio-transcript.mjs URL URL URL: drives raw frames and requests against the Socket.IO servers of one implementation, see
// socketio-reference.mjs, and prints what comes back, a line for each message or answer. Scenarios run beside each other; what each client
// of each is told is printed as a block of its own, in a fixed order.
import { transcript } from './transcript/scenarios.mjs';
import './transcript/websockets.mjs';
import './transcript/requests.mjs';
import './transcript/polling.mjs';
import './transcript/upgrades.mjs';

console.log((await transcript()).join('\n'));
process.exit();
