// Has compile.py work on the wheels in a folder: `node compile.mjs FOLDER`.
import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const python = await loadPyodide();
python.mountNodeFS('/wheels', process.argv[2]);
python.runPython(readFileSync(new URL('compile.py', import.meta.url), 'utf-8'));
