import type { Apig } from 'sigv4-client/apig';

export async function read(apig: Apig, show: (text: string) => void): Promise<void> {
  const stream = await apig.invokeApig({ path: '/answers', responseType: 'stream' });
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) show(part.value);
}
