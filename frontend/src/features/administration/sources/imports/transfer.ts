import { statusOf } from '#/api/problem';
import type { Upload } from '../../exchange';

/** Files up to this size travel in one piece together with the import. */
export const pieceBytes = 4 * 1024 * 1024;

/** What the API offers for a file in pieces. */
export interface UploadCalls {
  create: (file: File) => Promise<Upload>;
  /** How much of it has arrived. */
  received: (id: string) => Promise<number>;
  /** Appends a piece that begins at `offset`; answers how much has arrived then. */
  append: (id: string, offset: number, piece: Blob) => Promise<number>;
  wait: (milliseconds: number) => Promise<void>;
}

export interface Transfer {
  file: File;
  /** An earlier attempt to go on with. */
  upload?: string;
  onUpload: (id: string) => void;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
}

const pauses = [1000, 3000, 9000];

/** The network, a busy server, or a piece that the server saw differently: asking again helps. */
function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  return status === 0 || status === 409 || status === 429 || status >= 500;
}

/**
 * Sends a file piece by piece and returns the id of the upload. After an interruption it asks what has arrived and goes
 * on from there; when that fails several times in a row it gives up, and may be called again with the same upload.
 */
export async function transfer(calls: UploadCalls, wish: Transfer): Promise<string> {
  const { file, onProgress, onUpload } = wish;
  let id = wish.upload;
  let sent = 0;
  if (id === undefined) {
    const upload = await calls.create(file);
    id = upload.id;
    sent = upload.received;
    onUpload(id);
  } else {
    sent = await calls.received(id);
  }
  let failures = 0;
  onProgress(sent / file.size);
  while (sent < file.size) {
    try {
      sent = await calls.append(id, sent, file.slice(sent, sent + pieceBytes));
      failures = 0;
    } catch (error) {
      const pause = pauses[failures];
      if (pause === undefined || !mayPass(error)) throw error;
      failures += 1;
      await calls.wait(pause);
      sent = await calls.received(id).catch(() => sent);
    }
    onProgress(sent / file.size);
  }
  return id;
}
