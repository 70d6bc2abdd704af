// A body's Markdown as something that can be edited, and back.
import { meaning } from './meaning.mjs';
import { parse, readBlocks, render } from './read.mjs';
import { write } from './write.mjs';

// {doc, sources} for write(), or null when writing it anew would change what the page
// shows: such a text is edited as it stands.
export function read(markdown) {
  const found = readBlocks(markdown);
  if (!found || meaning(render(write(found.doc))) !== meaning(render(markdown)))
    return null;
  const sources = new WeakMap();
  found.sources.forEach(
    (lines, i) => lines !== null && sources.set(found.doc.child(i), lines),
  );
  return { doc: found.doc, sources };
}

export { meaning, parse, write };
