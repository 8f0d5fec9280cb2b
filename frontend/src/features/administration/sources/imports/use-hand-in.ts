import { useEffect, useRef, useState } from 'react';
import { problemOf, statusOf } from '#/api/problem';
import { call, useInvalidate } from '#/features/session/api';
import type { Import, ImportFormat, ImportMode, Upload } from '../../exchange';
import type { List } from '../../types';
import { contentType } from './import-format';
import { pieceBytes, transfer, type UploadCalls } from './transfer';

/** A file that is to become an import. */
export interface HandIn {
  file: File;
  format: ImportFormat;
  mode: ImportMode;
  /** Only show what would happen. */
  dryRun: boolean;
  /** Where the file has arrived in pieces already. */
  upload?: string;
}

export type Stage =
  | { kind: 'sending'; share: number }
  /** How many records the server has read so far, as soon as it says so. */
  | { kind: 'reading'; records: number | undefined };

const pollMs = 1500;

/** Files of dry runs, so that the same one can be applied without choosing it again. Gone when the page is loaded anew. */
const tried = new Map<string, HandIn>();

export function triedFile(id: string): HandIn | undefined {
  return tried.get(id);
}

function uploadCalls(path: string): UploadCalls {
  const address = (id: string) => `${path}/uploads/${encodeURIComponent(id)}`;
  return {
    create: async ({ name, size }) =>
      (await call<Upload>('POST', `${path}/uploads`, { body: { name, size } })).data,
    received: async (id) => (await call<Upload>('GET', address(id))).data.received,
    append: async (id, offset, piece) => {
      const { data } = await call<{ received: number }>('PATCH', address(id), {
        file: piece,
        headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
      });
      return data.received;
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Hands in files for the source at `path`: big ones in pieces, with how far it is. */
export function useHandIn(path: string) {
  const invalidate = useInvalidate();
  const [stage, setStage] = useState<Stage>();
  /** What has arrived of a file whose transfer broke off. */
  const begun = useRef<{ file: File; upload: string }>(undefined);
  // The same file handed in twice, after a lost answer, is one import.
  const attempt = useRef<{ wish: string; key: string }>(undefined);
  const reading = stage?.kind === 'reading';

  useEffect(() => {
    if (!reading) return;
    const since = Date.now();
    const timer = setInterval(async () => {
      const { data } = await call<List<Import>>('GET', `${path}/imports`, { query: { limit: 3 } });
      const running = data.data.find(
        ({ state, startedAt }) => state === 'running' && Date.parse(startedAt) > since - 60_000,
      );
      if (running) setStage((was) => (was ? { kind: 'reading', records: running.progress ?? 0 } : was));
    }, pollMs);
    return () => clearInterval(timer);
  }, [reading, path]);

  async function uploaded(file: File): Promise<string> {
    const known = begun.current?.file === file ? begun.current.upload : undefined;
    setStage({ kind: 'sending', share: 0 });
    return transfer(uploadCalls(path), {
      file,
      upload: known,
      onUpload: (upload) => {
        begun.current = { file, upload };
      },
      onProgress: (share) => setStage({ kind: 'sending', share }),
    });
  }

  async function send({ file, format, mode, dryRun }: HandIn, upload: string | undefined): Promise<Import> {
    const described = JSON.stringify([file.name, file.size, file.lastModified, format, mode, dryRun]);
    if (attempt.current?.wish !== described) attempt.current = { wish: described, key: crypto.randomUUID() };
    setStage({ kind: 'reading', records: undefined });
    const { data } = await call<Import>('POST', `${path}/imports`, {
      query: { mode, format, upload, dryRun: dryRun || undefined },
      ...(upload ? {} : { file }),
      headers: {
        ...(upload ? {} : { 'content-type': contentType(format, file.name) }),
        'idempotency-key': attempt.current.key,
      },
    });
    return data;
  }

  async function handIn(wish: HandIn): Promise<Import> {
    const { file, dryRun } = wish;
    const large = file.size > pieceBytes;
    try {
      let upload = wish.upload ?? (large ? await uploaded(file) : undefined);
      let report: Import;
      try {
        report = await send(wish, upload);
      } catch (error) {
        // An upload lasts a day; after that the file has to come again.
        if (!wish.upload || statusOf(error) !== 404) throw error;
        upload = large ? await uploaded(file) : undefined;
        report = await send(wish, upload);
      }
      begun.current = undefined;
      if (dryRun) tried.set(report.id, { ...wish, upload, dryRun: false });
      return report;
    } catch (error) {
      // A refused file has a report as well, which says more than the error.
      const failed = problemOf(error)?.import as Import | undefined;
      if (!failed) throw error;
      return failed;
    } finally {
      setStage(undefined);
      void invalidate('/api/v1/sources');
    }
  }

  return {
    handIn,
    stage,
    /** Whether a part of this file has arrived already. */
    resumes: (file: File | undefined) => file !== undefined && begun.current?.file === file,
  };
}
