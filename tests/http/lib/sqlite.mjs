// The database of a site, beside the program that has it open.
import { execFileSync } from 'node:child_process';

// What the sqlite3 shell prints. It waits for others: whoever opens a database first after
// its writer was killed has it to itself until its log is in order.
export const sqlite = (file, statement, ...flags) =>
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', ...flags, file, statement], { encoding: 'utf8', maxBuffer: 64 << 20 });
