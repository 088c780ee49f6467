import { z } from 'zod';
import type { CommManager } from '../comms/comm-manager.ts';
import { defineHandler, type MessageHandler } from './handler.ts';

const commId = z.object({ comm_id: z.string() });

/** The four messages about comms. */
export function commHandlers(comms: CommManager): MessageHandler[] {
  return [openHandler(comms), messageHandler(comms), closeHandler(comms), infoHandler(comms)];
}

function openHandler(comms: CommManager): MessageHandler {
  return defineHandler({
    type: 'comm_open',
    content: commId.extend({ target_name: z.string(), data: z.unknown() }),
    run({ content }) {
      comms.open(content.comm_id, content.target_name, content.data);
      return null;
    }
  });
}

function messageHandler(comms: CommManager): MessageHandler {
  return defineHandler({
    type: 'comm_msg',
    turn: 'quiet',
    content: commId.extend({ data: z.unknown() }),
    run({ content }) {
      comms.message(content.comm_id, content.data);
      return null;
    }
  });
}

function closeHandler(comms: CommManager): MessageHandler {
  return defineHandler({
    type: 'comm_close',
    content: commId,
    run({ content }) {
      comms.close(content.comm_id);
      return null;
    }
  });
}

function infoHandler(comms: CommManager): MessageHandler {
  return defineHandler({
    type: 'comm_info_request',
    content: z.object({ target_name: z.string().nullish() }),
    run: ({ content }) => ({ status: 'ok', comms: comms.info(content.target_name ?? null) })
  });
}
