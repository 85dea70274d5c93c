/** Only on the site that needs no installation, where the browser keeps the notebooks and the answers. */

import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { ours } from './steps.js';
import { WORDS } from './words.js';

const KEPT = 'precache';
/** What Python's own worker fetches before anybody sees it; and the start page, last: when it is kept, all is. */
const UNSEEN = ['static/pyodide/pyodide.asm.wasm', ''];

/** The edition of each lesson that the site has, by its path; null anywhere but on the site. */
function editions(): Record<string, string> | null {
  const told = PageConfig.getOption('betweenTheLinesEditions');
  return told ? (JSON.parse(told) as Record<string, string>) : null;
}

/** Whether this browser holds a copy of a lesson from an older site. It keeps one as soon as it is saved. */
export function isOlder(metadata: unknown, path: string): boolean {
  const newest = editions()?.[path];
  return newest !== undefined && ours(metadata)['edition'] !== newest;
}

/** Let go of what was kept of a lesson: the next time it is fetched, it comes from the site. */
export async function letGo(path: string): Promise<void> {
  if ('caches' in window) {
    await (await caches.open(KEPT)).delete(URLExt.join(PageConfig.getBaseUrl(), 'files', path));
  }
}

/** What is wrong with this browser's storage, as a sentence; "" if nothing is, and anywhere but on the site. */
export async function storageTrouble(): Promise<string> {
  if (!editions()) {
    return '';
  }
  // Python reaches the storage through a service worker, or over memory that it shares with the page.
  return crossOriginIsolated || (await worker()) ? await tryStorage() : WORDS.forgets;
}

/**
 * Keep what this visit has fetched, so that one can come back offline: the first visit begins before there is a
 * service worker that keeps it. `KEPT` is JupyterLite's own.
 */
export async function keepForLater(): Promise<void> {
  if (!editions() || !('caches' in window)) {
    return;
  }
  const kept = await caches.open(KEPT);
  const fetched = performance.getEntries().filter(one => ['navigation', 'resource'].includes(one.entryType));
  const unseen = UNSEEN.map(path => URLExt.join(PageConfig.getBaseUrl(), path));
  for (const address of new Set([...fetched.map(one => one.name), ...unseen])) {
    const { origin, pathname } = new URL(address);
    const lasting = !pathname.includes('/api/') || pathname.endsWith('/all.json'); // the lists of the site's files
    if (origin === location.origin && lasting && !(await kept.match(address))) {
      await kept.add(address).catch(console.debug); // A picture that the site doesn't have is no loss.
    }
  }
}

async function worker(): Promise<boolean> {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  return (await container?.getRegistration().catch(() => undefined)) !== undefined;
}

function tryStorage(): Promise<string> {
  return new Promise(resolve => {
    try {
      const asked = indexedDB.open('between-the-lines');
      asked.onupgradeneeded = () => asked.result.createObjectStore('tried');
      asked.onerror = () => resolve(WORDS.forgets);
      asked.onsuccess = () => {
        try {
          const trial = asked.result.transaction('tried', 'readwrite');
          trial.oncomplete = () => resolve('');
          trial.onabort = () => resolve(WORDS.full);
          trial.objectStore('tried').put('', 'tried');
        } catch {
          resolve(WORDS.full);
        } finally {
          asked.result.close();
        }
      };
    } catch {
      resolve(WORDS.forgets);
    }
  });
}
