// A disk of a few KiB at a folder: a file system of its own where we may mount one, else a
// limit on the size of each file for the commands that are run through it.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';

export function smallDisk(folder, kib) {
  const { uid, gid } = fs.statSync(folder);
  const held = `${folder}.held`;
  const options = `size=${kib}k,uid=${uid},gid=${gid},mode=0755`;
  fs.cpSync(folder, held, { recursive: true, preserveTimestamps: true });
  let isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (isMounted) fs.cpSync(held, folder, { recursive: true });
  fs.rmSync(held, { recursive: true });
  return {
    isMounted,
    words: isMounted ? /the disk is full/ : /File too large|disk I\/O error|the disk is full/,
    limited: (command) => (isMounted ? command : ['sh', '-c', `trap '' XFSZ; ulimit -f ${kib * 2}; exec "$@"`, '-', ...command]),
    // Makes room.
    free() {
      if (isMounted) execFileSync('mount', ['-o', `remount,size=64m`, folder]);
    },
    // Away with it, even while somebody has a file open there.
    end() {
      if (isMounted) execFileSync('umount', ['-l', folder]);
      isMounted = false;
    },
  };
}
