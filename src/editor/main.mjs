// The editor on every text area of the page that has its tools around it.
import { Editor } from './editor.mjs';

for (const root of document.querySelectorAll('.prose')) new Editor(root);
