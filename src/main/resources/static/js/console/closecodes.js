const NAMES = {
  1000: 'Normal closure', 1001: 'Going away', 1002: 'Protocol error', 1003: 'Unsupported data',
  1005: 'No code given', 1006: 'No Close frame', 1007: 'Invalid data', 1008: 'Policy violation', 1009: 'Message too big',
  1010: 'Extension missing', 1011: 'Server error', 1012: 'Service restart', 1013: 'Try again later', 1014: 'Bad gateway',
  1015: 'TLS failed', 3000: 'Unauthorized', 3003: 'Forbidden', 3008: 'Timeout',
};

/** What a close code says in words (the registry of RFC 6455), or nothing. */
export const closeName = code => NAMES[code] ?? (code >= 4000 ? 'Private use' : '');
