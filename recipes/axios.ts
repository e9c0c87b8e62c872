import axios from 'axios';
import type { Apig } from 'sigv4-client/apig';
import { signAxios } from 'sigv4-client/axios';

export async function addNote(apig: Apig, baseURL: string): Promise<string> {
  const api = axios.create({ baseURL });
  signAxios(api, { credentials: apig.credentials, region: 'us-east-1' });
  const { data } = await api.post<{ content: string }>('/notes', { content: 'Milk' });
  return data.content;
}
