import type { EmrLivy } from '../emr/ec2/livy.ts';

/** Ways into private networks that stay open until they break or their environment goes. */
export interface Tunnels {
  /** The open one of this name, or what `make` opens. */
  open(name: string, make: () => Promise<EmrLivy>): Promise<EmrLivy>;
  /** One that is not there is no error. */
  close(name: string): Promise<void>;
}

export function createTunnels(): Tunnels {
  const tunnels = new Map<string, Promise<EmrLivy>>();

  async function opened(name: string, make: () => Promise<EmrLivy>): Promise<EmrLivy> {
    const tunnel = await make();
    tunnel.ended.then(
      () => tunnels.delete(name),
      () => tunnels.delete(name)
    );
    return tunnel;
  }

  return {
    open(name, make) {
      const tunnel = tunnels.get(name) ?? opened(name, make);
      tunnels.set(name, tunnel);
      tunnel.catch(() => tunnels.delete(name));
      return tunnel;
    },
    async close(name) {
      const tunnel = await tunnels.get(name)?.catch(() => undefined);
      await tunnel?.close();
    }
  };
}
